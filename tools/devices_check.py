# devices_check.py: checks that the facts of a device fit each other, and devices fit one table.
# SPDX-License-Identifier: MIT
import re

from direct_check import check_direct, check_jump, check_ready, check_resets
from manners_check import (
    check_asked,
    check_bank_check,
    check_detection,
    check_go,
    check_manner_versions,
    check_quirks,
    check_reports,
    check_startup,
)
from options_check import check_fed, check_first_pages, check_options
from regions import inside, overlap

SLUG = re.compile(r"[a-z][a-z0-9]*")
PART = re.compile(r"STM32[A-Z0-9]+x*[A-Za-z0-9]*")
CODE = re.compile(r"STM32[A-Z0-9x]+(-[A-Z])?")


def check_devices(devices, known_parts, refusals):
    for device in devices:
        for check, groups in CHECKS:
            if all(device.get(group) for group in groups):
                check(device, _reporter(device, refusals))
    check_table(devices, refusals)
    if not refusals:  # a row that was refused would seem to lack its macros too
        check_parts(devices, known_parts, refusals)


def _reporter(device, refusals):
    def report(key, why):
        refusals.append(f"{device.file}: {device.slug}: {key}: {why}")

    return report


def check_names(device, report):
    if not SLUG.fullmatch(device.slug):
        report("slug", "must be lower-case letters and digits, a letter first")
    for part in device["parts"]:
        if not PART.fullmatch(part):
            report("parts", f"{part!r} is no CMSIS device macro")
    for code in device.get("codes", []):
        if not CODE.fullmatch(code):
            report("codes", f"{code!r} is no pattern of ordering codes")
    if "unlisted" in device.facts and device.listed():
        report("unlisted", "is true or not there")
    if device.listed():
        for key in ("vtor_reset", "alias"):
            if key not in device["core"]:
                report(f"core.{key}", "missing")


def named_regions(device):
    """(key, region) of all that has a place in the address space."""
    flash = device.get("flash")
    if flash:
        yield "flash", {"name": "flash", "start": flash["start"], "size": flash["size"]}
    for region in device.get("rom", {}).get("memory", []):
        yield "rom.memory", region
    for ram in device.get("ram", []):
        yield "ram", ram
    if device.rcc():
        yield "clock.rcc" if device.get("clock") else "rcc", device.rcc()
    for peripheral in device.get("peripherals", {}).get("list", []):
        yield "peripherals.list", peripheral


def check_regions(device, report):
    found = list(named_regions(device))
    for key, region in found:
        if region["size"] == 0:
            report(key, f"{region['name']} has size 0")
        if region["start"] + region["size"] > 1 << 32:
            report(key, f"{region['name']} reaches beyond the 32-bit address space")
    for i, (key, region) in enumerate(found):
        for other_key, other in found[:i]:
            if overlap(region, other):
                report(key, f"{region['name']} overlaps {other['name']} ({other_key})")


def check_rom(device, report):
    rom, manners = device["rom"], device["manners"]
    for key, size in (("vector", 8), ("id_address", 1)):
        if key in rom and not inside(rom[key], size, rom["memory"]):
            report(f"rom.{key}", f"0x{rom[key]:08X} is outside system memory")
    if rom["vector"] % 128:
        report("rom.vector", f"0x{rom['vector']:08X} cannot be put into VTOR: not 128-aligned")
    if 0 in rom["ids"]:
        report("rom.ids", "0 is no version: it ends the list in C")
    if len(set(rom["ids"])) != len(rom["ids"]):
        report("rom.ids", "a version is there twice")
    for region in manners["overwrites"]:
        if region["size"] == 0:
            report("manners.overwrites", f"{region['name']} has size 0")
        if not inside(region["start"], region["size"], device["ram"]):
            where = f"{region['name']} at 0x{region['start']:08X}"
            report("manners.overwrites", f"{where} is outside RAM")
    if manners["trace"] == "alias" and not device["core"].get("alias"):
        report("manners.trace", "alias, but core.alias says that nothing is seen at address 0")
    if manners["clears_empty"] and "empty_register" not in device["flash"]:
        report("manners.clears_empty", "true, but flash.empty_register is missing")
    if 0xFF in device["protocol"]["commands"]:
        report("protocol.commands", "0xFF is no command: it ends the list in C")


