# direct.py: checks that the direct way into the ROM fits the rest of its row.
# SPDX-License-Identifier: MIT
from schema.sources import sources_of
from table.regions import inside

GPIO_BLOCKS = ("gpio", "gpio-crl")


def check_jump(device, report):
    jump = device["jump"]
    if len(sources_of(jump)) < 2:
        report("jump.source", "one source is not enough: the way back needs two")
    for group in ("clock", "reset_registers", "peripherals"):
        if not device.get(group):
            report("jump", f"there, but the group {group} is missing")
    for step in [*jump["steps"], {"name": "latency"} | jump["latency"]]:
        if step["register"] % 4:
            report("jump.steps", f"{step['name']}: 0x{step['register']:08X} is not 4-aligned")
        if step["mask"] == 0 or step["value"] & ~step["mask"]:
            report("jump.steps", f"{step['name']}: no mask, or value has bits outside it")
    if device.get("peripherals") and device.get("reset_registers"):
        _check_ports(device, report)
        blocks = [p for p in device["peripherals"]["list"] if p["block"] == "flash"]
        if not inside(jump["latency"]["register"], 4, blocks):
            report("jump.latency", "is outside the flash interface")


def _check_ports(device, report):
    """The ports that the virtual chip has are where the library looks, or are reset without it."""
    ports = device["jump"]["ports"]
    alone = {r["address"]: r["safe_mask"] for r in device["reset_registers"]["list"]}
    if not inside(ports["register"], 4, [device.rcc()]):
        report("jump.ports", "register is outside RCC")
    if ports["mask"] & ((1 << ports["first"]) - 1) or not ports["mask"] >> ports["first"] & 1:
        report("jump.ports", "mask does not begin with the bit of the first port")
    for peripheral in device["peripherals"]["list"]:
        if peripheral["block"] not in GPIO_BLOCKS:
            continue
        number, rest = divmod(peripheral["start"] - ports["start"], ports["stride"])
        bit = 1 << number + ports["first"] if number >= 0 else 0
        register, mask = peripheral.get("reset_register"), peripheral.get("reset_mask", 0)
        on_line = not rest and mask == bit & ports["mask"] and register == ports["register"]
        if not on_line and not alone.get(register, 0) & ~ports["mask"] & mask:
            report("jump.ports", f"{peripheral['name']} is not where they say, or has another bit")


def check_direct(device, report):
    why, jump = device["entry"].get("no_direct"), device.get("jump")
    if jump and why:
        report("entry.no_direct", "says why there is no direct way, but there is one")
    elif device["entry"]["mechanism"] != "none" and device.get("clock") and not jump and not why:
        report("jump", "missing: and entry.no_direct does not say why")
