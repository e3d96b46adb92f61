# write_option_entry.py: writes how option bytes start the ROM: for the host, firmware and the page.
# SPDX-License-Identifier: MIT
from devices_schema import sources_of
from regions import inside

REGISTERS = ("start", "busy", "error", "launch")


def check_option_entry(device, report):
    entry = device["option_entry"]
    if (entry["value"] | entry["restore"]) & ~entry["mask"]:
        report("option_entry", "value or restore has bits outside mask")
    if entry["value"] == entry["restore"]:
        report("option_entry.restore", "is the value that starts the ROM")
    if ("launch_register" in entry) != ("launch_mask" in entry):
        report("option_entry", "has one of launch_register and launch_mask, not both")
    listed = device.get("peripherals", {}).get("list", [])
    flash = [p for p in listed if p["block"] == "flash"]
    for key, address in _addresses(entry):
        if address % 4 or (flash and not inside(address, 4, flash)):
            report(f"option_entry.{key}", f"0x{address:08X} is no register of FLASH")
    for one in entry.get("conditions", []):
        unknown = [part for part in one.get("parts", []) if part not in device["parts"]]
        if unknown:
            report("option_entry.conditions", f"{unknown[0]} is no part of this device")
        if one["value"] & ~one["mask"]:
            report("option_entry.conditions", f"{one['name']}: value has bits outside mask")


def _addresses(entry):
    for key, value in entry.items():
        if key in ("register", "shown") or key.endswith("_register"):
            yield key, value
    for key in ("keys", "conditions"):
        for one in entry.get(key, []):
            yield key, one["register"]


def _hex(value):
    return f"0x{value:08X}u"


def _text(text):
    return f'"{text}"'


def _values(entry):
    """(name in C, value) of all that is one number."""
    yield "register", entry.get("register", 0)
    yield "shown", entry.get("shown", entry.get("register", 0))
    for name in ("mask", "value", "restore", "lock_register"):
        yield name, entry.get(name, 0)
    for name in REGISTERS:
        yield f"{name}_register", entry.get(f"{name}_register", 0)
        yield f"{name}_mask", entry.get(f"{name}_mask", 0)
    yield "clear_register", entry.get("clear_register", entry.get("error_register", 0))


def option_entry_arrays(device):
    """The lists of the host's table, with their C types and what ends them."""
    entry = device.get("option_entry", {})
    keys = (
        f"{{{_text(one['name'])}, {_hex(one['register'])}, {_hex(one['locked'])},"
        f" {{{_hex(one['first'])}, {_hex(one['second'])}}}}}"
        for one in entry.get("keys", [])
    )
    conditions = (
        f"{{{_text(one['name'])}, {_hex(one['register'])}, {_hex(one['mask'])},"
        f" {_hex(one['value'])}}}"
        for one in entry.get("conditions", [])
    )
    return [
        ("struct option_key ", "option_keys", keys, "{0}"),
        ("struct option_condition ", "option_conditions", conditions, "{0}"),
    ]


def option_entry_fields(device):
    entry = device.get("option_entry", {})
    fields = [
        f".{'address' if name == 'register' else name} = {_hex(value)}"
        for name, value in _values(entry)
    ]
    texts = [f".{name} = {_text(entry.get(name, ''))}" for name in ("name", "set", "back")]
    lists = [f".{name} = {device.slug}_option_{name}" for name in ("keys", "conditions")]
    yield "option_entry", "{" + ", ".join(texts + fields + lists) + "}"


def option_entry_constants(device, constant):
    """Lines of the firmware's header; `constant` writes one of them."""
    entry = device.get("option_entry")
    if not entry or not device.enters():
        return constant("OPTION_ENTRY", 0)
    out = f"// option_entry: {'; '.join(sources_of(entry))}\n" + constant("OPTION_ENTRY", 1)
    for name, value in _values(entry):
        out += constant("OPTION_" + name.upper(), _hex(value))
    keys = (
        f"{{{_hex(one['register'])}, {_hex(one['locked'])},"
        f" {{{_hex(one['first'])}, {_hex(one['second'])}}}}},"
        for one in entry["keys"]
    )
    out += constant("OPTION_KEYS", " ".join(keys))
    rows = []
    for i, one in enumerate(entry.get("conditions", [])):
        refusal = "BOOTLEAP_" + one["refuses"].upper().replace("-", "_")
        row = f"{{{_hex(one['register'])}, {_hex(one['mask'])}, {_hex(one['value'])}, {refusal}}},"
        if "parts" in one:
            name = f"BOOTLEAP_OPTION_CONDITION_{i}"
            parts = " || ".join(f"defined({part})" for part in one["parts"])
            out += f"#if {parts}\n#define {name} {row}\n#else\n#define {name}\n#endif\n"
            row = name
        rows.append(row)
    return out + constant("OPTION_CONDITIONS", " ".join(rows))


def option_entry_page(device, sure):
    """A paragraph of docs/devices.md; `sure` says how sure a key is."""
    entry = device.get("option_entry")
    if not entry or not device.enters():
        return ""
    launch = "an option-byte load" if "launch_register" in entry else "the next reset"
    out = "\n**By option bytes.** `bootleap_enter_by_option_bytes()` programs"
    out += f" {entry['set']} (0x{entry['mask']:08X} of `{entry['name']}` at"
    out += f" 0x{entry['register']:08X}){sure(entry, 'value')}; {launch} then starts the ROM, and so"
    out += " does every other one until somebody programs"
    return out + f" {entry['back']}{sure(entry, 'restore')}.\n"