def check_flash(device, report):
    flash = device["flash"]
    if any(run["count"] == 0 or run["size"] == 0 for run in flash["pages"]):
        report("flash.pages", "a run has no pages, or pages of size 0")
    total = sum(run["count"] * run["size"] for run in flash["pages"])
    if total != flash["size"]:
        report("flash.pages", f"add up to {total} bytes, flash.size is {flash['size']}")
    expected = flash["start"]
    for run in flash["pages"]:
        if run["start"] != expected:
            start = f"a run starts at 0x{run['start']:08X}"
            report("flash.pages", f"{start}, the one before ends at 0x{expected:08X}")
        expected = run["start"] + run["count"] * run["size"]
    numbers = []
    for run in flash["pages"]:
        numbers += range(run["first_number"], run["first_number"] + run["count"])
    if len(numbers) != len(set(numbers)):
        report("flash.pages", "two pages have the same number")
    if flash["program_bytes"] not in (1, 2, 4, 8, 16, 32):
        report("flash.program_bytes", f"{flash['program_bytes']} is no power of two up to 32")
    if "empty_clear" in flash and "empty_register" not in flash:
        report("flash.empty_clear", "there, but flash.empty_register is missing")
    if ("empty_register" in flash) != ("empty_bit" in flash):
        report("flash.empty_register", "empty_register and empty_bit go together")
    blocks = [p for p in device.get("peripherals", {}).get("list", []) if p["block"] == "flash"]
    if "empty_register" in flash and blocks and not inside(flash["empty_register"], 4, blocks):
        report("flash.empty_register", "is outside the flash interface")
    if "empty_register" in flash and device["boot"]["empty_check"] == "none":
        report("boot.empty_check", "none, but flash.empty_register is there")


def check_mark(device, report):
    address, place = device["mark"]["address"], device["mark"].get("place", "ram")
    if place == "backup":
        check_backup_mark(device, address, report)
        return
    if address % 8:
        report("mark.address", f"0x{address:08X} is not 8-aligned")
    if not inside(address, 8, device["ram"]):
        report("mark.address", f"0x{address:08X} is outside RAM")
    if _rom_takes_all_ram(device) and device.get("entry", {}).get("mechanism") == "erase-first":
        return  # no place survives this ROM, but the mark survives the reset before it
    for region in device["manners"]["overwrites"]:
        if overlap({"start": address, "size": 8}, region):
            report("mark.address", f"0x{address:08X} is in the RAM that the ROM overwrites")


def _rom_takes_all_ram(device):
    return all(
        inside(ram["start"], ram["size"], device["manners"]["overwrites"]) for ram in device["ram"]
    )


def check_backup_mark(device, address, report):
    backup = device.get("backup")
    if not backup:
        report("mark.place", "backup, but the device has no group backup")
        return
    size = 4 * backup["count"]
    if not inside(address, 8, [{"start": backup["address"], "size": size}]):
        report("mark.address", f"0x{address:08X} is outside the backup registers")
    # What the library counts on where it keeps the mark there.
    if len({one["register"] for one in backup["clocks"]}) != 1 or "unlock_bit" not in backup:
        report("mark.place", "backup needs clocks in one register, and a bit that unlocks")
    after_reset = {r["address"]: r["value"] for r in device.get("clock", {}).get("registers", [])}
    for one in backup["clocks"]:
        if after_reset and not after_reset.get(one["register"], 0) >> one["bit"] & 1:
            report("mark.place", f"backup needs {one['name']} to be on after a reset")


def check_entry(device, report):
    if device["entry"]["mechanism"] == "erase-first":
        for group in ("mark", "first_pages"):
            if not device.get(group):
                report(group, "missing: the mechanism erase-first needs it")
    if device["entry"]["mechanism"] != "reset":
        return
    if not device.get("mark"):
        report("mark", "missing: the mechanism reset needs a place for the mark")
    if not device.get("iwdg"):
        report("iwdg", "missing: the mechanism reset feeds the watchdog")


def check_interfaces(device, report):
    interfaces, ids = device["interfaces"], device["rom"]["ids"]
    signals = {
        "usart": {"TX", "RX"},
        "i2c": {"SCL", "SDA"},
        "i3c": {"SCL", "SDA"},
        "spi": {"MOSI", "MISO", "SCK", "NSS"},
        "can": {"TX", "RX"},
        "usb": {"DM", "DP"},
    }
    for interface in interfaces["list"]:
        name = interface["name"]
        found = [pin.split()[0] for pin in interface["pins"]]
        if sorted(found) != sorted(signals[interface["kind"]]):
            report("interfaces.list", f"{name}: its pins are not those of {interface['kind']}")
        if "address" in interface and interface["kind"] not in ("i2c", "i3c"):
            report("interfaces.list", f"{name}: only I2C has an address")
        if interface.get("address", 0) > 0x7F:
            report("interfaces.list", f"{name}: 0x{interface['address']:02X} is no 7-bit address")
        for version in interface.get("versions", []):
            if version not in ids:
                report("interfaces.list", f"{name}: 0x{version:02X} is not in rom.ids")
    peripherals = device.get("peripherals")
    names = [p["name"] for p in peripherals["list"]] if peripherals else []
    for interface in interfaces["list"]:
        if peripherals and interface["kind"] == "usart" and interface["name"] not in names:
            report("interfaces.list", f"{interface['name']} is not in peripherals.list")


def check_defects(device, report):
    for defect in device["defect"]:
        for version in defect["versions"]:
            if version not in device["rom"]["ids"]:
                report("defect.versions", f"0x{version:02X} is not in rom.ids")


