# rom_behaviour.py: checks where the ROM is and what it does besides serving its host.
# SPDX-License-Identifier: MIT
from checks.versions import check_versions
from table.regions import inside


def check_rom(device, report):
    rom, behaviour = device["rom"], device["behaviour"]
    for key, size in (("vector", 8), ("id_address", 1)):
        if key in rom and not inside(rom[key], size, rom["memory"]):
            report(f"rom.{key}", f"0x{rom[key]:08X} is outside system memory")
    if rom["vector"] % 128:
        report("rom.vector", f"0x{rom['vector']:08X} cannot be put into VTOR: not 128-aligned")
    if 0 in rom["ids"]:
        report("rom.ids", "0 is no version: it ends the list in C")
    if len(set(rom["ids"])) != len(rom["ids"]):
        report("rom.ids", "a version is there twice")
    for region in behaviour["overwrites"]:
        if region["size"] == 0:
            report("behaviour.overwrites", f"{region['name']} has size 0")
        if not inside(region["start"], region["size"], device["ram"]):
            where = f"{region['name']} at 0x{region['start']:08X}"
            report("behaviour.overwrites", f"{where} is outside RAM")
    if behaviour["trace"] == "alias" and not device["core"].get("alias"):
        report("behaviour.trace", "alias, but core.alias says that nothing is seen at address 0")
    if behaviour["clears_empty"] and "empty_register" not in device["flash"]:
        report("behaviour.clears_empty", "true, but flash.empty_register is missing")
    if 0xFF in device["protocol"]["commands"]:
        report("protocol.commands", "0xFF is no command: it ends the list in C")


def check_bank_check(device, report):
    check, flash = device["bank_check"], device["flash"]
    if device["boot"]["dual_bank"] not in ("bfb2", "ndboot"):
        report("bank_check", f"boot.dual_bank is {device['boot']['dual_bank']}")
    if check["remap_cures"] == "yes" and not device.get("remap"):
        report("bank_check.remap_cures", "yes, but the device has no remap")
    for bank in check["banks"]:
        if not inside(bank, 4, [flash]):
            report("bank_check.banks", f"0x{bank:08X} is outside flash")
    if flash["start"] not in check["banks"]:
        report("bank_check.banks", "the start of flash is not among them")
    bits = [key in check for key in ("swap_register", "swap_mask")]
    if all(bits) == (check["swaps"] == "no") or len(set(bits)) != 1:
        report("bank_check.swaps", f"{check['swaps']}: swap_register and swap_mask go with yes")
    listed = [p for p in device.get("peripherals", {}).get("list", []) if p["block"] == "syscfg"]
    if listed and all(bits) and not inside(check["swap_register"], 4, listed):
        report("bank_check.swap_register", "is outside SYSCFG")
    for window in check["windows"]:
        where = f"0x{window['first']:08X} to 0x{window['last']:08X}"
        size = window["last"] - window["first"]
        if size <= 0 or not _covered(window["first"], window["last"], device["ram"]):
            report("bank_check.windows", f"{where} is no RAM, with its end at most")
    check_versions(device, "bank_check", [check, *check["windows"]], report)


def _covered(first, last, rams):
    """Whether RAM without a gap reaches from the one to the other, which may be its end."""
    for ram in sorted(rams, key=lambda ram: ram["start"]):
        if ram["start"] <= first < ram["start"] + ram["size"]:
            first = min(ram["start"] + ram["size"], last)
    return first == last


def check_jump_conditions(device, report):
    rows = device["jump_conditions"]["list"]
    blocks = device.get("peripherals", {}).get("list", []) + [device.rcc()]
    asked = [check["refuses"] for check in device.get("options", {}).get("list", [])]
    kinds = [one["kind"] for one in device.get("interfaces", {}).get("list", [])]
    for row in rows:
        if row["register"] % 4 or not inside(row["register"], 4, blocks):
            where = f"{row['name']} at 0x{row['register']:08X}"
            report("jump_conditions.list", f"{where} is in no register that the virtual chip has")
        if row["value"] & ~row["mask"]:
            report("jump_conditions.list", f"{row['name']}: value has bits outside mask")
        for option in row.get("options", []):
            if option not in asked:
                report("jump_conditions.list", f"{row['name']}: options.list has no {option}")
        if row["end"] == "no-usb" and "usb" not in kinds:
            report("jump_conditions.list", f"{row['name']}: no-usb, but this ROM has no USB")
    check_versions(device, "jump_conditions", rows, report)


def check_go(device, report):
    go, rows = device["go"], device["go"].get("leaves", [])
    listed = device.get("peripherals", {}).get("list", [])
    blocks = [p for p in listed if p["block"] == "flash"] + [device.rcc()]
    for row in rows:
        if row["register"] % 4 or not inside(row["register"], 4, blocks):
            report("go.leaves", f"{row['name']} at 0x{row['register']:08X} is not in RCC or FLASH")
        if row.get("value", 0) & ~row["mask"]:
            report("go.leaves", f"{row['name']}: value has bits outside mask")
    for row in go.get("stack_room", []):
        if not 0 < row["bytes"] <= 1024:
            report("go.stack_room", f"{row['bytes']} is no room below the end of a RAM")
    lists = [{"versions": go.get(key, [])} for key in ("fails", "keeps_stack")]
    check_versions(device, "go", [*lists, *rows, *go.get("stack_room", [])], report)


def check_startup(device, report):
    rows = device["startup"]["list"]
    check_versions(device, "startup", rows, report)
    ids = set(device["rom"]["ids"])
    told = {version for row in rows for version in row.get("versions", ids)}
    if told < ids:
        report("startup.list", f"nothing of version 0x{min(ids - told):02X}")
