# system_init.py: writes what the hook behind ST's SystemInit() undoes.
# SPDX-License-Identifier: MIT
from c_literals import word
from firmware_header.lines import constant_by_part
from table.parts import has_part


def system_init_lines(device):
    """Lines of the firmware's header: for each part register, mask, value, and the clock for it."""
    entries = device.get("system_init", {}).get("list", [])
    if not entries:
        return ""
    return constant_by_part("SYSTEM_INIT", {part: _rows(entries, part) for part in device["parts"]})


def _rows(entries, part):
    return " ".join(
        f"{{{word(one['register'])}, {word(one['mask'])}, {word(one['reset'])},"
        f" {word(one.get('clock_register', 0))}, {word(one.get('clock_mask', 0))}}},"
        for one in entries
        if has_part(one, part)
    )
