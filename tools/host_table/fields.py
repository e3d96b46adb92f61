# fields.py: writes the members of struct device that are no lists.
# SPDX-License-Identifier: MIT
from c_literals import enumerator, flag, text, word
from host_table.chip_state import chip_state_fields
from host_table.dfu import dfu_fields
from host_table.direct import jump_fields
from host_table.elements import region
from host_table.interrupts import interrupt_fields
from host_table.option_bytes import option_entry_fields
from host_table.rom_behaviour import behaviour_fields
from host_table.versions import version_lists
from schema.words import CORES
from table.builds import largest_part
from table.masks import ccr_reset, flag_mask, prescaler_code


def fields_of(device):
    yield from _identity_fields(device)
    yield from _entry_fields(device)
    yield from _rom_fields(device)
    yield from _memory_fields(device)
    yield from _clock_fields(device)
    yield from _flag_fields(device)
    yield from _remap_fields(device)
    iwdg = device.get("iwdg", {})
    yield "iwdg", word(iwdg.get("address", 0))
    yield "lsi_register", word(iwdg.get("lsi_register", 0))
    yield "lsi_mask", word(1 << iwdg["lsi_bit"] if "lsi_bit" in iwdg else 0)
    yield "iwdg_slowest", prescaler_code(device)
    yield "iwdg_onf", flag(iwdg.get("onf", False))
    yield "iwdg_window", flag(iwdg.get("window", False))
    yield "system_inits", f"{device.slug}_system_inits"
    yield "usb_pullups", f"{device.slug}_usb_pullups"
    yield "peripherals", f"{device.slug}_peripherals"
    yield "peripheral_resets", f"{device.slug}_peripheral_resets"
    yield "reset_registers", f"{device.slug}_reset_registers"
    yield from interrupt_fields(device)
    yield "options", f"{device.slug}_options"
    yield from jump_fields(device)
    yield from option_entry_fields(device)
    yield from _backup_fields(device)
    yield from _first_page_fields(device)
    yield from chip_state_fields(device)


def _identity_fields(device):
    core = device["core"]
    yield "slug", text(device.slug)
    yield "series", text(device.series)
    yield "name", text(device["name"])
    yield "parts", f"{device.slug}_parts"
    yield "largest_part", text(largest_part(device) if device.listed() else device["parts"][0])
    yield "part_note", text(device.get("part_note", ""))
    yield "codes", f"{device.slug}_codes"
    yield "tested", text(", ".join(device.get("tested", [])))
    yield "unlisted", flag(not device.listed())
    for name in ("unknown", "differs", "sources", "defects"):
        yield name, f"{device.slug}_{name}"
    yield "core", CORES[core["name"]][0]
    yield "interrupts", core["interrupts"]
    yield "priority_bits", core["priority_bits"]
    yield "mpu", flag(core["mpu"])
    yield "vtor_reset", word(core.get("vtor_reset", 0))
    yield "alias", flag(core.get("alias", False))
    yield "dwt_lock", flag(core.get("dwt_lock", False))
    yield "ccr_reset", word(ccr_reset(core))
    yield "bit_band", flag(core.get("bit_band", False))
    identity = device.get("identity", {})
    uid = identity.get("uid", 0)
    yield "uid", word(uid)
    yield "uid_last", word(identity.get("uid_last", uid + 8 if uid else 0))
    yield "debug_id_register", word(identity.get("debug_id", 0))


def _entry_fields(device):
    entry, boot = device.get("entry", {}), device.get("boot", {})
    crystal = device.get("crystal", {"without": "unknown"})
    yield "entry", enumerator("ENTRY", entry.get("mechanism", "none"))
    yield "entry_pattern", entry.get("pattern", 0)
    yield "entry_how", text(entry.get("how", ""))
    yield "boot0_allows", flag(entry.get("boot0_allows", False))
    yield "boot0", _boot0(device)
    yield "empty_check", enumerator("EMPTY_CHECK", boot.get("empty_check", "none"))
    yield "dual_bank", enumerator("DUAL_BANK", boot.get("dual_bank", "none"))
    yield "boot_how", text(boot.get("how", ""))
    yield "crystal_for", text(", ".join(crystal.get("needed_for", [])))
    yield "crystal_frequencies", text(crystal.get("frequencies", ""))
    yield "without_crystal", enumerator("WITHOUT_CRYSTAL", crystal["without"])


def _boot0(device):
    boot0 = device.get("boot0", {})
    pin, counts_with = text(boot0.get("pin", "")), text(boot0.get("counts_with", ""))
    factory = enumerator("BOOT0_FACTORY", boot0.get("factory", "unknown"))
    of_packages, also = f"{device.slug}_boot0_of_packages", f"{device.slug}_boot0_also"
    return f"{{{pin}, {of_packages}, {counts_with}, {also}, {factory}}}"


