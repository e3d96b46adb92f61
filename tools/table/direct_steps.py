# direct_steps.py: puts the steps of the direct way in order: those of the row, and what follows from it.
# SPDX-License-Identifier: MIT
EVERY_BIT = 0xFFFFFFFF


def direct_steps(device):
    """Every step of the way back to the clock of a reset; none where the row has no such way.

    After the steps of the row come the reset values of all registers of the clock tree that no
    step has written as a whole: the clock enables last, because what the others belong to may
    need its clock. The latency of the flash is the last, when the clock is slow.
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
    steps += [
        _step(r["name"] + ": as after a reset", r["address"], EVERY_BIT, r["value"]) for r in rest
    ]
    return [*steps, latency]


def latency_step(jump):
    latency = jump["latency"]
    return _step("latency of the flash", latency["register"], latency["mask"], latency["value"])


def _step(name, register, mask, value):
    return {"name": name, "register": register, "mask": mask, "value": value, "wait": False}


def ports_bits(jump):
    """The register that resets the GPIO ports, and the bits of the ports in it."""
    return jump["ports"]["register"], jump["ports"]["mask"]


def resets(device):
    """(address, mask) of the peripheral resets that the direct way pulses, without the ports."""
    register, ports = ports_bits(device["jump"])
    for one in device.get("reset_registers", {}).get("list", []):
        mask = one["safe_mask"] & ~(ports if one["address"] == register else 0)
        if mask:
            yield one["address"], mask
