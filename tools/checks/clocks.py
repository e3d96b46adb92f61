# clocks.py: checks RCC: its registers after a reset, its ready bits and its reset flags.
# SPDX-License-Identifier: MIT
from table.regions import inside


def check_reset_registers(device, report):
    rcc = device.rcc()
    for register in device["reset_registers"]["list"]:
        if not rcc or not inside(register["address"], 4, [rcc]):
            report("reset_registers.list", f"{register['name']} is outside RCC")


def check_flags(device, report):
    flags, rcc = device["reset_flags"], device.rcc()
    if not rcc or not inside(flags["register"], 4, [rcc]):
        report("reset_flags.register", f"0x{flags['register']:08X} is outside RCC")
    names = [flag["name"] for flag in flags["flags"]]
    bits = [flag["bit"] for flag in flags["flags"]]
    if len(set(names)) != len(names) or len(set(bits)) != len(bits):
        report("reset_flags.flags", "a name or a bit is there twice")
    if flags["clear"] in bits:
        report("reset_flags.clear", "is also a flag")
    has_pin = ("pin",) if flags["after_pin"] else ()
    for role in ("software", "power", "watchdog", *has_pin):
        if role not in [flag["role"] for flag in flags["flags"]]:
            report("reset_flags.flags", f"no flag has the role {role}")
    for key in ("after_power_on", "after_pin", "after_software", "after_watchdog"):
        for name in flags[key]:
            if name not in names:
                report(f"reset_flags.{key}", f"{name} is no flag of this device")


def check_clock(device, report):
    clock, rcc = device["clock"], [device.rcc()]
    places = [("switch_register", clock["switch_register"], "")]
    places += [("registers", r["address"], r["name"] + " ") for r in clock["registers"]]
    places += [("ready", r["address"], r["name"] + " ") for r in clock["ready"]]
    for key, address, name in places:
        if address % 4 or not inside(address, 4, rcc):
            report(f"clock.{key}", f"{name}at 0x{address:08X} is no register of RCC")
    values = {r["address"]: r["value"] for r in clock["registers"]}
    if len(values) != len(clock["registers"]):
        report("clock.registers", "two registers have the same address")
    if device["reset_flags"]["register"] in values:
        report("clock.registers", "the reset flags are no clock register")
    for bit in clock["ready"]:
        value = values.get(bit["address"])
        if value is None:
            report("clock.ready", f"{bit['name']}: clock.registers does not list its register")
        elif value >> bit["on"] & 1 != value >> bit["ready"] & 1:
            report("clock.ready", f"{bit['name']}: enable and ready bit differ after reset")


def check_ready(device, report):
    clock = device["clock"]
    names = {register["name"] for register in clock["registers"]}
    for bit in clock["ready"]:
        for name in bit.get("locks", []):
            if name not in names:
                report("clock.ready", f"{bit['name']}: locks {name}, which clock.registers lacks")
        if bit.get("selects", 0) & ~_low_bits(clock["switch_mask"]):
            report("clock.ready", f"{bit['name']}: selects {bit['selects']}, which SW cannot hold")


def _low_bits(mask):
    """The mask moved down to bit 0."""
    return mask // (mask & -mask) if mask else 0
