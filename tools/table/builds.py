# builds.py: lists what firmware for each device must know.
# SPDX-License-Identifier: MIT
from table.direct_steps import ports_bits, resets
from table.parts import has_part


def builds(devices):
    """What firmware for each device must know: its core, where flash is, where RAM ends, how it enters."""
    lines = ""
    for device in devices:
        if device.get("rom") and device.get("flash") and device.get("ram"):
            ram = max(device["ram"], key=lambda r: r["start"] == 0x20000000)
            core, flash = device["core"]["name"], device["flash"]["start"]
            end = ram["start"] + ram["size"]
            lines += f"{device.slug} {largest_part(device)} {core} 0x{flash:08X} 0x{end:08X}"
            lines += f" {device['entry']['mechanism']}\n"
    return lines


def largest_part(device):
    """The part, first of equals, on which the library has most to do of what the virtual chip has."""
    return max(device["parts"], key=lambda part: _tasks(device, part))


def _tasks(device, part):
    """How many blocks the direct way resets, and what the hook behind SystemInit() undoes."""
    listed = device.get("system_init", {}).get("list", [])
    tasks = sum(has_part(one, part) for one in listed)
    if not device.get("jump"):
        return tasks
    pulsed = dict(resets(device, part))
    register, ports = ports_bits(device["jump"], part)
    pulsed[register] = pulsed.get(register, 0) | ports
    return tasks + sum(
        bool(block.get("reset_mask", 0) & pulsed.get(block.get("reset_register"), 0))
        for block in device.blocks()
    )
