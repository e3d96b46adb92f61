# direct_steps.py: puts the steps of the direct way in order: those of the row, and what follows from it.
# SPDX-License-Identifier: MIT
from table.parts import bits_on, has_part
from table.restored import EVERY_BIT, change_step, clock_steps


def direct_steps(device, part=None):
    """Every step of the way back to the clock of a reset; none where the row has no such way.
    With a part, only what its own header has too.

    After the steps of the row come registers that no reset bit resets, then the reset values of all
    registers of the clock tree that no step has written as a whole: the clock enables last, because
    what the others belong to may need its clock. The latency of the flash is the last, when the
    clock is slow.
    """
    jump = device.get("jump")
    if not jump:
        return []
    latency = latency_step(jump)
    steps = [latency] if jump["latency"].get("raise_first") else []
    steps += [{"wait": False} | step for step in jump["steps"]]
    whole = {step["register"] for step in steps if not step["wait"] and step["mask"] == EVERY_BIT}
    rest = [r for r in device["clock"]["registers"] if r["address"] not in whole]
    rest.sort(key=lambda register: "ENR" in register["name"])
    steps += [*clock_steps(device), *jump["restored"], *_late_resets(device)]
    steps += [
        change_step(r["name"] + ": as after a reset", r["address"], EVERY_BIT, r["value"])
        for r in rest
        if has_part(r, part)
    ]
    there = (_on_part(step, part) for step in [*steps, latency] if has_part(step, part))
    return [step for step in there if step["mask"]]


def _on_part(step, part):
    """The step without bits that the part lacks. A register that is written as a whole still is."""
    bits = bits_on(step, part)
    mask = step["mask"] if step["mask"] == EVERY_BIT else step["mask"] & bits
    return step | {"mask": mask, "value": step["value"] & bits}


def _late_resets(device):
    names = {one["address"]: one["name"] for one in device["reset_registers"]["list"]}
    for late in device["jump"]["late"]:
        name = names.get(late["register"], "RSTR")
        yield change_step(f"{name}: late", late["register"], late["mask"], 0) | late | {"reset": True}


def latency_step(jump):
    latency = jump["latency"]
    step = change_step("latency of the flash", latency["register"], latency["mask"], latency["value"])
    return step | {"only": latency.get("only", [])}


def ports_bits(jump, part=None):
    """The register that resets the GPIO ports, and the bits of the ports in it."""
    ports = jump["ports"]
    return ports["register"], ports["mask"] & bits_on(ports, part)


def resets(device, part=None):
    """(address, mask) of the peripheral resets that the direct way pulses, without the ports."""
    register, ports = ports_bits(device["jump"])
    for one in device.get("reset_registers", {}).get("list", []):
        mask = one["safe_mask"] & bits_on(one, part)
        mask &= ~(ports if one["address"] == register else 0)
        if mask:
            yield one["address"], mask
