# lines.py: writes the lines of which the firmware's header consists.
# SPDX-License-Identifier: MIT


def constant(name, value, may_override=False):
    define = f"#define BOOTLEAP_{name} {value}\n"
    return f"#ifndef BOOTLEAP_{name}\n{define}#endif\n" if may_override else define


def any_of(parts):
    return " || ".join(f"defined({part})" for part in parts)


def words(*values):
    """A line of assembly that holds these words."""
    return ".word " + ", ".join(f"0x{value:08X}" for value in values) + "\\n"
