# row.py: the shape of a device file: its groups, and the other keys of a row.
# SPDX-License-Identifier: MIT
"""The shape of devices/*.toml. devices/README.md tells the same to people.

A group is a table of facts that share a source. A group that a row does not have is taken
from [series] of the same file, as a whole: groups are never mixed.
"""
from schema.chip_groups import CHIP_GROUPS, CORE
from schema.chip_state_groups import CHIP_STATE_GROUPS
from schema.keys import ANY_TEXTS, FLAG, NUMBER, SOURCED, TEXT, TEXTS, Key, choice
from schema.rom_groups import ROM_GROUPS
from schema.words import AFFECTED

# The order is that of the sources in the table of the host.
GROUPS = {"core": CORE, **ROM_GROUPS, **CHIP_GROUPS, **CHIP_STATE_GROUPS}
# What a device may be without: the chip lacks it (remap: no MEM_MODE), or nobody has typed it.
OPTIONAL_GROUPS = (
    "boot0",
    "packages",
    "bank_check",
    "jump_conditions",
    "detection",
    "go",
    "startup",
    "dfu",
    "erase_times",
    "mark",
    "rcc",
    "clock",
    "remap",
    "peripherals",
    "interrupts",
    "timers",
    "usart_pins",
    "flash_control",
    "clock_tree",
    "iwdg",
    "wwdg",
    "identity",
    "backup",
    "options",
    "option_entry",
    "first_pages",
    "system_init",
    "usb_pullup",
    "reset_registers",
    "jump",
    "clock_reset",
    *CHIP_STATE_GROUPS,
)

RAM = dict(
    name=TEXT,
    start=NUMBER,
    size=NUMBER,
    also_at=Key("number", optional=True),
    ecc_bytes=NUMBER,
    loses_last=Key("flag", optional=True),
    erased_by=Key("text", optional=True),
)
DEVICE = {
    "slug": TEXT,
    "name": TEXT,
    "parts": TEXTS,
    "part_note": Key("text", optional=True),
    "codes": Key("texts", optional=True),
    "tested": ANY_TEXTS,
    "differs": ANY_TEXTS,
    "ram": Key("rows", keys=RAM | SOURCED),
    "defect": Key(
        "rows",
        optional=True,
        may_be_empty=True,
        keys=dict(
            affects=choice(*AFFECTED),
            versions=Key("ids"),
            what=TEXT,
            workaround=Key("text", optional=True),
            source=Key("sources"),
        ),
    ),
}


def optional(key):
    return Key(key.kind, True, key.choices, key.keys, key.may_be_empty)


# A device that AN2606 does not name: what is not known stands in `unknown`, the rest may lack.
UNLISTED = {
    name: key if name in ("slug", "name", "parts") else optional(key)
    for name, key in DEVICE.items()
} | {"unlisted": FLAG, "unknown": TEXTS, "source": Key("sources")}
