# lines.py: writes the lines of which the firmware's header consists.
# SPDX-License-Identifier: MIT


def constant(name, value, may_override=False):
    define = f"#define BOOTLEAP_{name} {value}\n"
    return f"#ifndef BOOTLEAP_{name}\n{define}#endif\n" if may_override else define


def any_of(parts):
    return " || ".join(f"defined({part})" for part in parts)


def constant_by_part(name, by_part):
    """A constant, once for each of its values; without conditions where there is only one."""
    values = dict.fromkeys(by_part.values())
    if len(values) == 1:
        return constant(name, *values)
    out, directive = "", "#if"
    for value in values:
        parts = [part for part, same in by_part.items() if same == value]
        out += f"{directive} {any_of(parts)}\n{constant(name, value)}"
        directive = "#elif"
    return out + "#endif\n"


def words(*values):
    """A line of assembly that holds these words."""
    return ".word " + ", ".join(f"0x{value:08X}" for value in values) + "\\n"
