# arrays.py: lists the arrays that the row of a device points to.
# SPDX-License-Identifier: MIT
"""An array is (type in C, name, elements, what ends it)."""
from c_literals import text, word
from host_table import elements
from host_table.chip_state import chip_state_arrays
from host_table.dfu import dfu_arrays
from host_table.direct import jump_arrays
from host_table.flash_control import flash_control_arrays
from host_table.interrupts import interrupt_arrays
from host_table.option_bytes import option_arrays, option_entry_arrays
from host_table.rom_behaviour import behaviour_arrays
from host_table.versions import version_lists


def arrays_of(device):
    """All arrays of a device; one that names another comes after it."""
    yield from _identity_arrays(device)
    yield from _rom_arrays(device)
    yield from _memory_arrays(device)
    yield from jump_arrays(device)
    yield from _register_arrays(device)
    yield from interrupt_arrays(device)
    yield from option_arrays(device)
    yield from option_entry_arrays(device)
    yield from flash_control_arrays(device)
    yield from chip_state_arrays(device)
    yield from _write_arrays(device)
    yield from _version_arrays(device)


def _of(device, group, key):
    return device.get(group, {}).get(key, [])


def _identity_arrays(device):
    for key in ("parts", "codes", "unknown", "differs"):
        yield "char *const ", key, map(text, device.get(key, [])), "NULL"
    yield "struct fact_source ", "sources", elements.sources(device), "{0}"


def _rom_arrays(device):
    interfaces = _of(device, "interfaces", "list")
    memory, ram = _of(device, "rom", "memory"), _of(device, "behaviour", "overwrites")
    unused, notes = _of(device, "interfaces", "unused"), _of(device, "interfaces", "notes")
    commands = elements.numbers(_of(device, "protocol", "commands"))
    yield "uint16_t ", "rom_ids", elements.numbers(_of(device, "rom", "ids")), "0"
    yield "struct region ", "system_memory", map(elements.region, memory), "{0}"
    yield "struct region ", "rom_ram", map(elements.region, ram), "{0}"
    yield "struct rom_pin ", "unused_pins", map(elements.pin, unused), "{0}"
    yield "char *const ", "interface_notes", map(text, notes), "NULL"
    yield "char *const ", "boot0_also", map(text, _of(device, "boot0", "also")), "NULL"
    boot0 = elements.packages(_of(device, "boot0", "of_packages"))
    yield "struct package_pins ", "boot0_of_packages", boot0, "{0}"
    packages = elements.packages(_of(device, "packages", "list"))
    yield "struct package_pins ", "packages", packages, "{0}"
    yield "struct rom_usart ", "rom_usarts", elements.usarts(device), "{0}"
    yield "uint8_t ", "rom_commands", commands, "0xFF"
    yield from dfu_arrays(device)


def _memory_arrays(device):
    rams, erase_times = device.get("ram", []), elements.erase_times(device)
    runs = (elements.page_run(run, erase_times) for run in _of(device, "flash", "pages"))
    registers = map(elements.register, _of(device, "clock", "registers"))
    peripherals = map(elements.peripheral, device.blocks())
    yield "struct page_run ", "pages", runs, "{0}"
    yield "struct ram ", "rams", map(elements.ram, rams), "{{0}, 0, 0, NULL, false}"
    yield "struct register_reset ", "rcc_registers", registers, "{0}"
    yield "struct peripheral ", "peripherals", peripherals, "{0}"


def _register_arrays(device):
    ready = (elements.ready(device, bit) for bit in _of(device, "clock", "ready"))
    resets = map(elements.register, _of(device, "peripherals", "reset_values"))
    pulsed = map(elements.reset_register, _of(device, "reset_registers", "list"))
    pullups = map(elements.pullup, _of(device, "usb_pullup", "list"))
    inits = map(elements.system_init, _of(device, "system_init", "list"))
    yield "struct system_init ", "system_inits", inits, "{0}"
    yield "struct ready_bit ", "ready_bits", ready, "{0}"
    yield "struct register_reset ", "peripheral_resets", resets, "{0}"
    yield "struct reset_register ", "reset_registers", pulsed, "{0}"
    yield "struct jump_step ", "usb_pullups", pullups, "{0}"


def _write_arrays(device):
    for group, key, name in (
        ("backup", "clocks", "backup_clocks"),
        ("first_pages", "writes", "first_page_unlock"),
        ("first_pages", "erase", "first_page_erase"),
        ("first_pages", "lock", "first_page_lock"),
    ):
        yield "struct register_write ", name, map(elements.write, _of(device, group, key)), "{0}"
    yield "uint32_t ", "first_pages", map(word, _of(device, "first_pages", "addresses")), "0"


def _version_arrays(device):
    """The lists of ROM versions, and what is for some versions only."""
    versions, interfaces = version_lists(device), _of(device, "interfaces", "list")
    for ids, name in versions.items():
        yield "uint16_t ", name, elements.numbers(ids), "0"
    yield from behaviour_arrays(device, versions)
    found = (elements.interface(device, one, versions) for one in interfaces)
    yield "struct rom_interface ", "interfaces", found, "{0}"
    defects = (elements.defect(device, one, versions) for one in device.get("defect", []))
    yield "struct rom_defect ", "defects", defects, "{0}"
