# all.py: runs every check on every row, and those over all rows.
# SPDX-License-Identifier: MIT
from checks.chip_state import (
    check_chip_state,
    check_layouts,
    check_readout_protection,
    check_write_protection,
)
from checks.clock_tree import check_clock_tree
from checks.clocks import check_clock, check_flags, check_ready, check_reset_registers
from checks.dfu import check_dfu, check_has_dfu
from checks.direct import check_direct, check_jump
from checks.entry import check_entry, check_first_pages
from checks.flash_control import check_flash_control
from checks.identity import check_bit_band, check_identity
from checks.interfaces import check_boot0, check_crystal, check_detection, check_interfaces, check_packages
from checks.memory import check_erase_times, check_flash, check_mark, check_regions
from checks.names import check_confidence, check_names, check_parts, check_unique
from checks.option_bytes import check_watchdog_is_fed, check_option_entry, check_options
from checks.option_fields import check_option_fields
from checks.peripherals import (
    check_interrupts,
    check_lines,
    check_peripherals,
    check_remap,
    check_resets,
    check_watchdog,
)
from checks.parts_only import check_parts_only
from checks.refusals import reporter
from checks.rom_behaviour import (
    check_bank_check,
    check_go,
    check_jump_conditions,
    check_rom,
    check_startup,
)
from checks.usart_pins import check_usart_pins
from checks.versions import check_behaviour_versions, check_defects, check_quirks


def check_devices(devices, known_parts, refusals):
    for device in devices:
        for check, groups in CHECKS:
            if all(device.get(group) for group in groups):
                check(device, reporter(device, refusals))
    check_parts_only(devices, refusals)
    check_unique(devices, refusals)
    if not refusals:  # a row that was refused would seem to lack its macros too
        check_parts(devices, known_parts, refusals)


# Each check with the groups that it looks at: it is left out where one of them is not there.
CHECKS = (
    (check_names, ()),
    (check_regions, ()),
    (check_rom, ("rom", "behaviour", "flash", "protocol", "ram")),
    (check_behaviour_versions, ("rom", "behaviour")),
    (check_bank_check, ("bank_check", "boot", "flash", "ram", "rom")),
    (check_jump_conditions, ("jump_conditions", "rom")),
    (check_detection, ("detection", "interfaces", "rom")),
    (check_go, ("go", "rom")),
    (check_startup, ("startup", "rom")),
    (check_quirks, ("protocol", "rom")),
    (check_has_dfu, ("interfaces",)),
    (check_dfu, ("dfu", "rom")),
    (check_entry, ("entry",)),
    (check_options, ("options",)),
    (check_watchdog_is_fed, ("options", "behaviour")),
    (check_option_entry, ("option_entry",)),
    (check_first_pages, ("first_pages", "entry", "flash")),
    (check_interfaces, ("interfaces", "rom")),
    (check_packages, ("packages", "interfaces")),
    (check_boot0, ("boot0",)),
    (check_crystal, ("crystal", "interfaces", "behaviour")),
    (check_defects, ("defect", "rom")),
    (check_flash, ("flash", "boot")),
    (check_erase_times, ("erase_times", "flash")),
    (check_chip_state, ("readable",)),
    (check_readout_protection, ("readout_protection",)),
    (check_write_protection, ("write_protection",)),
    (check_layouts, ("layouts", "flash")),
    (check_flash_control, ("flash_control", "flash", "peripherals")),
    (check_option_fields, ("option_fields",)),
    (check_mark, ("mark", "ram", "behaviour")),
    (check_flags, ("reset_flags",)),
    (check_reset_registers, ("reset_registers",)),
    (check_clock, ("clock", "reset_flags")),
    (check_peripherals, ("peripherals", "clock")),
    (check_ready, ("clock",)),
    (check_clock_tree, ("clock_tree", "clock")),
    (check_resets, ("peripherals", "clock")),
    (check_interrupts, ("peripherals", "core")),
    (check_usart_pins, ("interfaces", "peripherals", "clock")),
    (check_lines, ("peripherals", "interrupts")),
    (check_jump, ("jump",)),
    (check_direct, ("entry",)),
    (check_watchdog, ("iwdg",)),
    (check_identity, ("identity",)),
    (check_bit_band, ("core",)),
    (check_remap, ("remap",)),
    (check_confidence, ()),
)
