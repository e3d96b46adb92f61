# peripherals.py: checks the peripherals, their clocks and resets, the watchdog and the remap.
# SPDX-License-Identifier: MIT
from schema.words import BLOCKS
from table.regions import inside


def list_of(block):
    """The key of the list that has it: timers stand in one of their own."""
    return "timers.list" if "apb" in block else "peripherals.list"


def check_peripherals(device, report):
    rcc = [device.rcc()]
    listed = device.blocks()
    names = [p["name"] for p in listed]
    for name in sorted({n for n in names if names.count(n) > 1}):
        report("peripherals.list", f"{name} is there twice")
    for peripheral in listed:
        key, name = list_of(peripheral), peripheral["name"]
        if (peripheral["clock_register"] == 0) != (peripheral["clock_mask"] == 0):
            report(key, f"{name}: clock_register and clock_mask go together")
        elif peripheral["clock_register"] and not inside(peripheral["clock_register"], 4, rcc):
            report(key, f"{name}: clock_register is outside RCC")
        if key == "peripherals.list" and peripheral["block"] == "timer":
            report(key, f"{name}: timers stand in devices/timers/{device.page()}.toml")
    if [p["block"] for p in listed].count("iwdg") != 1:
        report("peripherals.list", "exactly one peripheral is of block iwdg")


def check_interrupts(device, report):
    for peripheral in device.blocks():
        _, keys = BLOCKS[peripheral["block"]]
        has, wants = "interrupt" in peripheral, "interrupt" in keys
        key, where = list_of(peripheral), f"{peripheral['name']}: interrupt"
        if has != wants:
            does = "needs one" if wants else "has no model of one"
            report(key, f"{where}: block {peripheral['block']} {does}")
        elif has and peripheral["interrupt"] >= device["core"]["interrupts"]:
            report(key, f"{where}: the NVIC has no line {peripheral['interrupt']}")


def check_watchdog(device, report):
    peripherals = device.get("peripherals", {}).get("list", [])
    for peripheral in peripherals:
        if peripheral["block"] == "iwdg" and peripheral["start"] != device["iwdg"]["address"]:
            report("iwdg.address", "differs from the one in peripherals.list")


def check_remap(device, report):
    remap = device["remap"]
    if remap["system_memory"] & ~remap["mask"]:
        report("remap.system_memory", "has bits outside remap.mask")
    if not device.get("peripherals"):
        return
    blocks = [p for p in device["peripherals"]["list"] if p["block"] == "syscfg"]
    if not inside(remap["register"], 4, blocks):
        report("remap.register", f"0x{remap['register']:08X} is outside SYSCFG")
    clocks = [(p["clock_register"], p["clock_mask"]) for p in blocks]
    if (remap["clock_register"], remap["clock_mask"]) not in clocks:
        report("remap.clock_register", "differs from the clock of SYSCFG in peripherals.list")


def check_resets(device, report):
    rcc = [device.rcc()]
    for peripheral in device.blocks():
        key = list_of(peripheral)
        name, register = peripheral["name"], peripheral.get("reset_register")
        if (register is None) != ("reset_mask" not in peripheral):
            report(key, f"{name}: reset_register and reset_mask go together")
        elif register is not None and (register % 4 or not inside(register, 4, rcc)):
            report(key, f"{name}: reset_register is outside RCC")
        elif register is not None and bin(peripheral["reset_mask"]).count("1") != 1:
            report(key, f"{name}: reset_mask is not one bit")
    for one in device["peripherals"].get("reset_values", []):
        if one["address"] % 4 or not inside(one["address"], 4, device["peripherals"]["list"]):
            report("peripherals.reset_values", f"{one['name']} is outside every peripheral")