def check_crystal(device, report):
    crystal = device["crystal"]
    kinds = {interface["kind"] for interface in device["interfaces"]["list"]}
    for kind in crystal["needed_for"]:
        if kind not in kinds:
            report("crystal.needed_for", f"{kind!r} is no interface of this device")
    if bool(crystal["needed_for"]) == (crystal["without"] == "nothing"):
        report("crystal.without", "nothing, and only that, where no interface needs a crystal")
    if device["manners"]["self_reset"] != (crystal["without"] == "reset"):
        report("crystal.without", "reset and manners.self_reset say the same and must agree")


def check_watchdog(device, report):
    peripherals = device.get("peripherals", {}).get("list", [])
    for peripheral in peripherals:
        if peripheral["block"] == "iwdg" and peripheral["start"] != device["iwdg"]["address"]:
            report("iwdg.address", "differs from the one in peripherals.list")


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


def check_peripherals(device, report):
    rcc = [device.rcc()]
    listed = device["peripherals"]["list"]
    names = [p["name"] for p in listed]
    for name in sorted({n for n in names if names.count(n) > 1}):
        report("peripherals.list", f"{name} is there twice")
    for peripheral in listed:
        if (peripheral["clock_register"] == 0) != (peripheral["clock_mask"] == 0):
            name = peripheral["name"]
            report("peripherals.list", f"{name}: clock_register and clock_mask go together")
        elif peripheral["clock_register"] and not inside(peripheral["clock_register"], 4, rcc):
            report("peripherals.list", f"{peripheral['name']}: clock_register is outside RCC")
    if [p["block"] for p in listed].count("iwdg") != 1:
        report("peripherals.list", "exactly one peripheral is of block iwdg")


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


def check_confidence(device, report):
    for key, group in device.facts.items():
        for table in group if isinstance(group, list) else [group]:
            if not isinstance(table, dict):
                continue
            for mark in ("inferred", "measured"):
                for name in table.get(mark, []):
                    if name not in table:
                        report(f"{key}.{mark}", f"{name} is no key of {key}")


def check_table(devices, refusals):
    """What must be unique over all files."""
    slugs, parts, codes, answers = {}, {}, {}, {}
    for device in devices:
        report = _reporter(device, refusals)
        if device.slug in slugs:
            report("slug", f"is also in {slugs[device.slug]}")
        slugs.setdefault(device.slug, device.file)
        for part in device["parts"]:
            if part in parts:
                report("parts", f"{part} is also on row {parts[part]}")
            parts.setdefault(part, device.slug)
        for code in device.get("codes", []):
            if code in codes:
                report("codes", f"{code} is also on row {codes[code]}")
            codes.setdefault(code, device.slug)
        rom = device.get("rom")
        for rom_id in rom["ids"] if rom else []:
            first = answers.setdefault((rom["product"], rom_id), device)
            if first is not device and not _declared(first, device):
                answer = f"product 0x{rom['product']:03X} with ID 0x{rom_id:02X}"
                remedy = "name each other in rom.shares_product_with if that is so"
                report("rom.ids", f"{answer} is also on row {first.slug}; {remedy}")


def check_parts(devices, known_parts, refusals):
    """Each macro of the vendor's headers is on a row; a row may have others too."""
    on_rows = {part for device in devices for part in device["parts"]}
    for part in known_parts:
        if part not in on_rows:
            refusals.append(f"devices/parts.txt: -: parts: {part} is on no row")
    for part in sorted({part for part in known_parts if known_parts.count(part) > 1}):
        refusals.append(f"devices/parts.txt: -: parts: {part} is there twice")


def _declared(a, b):
    """True if both rows say that they share their answer to Get ID."""
    return b.slug in a["rom"].get("shares_product_with", []) and a.slug in b["rom"].get(
        "shares_product_with", []
    )


# Each check with the groups that it looks at: it is left out where one of them is not there.
CHECKS = (
    (check_names, ()),
    (check_regions, ()),
    (check_rom, ("rom", "manners", "flash", "protocol", "ram")),
    (check_manner_versions, ("rom", "manners")),
    (check_bank_check, ("bank_check", "boot", "flash", "ram", "rom")),
    (check_reports, ("reports",)),
    (check_asked, ("asked", "rom")),
    (check_detection, ("detection", "interfaces", "rom")),
    (check_go, ("go", "rom")),
    (check_startup, ("startup", "rom")),
    (check_quirks, ("protocol", "rom")),
    (check_entry, ("entry",)),
    (check_options, ("options",)),
    (check_fed, ("options", "manners")),
    (check_first_pages, ("first_pages", "entry", "flash")),
    (check_interfaces, ("interfaces", "rom")),
    (check_crystal, ("crystal", "interfaces", "manners")),
    (check_defects, ("defect", "rom")),
    (check_flash, ("flash", "boot")),
    (check_mark, ("mark", "ram", "manners")),
    (check_flags, ("reset_flags",)),
    (check_reset_registers, ("reset_registers",)),
    (check_clock, ("clock", "reset_flags")),
    (check_peripherals, ("peripherals", "clock")),
    (check_ready, ("clock",)),
    (check_resets, ("peripherals", "clock")),
    (check_jump, ("jump",)),
    (check_direct, ("entry",)),
    (check_watchdog, ("iwdg",)),
    (check_remap, ("remap",)),
    (check_confidence, ()),
)
