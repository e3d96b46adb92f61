# option_bytes.py: writes the option bytes that refuse, and those that start the ROM.
# SPDX-License-Identifier: MIT
from c_literals import word
from firmware_header.lines import any_of, constant, constant_by_part
from schema.sources import sources_of
from table.option_entry import numbers_of
from table.parts import bits_on

# What a user may allow: what refuses then stands in one of the macros of the header.
UNLESS = {
    "rdp-level-1": "BOOTLEAP_UNLESS_RDP1",
    "second-core": "BOOTLEAP_UNLESS_PARKED",
    "ram-erased": "BOOTLEAP_UNLESS_MOVED",
}


def option_checks(device):
    options = device.get("options", {}).get("list", [])
    if not options:
        return constant("OPTIONS", "")
    out, rows = f"// options: {'; '.join(sources_of(device['options']))}\n", []
    for i, one in enumerate(options):
        row = _option(device, one)
        if "parts" in one:
            name = f"BOOTLEAP_OPTION_{i}"
            out += f"#if {any_of(one['parts'])}\n#define {name} {row}\n"
            out += f"#else\n#define {name}\n#endif\n"
            row = name
        rows.append(row)
    return out + _second_core(options) + constant("OPTIONS", " ".join(rows))


def _second_core(options):
    """Whether the part has a core that runs beside this one."""
    parts = [part for one in options if one["refuses"] == "second-core" for part in one["parts"]]
    if not parts:
        return ""
    return f"#if {any_of(parts)}\n#define BOOTLEAP_SECOND_CORE_RUNS 1\n#endif\n"


def _option(device, one):
    """An initialiser of struct option in bootleap_refusal_bits.h: the bits of one byte."""
    mask = one["mask"]
    shift = (mask & -mask).bit_length() - 1
    value = one["value"] if "value" in one else one["unless"]
    if mask >> shift > 0xFF:
        raise ValueError(f"{device.slug}: {one['name']}: its bits span more than a byte")
    code = "BOOTLEAP_" + one["refuses"].upper().replace("-", "_")
    when = "UNLESS" if "unless" in one else "WHEN"
    row = f"{{{word(one['register'])}, {shift}, "
    row += f"0x{mask >> shift:02X}, 0x{value >> shift:02X}, {when}({code})}}"
    around = UNLESS.get(one["refuses"])
    return f"{around}({row})" if around else f"{row},"


def option_entry_constants(device):
    """Lines of the firmware's header."""
    entry = device.get("option_entry")
    if not entry or not device.enters():
        return constant("OPTION_ENTRY", 0)
    out = f"// option_entry: {'; '.join(sources_of(entry))}\n" + constant("OPTION_ENTRY", 1)
    for name, value in numbers_of(entry):
        bits = {"only": entry.get("error_only", []) if name == "error_mask" else []}
        values = {part: word(value & bits_on(bits, part)) for part in device["parts"]}
        out += constant_by_part("OPTION_" + name.upper(), values)
    keys = (
        f"{{{word(one['register'])}, {word(one['locked'])},"
        f" {{{word(one['first'])}, {word(one['second'])}}}}},"
        for one in entry["keys"]
    )
    out += constant("OPTION_KEYS", " ".join(keys))
    rows = []
    for i, one in enumerate(entry.get("conditions", [])):
        refusal = "BOOTLEAP_" + one["refuses"].upper().replace("-", "_")
        row = f"{{{word(one['register'])}, {word(one['mask'])}, {word(one['value'])}, {refusal}}},"
        if "parts" in one:
            name = f"BOOTLEAP_OPTION_CONDITION_{i}"
            parts = " || ".join(f"defined({part})" for part in one["parts"])
            out += f"#if {parts}\n#define {name} {row}\n#else\n#define {name}\n#endif\n"
            row = name
        rows.append(row)
    return out + constant("OPTION_CONDITIONS", " ".join(rows))
