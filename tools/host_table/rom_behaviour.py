# rom_behaviour.py: writes what a ROM does besides serving its host.
# SPDX-License-Identifier: MIT
from c_literals import enumerator, flag, text, word
from schema.words import REFUSALS
from table.confidence import confidence_of


def behaviour_arrays(device, versions):
    """Their arrays; `versions` names the lists of ROM versions."""

    def ids(row):
        return f"{device.slug}_{versions[tuple(row.get('versions', []))]}"

    go, check = device.get("go", {}), device.get("bank_check", {})
    asked = device.get("jump_conditions", {}).get("list", [])
    deaf = device.get("detection", {}).get("deaf", [])
    startup = device.get("startup", {}).get("list", [])
    quirks = [
        {"confidence": confidence_of(group, "quirks")} | row
        for group in (device.get("protocol", {}), device.get("dfu", {}))
        for row in group.get("quirks", [])
    ]
    yield "uint32_t ", "banks", map(word, check.get("banks", [])), "0"
    for kind, name, rows, element in (
        ("struct stack_window ", "windows", check.get("windows", []), _window),
        ("struct jump_condition ", "jump_conditions", asked, _jump_condition),
        ("struct deaf_pin ", "deaf_pins", deaf, _deaf_pin),
        ("struct rom_quirk ", "quirks", quirks, _quirk),
        ("struct stack_room ", "stack_room", go.get("stack_room", []), _stack_room),
        ("struct left_bits ", "left_bits", go.get("leaves", []), _left_bits),
        ("struct startup ", "startup", startup, _startup),
    ):
        yield kind, name, [element(row, ids(row)) for row in rows], "{0}"


def _window(row, ids):
    return f"{{{text(row['name'])}, {word(row['first'])}, {word(row['last'])}, {ids}}}"


def _jump_condition(row, ids):
    options = sum(1 << REFUSALS.index(name) for name in row.get("options", []))
    return (
        f"{{{text(row['name'])}, {word(row['register'])}, {word(row['mask'])},"
        f" {word(row['value'])}, {enumerator('JUMP', row['end'])}, {word(options)}, {ids}}}"
    )


def _deaf_pin(row, ids):
    return (
        f"{{{text(row['pin'])}, {flag(row.get('floats', False))},"
        f" {text(row.get('packages', ''))}, {ids},"
        f" {{{', '.join([*map(text, row.get('loses', [])), 'NULL'])}}}}}"
    )


def _quirk(row, ids):
    return (
        f"{{{enumerator('QUIRK', row['what'])}, {ids}, {row.get('number', 0)},"
        f" CONFIDENCE_{row['confidence'].upper()}}}"
    )


def _stack_room(row, ids):
    return f"{{{row['bytes']}, {ids}}}"


def _left_bits(row, ids):
    return (
        f"{{{text(row['name'])}, {word(row['register'])}, {word(row['mask'])},"
        f" {word(row.get('value', 0))}, {flag('value' not in row)}, {ids}}}"
    )


def _startup(row, ids):
    return f"{{{row['us']}, {text(row.get('when', ''))}, {ids}}}"


def behaviour_fields(device, versions):
    """Their members of struct device; `versions` names the lists of ROM versions."""
    behaviour = device.get("behaviour", {})
    slug = device.slug

    def ids(values):
        return f"{slug}_{versions[tuple(values)]}"

    yield "feeds_iwdg", f"WHETHER_{behaviour.get('feeds_iwdg', 'unknown').upper()}"
    yield "rom_clears_in", ids(behaviour.get("clears_empty_in", []))
    yield "rom_unmasks", ids(behaviour.get("unmasks", []))
    yield "bank_check", _bank_check(device, ids)
    yield "go", _go(device, ids)
    for name in ("jump_conditions", "deaf_pins", "startup", "quirks"):
        yield name, f"{slug}_{name}"


def _bank_check(device, ids):
    check, slug = device.get("bank_check", {}), device.slug
    when = {"always": "ALWAYS", "option": "BY_OPTION", "unknown": "UNKNOWN"}
    fields = (
        f"BANK_CHECK_{when.get(check.get('when'), 'NEVER')}",
        f"WHETHER_{check.get('remap_cures', 'unknown').upper()}",
        f"CONFIDENCE_{confidence_of(check, 'when').upper()}",
        f"CONFIDENCE_{confidence_of(check, 'windows').upper()}",
        ids(check.get("versions", [])),
        f"{slug}_banks",
        f"{slug}_windows",
        f"WHETHER_{check.get('swaps', 'unknown').upper()}",
        f"CONFIDENCE_{confidence_of(check, 'swaps').upper()}",
        word(check.get("swap_register", 0)),
        word(check.get("swap_mask", 0)),
    )
    return "{" + ", ".join(fields) + "}"


def _go(device, ids):
    go, slug = device.get("go", {}), device.slug
    fields = (
        flag(device.listed() and go.get("pvu", False)),
        f"CONFIDENCE_{confidence_of(go, 'leaves').upper()}",
        f"{slug}_left_bits",
        ids(go.get("fails", [])),
        ids(go.get("keeps_stack", [])),
        f"{slug}_stack_room",
    )
    return "{" + ", ".join(fields) + "}"