def _rom_fields(device):
    rom, behaviour = device.get("rom", {}), device.get("behaviour", {})
    yield "product", f"0x{rom.get('product', 0):03X}"
    yield "rom_ids", f"{device.slug}_rom_ids"
    yield "rom_id_address", word(rom.get("id_address", 0))
    yield "rom_vector", word(rom.get("vector", 0))
    yield "rom_other_vector", word(rom.get("other_vector", 0))
    yield "rom_mistaken_vector", word(rom.get("mistaken_vector", 0))
    yield "rom_also_at", word(rom.get("also_at", 0))
    for name in ("system_memory", "rom_ram", "interfaces", "unused_pins", "interface_notes"):
        yield name, f"{device.slug}_{name}"
    yield "packages", f"{device.slug}_packages"
    yield "rom_usarts", f"{device.slug}_rom_usarts"
    yield "an3155_version", f"0x{device.get('protocol', {}).get('an3155_version', 0):02X}"
    yield "rom_commands", f"{device.slug}_rom_commands"
    yield "self_reset", flag(behaviour.get("self_reset", False))
    yield "rom_clears_empty", flag(behaviour.get("clears_empty", False))
    yield "trace", enumerator("TRACE", behaviour.get("trace", "none"))
    yield from behaviour_fields(device, version_lists(device))
    yield from dfu_fields(device, version_lists(device))


def _memory_fields(device):
    flash, mark = device.get("flash"), device.get("mark", {})
    if flash:
        yield "flash", region({"name": "flash", "start": flash["start"], "size": flash["size"]})
        yield "program_bytes", flash["program_bytes"]
        yield "second_write", enumerator("SECOND_WRITE", flash["second_write"])
        yield "erased", f"0x{flash['erased']:02X}"
        yield "flash_also_at", word(flash.get("also_at", 0))
        yield "empty_toggles", flag(flash.get("empty_clear") == "toggle")
        yield "empty_register", word(flash.get("empty_register", 0))
        yield "empty_mask", word(1 << flash["empty_bit"] if "empty_bit" in flash else 0)
    yield "pages", f"{device.slug}_pages"
    yield "flash_controllers", f"{device.slug}_flash_controllers"
    yield "rams", f"{device.slug}_rams"
    yield "mark", word(mark.get("address", 0))
    yield "mark_in_backup", flag(mark.get("place") == "backup")
    yield "mark_why", text(mark.get("why", ""))


def _clock_fields(device):
    clock, rcc = device.get("clock"), device.rcc()
    if rcc:
        yield "rcc", word(rcc["start"])
        yield "rcc_size", f"0x{rcc['size']:X}u"
    yield "rcc_registers", f"{device.slug}_rcc_registers"
    yield "ready_bits", f"{device.slug}_ready_bits"
    yield "reset_hz", device.get("clock_reset", {}).get("hz", 0)
    if clock:
        yield "switch_register", word(clock["switch_register"])
        yield "switch_mask", word(clock["switch_mask"])
        yield "switch_status", clock["switch_status"]


def _flag_fields(device):
    flags = device.get("reset_flags")
    if not flags:
        return
    yield "flags_register", word(flags["register"])
    yield "flags_any", word(flag_mask(device))
    for role in ("software", "power", "pin", "watchdog", "option"):
        yield f"flags_{role}", word(flag_mask(device, role=role))
    yield "flags_clear", word(1 << flags["clear"])
    yield "flags_clear_stays", flag(flags.get("clear_stays", False))
    for key in ("after_power_on", "after_pin", "after_software", "after_watchdog"):
        yield key, word(flag_mask(device, names=flags[key]))


def _remap_fields(device):
    remap = device.get("remap") or {}
    for name in ("register", "mask", "system_memory", "clock_register", "clock_mask"):
        yield f"remap_{name}", word(remap.get(name, 0))


def _backup_fields(device):
    backup = device.get("backup", {})
    yield "backup", word(backup.get("address", 0))
    yield "backup_size", 4 * backup.get("count", 0)
    yield "backup_bytes", backup.get("bytes", 0)
    yield "backup_clocks", f"{device.slug}_backup_clocks"
    yield "backup_unlock", word(backup.get("unlock_register", 0))
    yield "backup_unlock_mask", word(1 << backup["unlock_bit"] if "unlock_bit" in backup else 0)
    yield "backup_interrupt", backup.get("interrupt", 0)


def _first_page_fields(device):
    first = device.get("first_pages", {})
    for name in ("first_pages", "first_page_unlock", "first_page_erase", "first_page_lock"):
        yield name, f"{device.slug}_{name}"
    yield "flash_busy_register", word(first.get("busy_register", 0))
    yield "flash_busy_mask", word(first.get("busy_mask", 0))
    size = device.get("identity", {}).get("flash_size", 0)
    yield "flash_size_register", word(first.get("size_register", size))
