# builds.py: lists what firmware for each device must know.
# SPDX-License-Identifier: MIT


def builds(devices):
    """What firmware for each device must know: its core, where flash is, where RAM ends, how it enters."""
    lines = ""
    for device in devices:
        if device.get("rom") and device.get("flash") and device.get("ram"):
            ram = max(device["ram"], key=lambda r: r["start"] == 0x20000000)
            core, flash = device["core"]["name"], device["flash"]["start"]
            end = ram["start"] + ram["size"]
            lines += f"{device.slug} {device['parts'][0]} {core} 0x{flash:08X} 0x{end:08X}"
            lines += f" {device['entry']['mechanism']}\n"
    return lines
