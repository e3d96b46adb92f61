# peripherals.py: checks the peripherals, their clocks and resets, the watchdog and the remap.
# SPDX-License-Identifier: MIT
from schema.words import BLOCKS, DMA_BLOCKS, LINES
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
        block, name, key = peripheral["block"], peripheral["name"], list_of(peripheral)
        has, wants = "interrupt" in peripheral, "interrupt" in BLOCKS[block][1]
        lines = [*peripheral.get("lines", []), *([peripheral["interrupt"]] if has else [])]
        if wants and not has:
            report(key, f"{name}: interrupt: block {block} needs one")
        elif has and not wants and LINES.get(block) != "interrupt":
            report(key, f"{name}: interrupt: block {block} has no model of one")
        for line in sorted({line for line in lines if line >= device["core"]["interrupts"]}):
            report(key, f"{name}: interrupt: the NVIC has no line {line}")


def check_lines(device, report):
    """The group `interrupts`: each entry is about blocks that the row has."""
    group, blocks = device["interrupts"], device["peripherals"]["list"]
    kinds = {peripheral["name"]: peripheral["block"] for peripheral in blocks}
    for one in group["lines"]:
        kind = LINES.get(kinds.get(one["name"]))
        if not kind or (kind == "interrupt" and len(one["lines"]) != 1):
            report("interrupts.lines", f"{one['name']}: no such block, or not that many lines")
    for one in group.get("selectors", []):
        if kinds.get(one["dma"]) not in DMA_BLOCKS:
            report("interrupts.selectors", f"{one['dma']} is no DMA of the row")
    selected = {one["dma"] for one in group.get("selectors", [])}
    for one in group.get("requests", []):
        where = f"{one['name']} {one['signal']}"
        if one["name"] not in kinds or any(kinds.get(dma) not in DMA_BLOCKS for dma in one["dma"]):
            report("interrupts.requests", f"{where}: the row has no such block or DMA")
        if "request" in one and not set(one["dma"]) <= selected:
            report("interrupts.requests", f"{where}: nothing selects a request of {one['dma'][0]}")
        if "request" not in one and "channel" not in one:
            report("interrupts.requests", f"{where}: neither a channel nor a request")
        if len({"register", "mask", "value"} & one.keys()) not in (0, 3):
            report("interrupts.requests", f"{where}: register, mask and value go together")


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
