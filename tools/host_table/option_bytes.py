# option_bytes.py: writes the option bytes that refuse, and those that start the ROM.
# SPDX-License-Identifier: MIT
from c_literals import enumerator, flag, text, word
from table.option_entry import numbers_of


def option_arrays(device):
    """The option checks, and before them the lists of macros that some are for."""
    arrays, checks = [], []
    for i, one in enumerate(device.get("options", {}).get("list", [])):
        parts = f"option_{i}_parts" if "parts" in one else "no_parts"
        if "parts" in one:
            arrays.append(("char *const ", parts, map(text, one["parts"]), "NULL"))
        unless = "unless" in one
        checks.append(
            f"{{{enumerator('OPTION', one['refuses'])}, {text(one['name'])},"
            f" {word(one['register'])}, {word(one['mask'])},"
            f" {word(one['unless' if unless else 'value'])}, {flag(unless)},"
            f" {word(one['factory'])}, {device.slug}_{parts}}}"
        )
    if any("parts" not in one for one in device.get("options", {}).get("list", [])):
        arrays.append(("char *const ", "no_parts", [], "NULL"))
    return arrays + [("struct option_check ", "options", checks, "{0}")]


def option_entry_arrays(device):
    """The lists of the host's table, with their C types and what ends them."""
    entry = device.get("option_entry", {})
    keys = (
        f"{{{text(one['name'])}, {word(one['register'])}, {word(one['locked'])},"
        f" {{{word(one['first'])}, {word(one['second'])}}}}}"
        for one in entry.get("keys", [])
    )
    conditions = (
        f"{{{text(one['name'])}, {word(one['register'])}, {word(one['mask'])},"
        f" {word(one['value'])}}}"
        for one in entry.get("conditions", [])
    )
    return [
        ("struct option_key ", "option_keys", keys, "{0}"),
        ("struct option_condition ", "option_conditions", conditions, "{0}"),
    ]


def option_entry_fields(device):
    entry = device.get("option_entry", {})
    fields = [
        f".{'address' if name == 'register' else name} = {word(value)}"
        for name, value in numbers_of(entry)
    ]
    texts = [f".{name} = {text(entry.get(name, ''))}" for name in ("name", "set", "back")]
    lists = [f".{name} = {device.slug}_option_{name}" for name in ("keys", "conditions")]
    yield "option_entry", "{" + ", ".join(texts + fields + lists) + "}"
