# c_literals.py: writes values as C.
# SPDX-License-Identifier: MIT


def word(value):
    """A 32-bit number: an address, a mask, what a register holds."""
    return f"0x{value:08X}u"


def text(value):
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def flag(value):
    return "true" if value else "false"


def enumerator(prefix, value):
    """The name in C of a word of a device file."""
    return f"{prefix}_{value.upper().replace('-', '_').replace(' ', '_')}"
