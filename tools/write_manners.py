# write_manners.py: writes what a ROM does besides serving: C for the host table, and a text.
# SPDX-License-Identifier: MIT
from devices_schema import REFUSALS


QUIRKS = {
    "double-ack": "It answers the first byte with two ACKs",
    "double-nack-protected": "Under readout protection it refuses Read Memory and Write Memory"
    " with two NACKs",
    "go-without-first-ack": "The first ACK of Go does not come",
    "no-nack-for-address": "Read Memory and Write Memory at an address that it does not support"
    " end without a NACK",
    "get-version-0x20": "Get Version answers 0x20",
}


def manner_versions(device):
    """What has a list of ROM versions, as rows with the key `versions`."""
    manners, check = device.get("manners", {}), device.get("bank_check", {})
    go, startup = device.get("go", {}), device.get("startup", {})
    for key in ("clears_empty_in", "unmasks"):
        yield {"versions": manners.get(key, [])}
    yield {"versions": go.get("fails", [])}
    yield {"versions": go.get("keeps_stack", [])}
    yield from go.get("stack_room", [])
    yield from device.get("protocol", {}).get("quirks", [])
    yield check
    yield from check.get("windows", [])
    yield from go.get("leaves", [])
    yield from device.get("asked", {}).get("list", [])
    yield from device.get("detection", {}).get("deaf", [])
    yield from startup.get("list", [])


def confidence_of(group, key):
    for confidence in ("inferred", "measured"):
        if key in group.get(confidence, []):
            return confidence
    return group.get("confidence", "inferred")


def manner_arrays(device, versions):
    check, go, startup = (device.get(name, {}) for name in ("bank_check", "go", "startup"))

    def ids(row):
        return f"{device.slug}_{versions[tuple(row.get('versions', []))]}"

    windows = (
        f"{{{_text(row['name'])}, {_hex(row['first'])}, {_hex(row['last'])}, {ids(row)}}}"
        for row in check.get("windows", [])
    )
    leaves = (
        f"{{{_text(row['name'])}, {_hex(row['register'])}, {_hex(row['mask'])},"
        f" {_hex(row.get('value', 0))}, {_flag('value' not in row)}, {ids(row)}}}"
        for row in go.get("leaves", [])
    )
    asked = (
        f"{{{_text(row['name'])}, {_hex(row['register'])}, {_hex(row['mask'])},"
        f" {_hex(row['value'])}, JUMP_{row['end'].upper().replace('-', '_')},"
        f" {_hex(sum(1 << REFUSALS.index(name) for name in row.get('options', [])))}, {ids(row)}}}"
        for row in device.get("asked", {}).get("list", [])
    )
    deaf = (
        f"{{{_text(row['pin'])}, {_flag(row.get('floats', False))},"
        f" {_text(row.get('packages', ''))}, {ids(row)},"
        f" {{{', '.join([*map(_text, row.get('loses', [])), 'NULL'])}}}}}"
        for row in device.get("detection", {}).get("deaf", [])
    )
    quirks = (
        f"{{QUIRK_{row['what'].upper().replace('-', '_')}, {ids(row)}}}"
        for row in device.get("protocol", {}).get("quirks", [])
    )
    room = (f"{{{row['bytes']}, {ids(row)}}}" for row in go.get("stack_room", []))
    starts = (
        f"{{{row['us']}, {_text(row.get('when', ''))}, {ids(row)}}}"
        for row in startup.get("list", [])
    )
    return [
        ("uint32_t ", "banks", map(_hex, check.get("banks", [])), "0"),
        ("struct stack_window ", "windows", windows, "{0}"),
        ("struct asked_bits ", "asked", asked, "{0}"),
        ("struct deaf_pin ", "deaf_pins", deaf, "{0}"),
        ("struct rom_quirk ", "quirks", quirks, "{0}"),
        ("struct stack_room ", "stack_room", room, "{0}"),
        ("struct left_bits ", "left_bits", leaves, "{0}"),
        ("struct startup ", "startup", starts, "{0}"),
    ]


def manner_fields(device, versions):
    manners, check, go = (device.get(name, {}) for name in ("manners", "bank_check", "go"))
    slug = device.slug

    def ids(values):
        return f"{slug}_{versions[tuple(values)]}"

    yield "feeds_iwdg", f"WHETHER_{manners.get('feeds_iwdg', 'unknown').upper()}"
    yield "rom_clears_in", ids(manners.get("clears_empty_in", []))
    yield "rom_unmasks", ids(manners.get("unmasks", []))
    for key in ("lives_with", "fails_with"):
        yield key, _burdens(device.get("reports", {}).get(key, []))
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
        _hex(check.get("swap_register", 0)),
        _hex(check.get("swap_mask", 0)),
    )
    yield "bank_check", "{" + ", ".join(fields) + "}"
    fields = (
        _flag(device.listed() and go.get("pvu", False)),
        f"CONFIDENCE_{confidence_of(go, 'leaves').upper()}",
        f"{slug}_left_bits",
        ids(go.get("fails", [])),
        ids(go.get("keeps_stack", [])),
        f"{slug}_stack_room",
    )
    yield "go", "{" + ", ".join(fields) + "}"
    yield "asked", f"{slug}_asked"
    yield "deaf_pins", f"{slug}_deaf_pins"
    yield "startup", f"{slug}_startup"
    yield "quirks", f"{slug}_quirks"


def _burdens(names):
    return " | ".join(f"BURDEN_{name.upper().replace('-', '_')}" for name in names) or "0"


def _text(value):
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _hex(value):
    return f"0x{value:08X}u"


def _flag(value):
    return "true" if value else "false"


def manners_text(device, versions_text):
    """What docs/devices.md says of it; `versions_text` makes a text of a list of versions."""
    check, go, startup = (device.get(name) for name in ("bank_check", "go", "startup"))
    out = ""
    if check:
        out += _bank_text(check, versions_text, device.get("remap"))
    out += _reports_text(device.get("reports", {}))
    for row in device.get("asked", {}).get("list", []):
        out += _asked_text(row, versions_text)
    for row in device.get("detection", {}).get("deaf", []):
        out += _deaf_text(row, versions_text)
    for row in go.get("leaves", []) if go else []:
        value = f"0x{row['value']:X}" if "value" in row else "not what a reset leaves"
        sure = confidence_of(go, "leaves")
        out += f" After Go {row['name']} is {value}{_of(row, versions_text)} ({sure})."
    if go and "fails" in go:
        out += f" Go does not work in {versions_text(go['fails'])}."
    if go and "keeps_stack" in go:
        versions = versions_text(go["keeps_stack"])
        out += f" Go leaves the stack pointer as it is in {versions}."
    for row in go.get("stack_room", []) if go else []:
        out += (
            f" An application whose stack begins in the last {row['bytes']} bytes of a RAM"
            f" may not start at Go{_of(row, versions_text)}."
        )
    for row in device.get("protocol", {}).get("quirks", []):
        out += f" {QUIRKS[row['what']]}{_of(row, versions_text)}."
    if go and go["pvu"]:
        out += " IWDG_SR.PVU stays set after Go where no watchdog ran."
    for row in startup["list"] if startup else []:
        when = f" when {row['when']}" if "when" in row else ""
        least = f"{row['us'] / 1000:g} ms"
        out += f" It listens after {least} at least{when}{_of(row, versions_text)}."
    return out


BURDEN_TEXTS = {
    "systick": "a SysTick that runs",
    "clock-tree": "the application's clock tree",
    "masked-interrupts": "interrupts masked",
    "foreign-vectors": "exceptions that go to the application's vectors",
}


def _reports_text(reports):
    out = ""
    for key, what in (("lives_with", "serves"), ("fails_with", "does not serve")):
        if key in reports:
            burdens = " and ".join(BURDEN_TEXTS[name] for name in reports[key])
            out += f" It is reported that it {what} with {burdens} ({confidence_of(reports, key)})."
    return out
def _asked_text(row, versions_text):
    end = {"hangs": "it hangs", "crashes": "it crashes", "no-usb": "USB does not work"}[row["end"]]
    options = " and ".join(row.get("options", []))
    return (
        f" After a jump with {row['name']}"
        + (f", and with the option {options}," if options else "")
        + f" {end}{_of(row, versions_text)}."
    )


def _deaf_text(row, versions_text):
    packages = f" ({row['packages']})" if "packages" in row else ""
    lost = ", ".join(row.get("loses", []))
    lost = f"{lost} cannot be" if lost else "no interface can be"
    low = "low or floating" if row.get("floats") else "low"
    return f" With {row['pin']} {low}{packages} {lost} used{_of(row, versions_text)}."


def _of(row, versions_text):
    return f" ({versions_text(row['versions'])})" if "versions" in row else ""


def _bank_text(check, versions_text, remap):
    when = {
        "always": "Before it listens it",
        "option": "When option bytes ask for it, it",
        "unknown": "Always, or when option bytes ask for it, it",
    }[check["when"]]
    windows = ", ".join(
        f"0x{row['first']:08X} to 0x{row['last']:08X}{_of(row, versions_text)}"
        for row in check["windows"]
    )
    cures = {
        "yes": "MEM_MODE set before a jump keeps it from that",
        "no": "MEM_MODE does not keep it from that",
        "unknown": "whether MEM_MODE keeps it from that is not known",
    }[check["remap_cures"]]
    swaps = {
        "yes": "A second bank that it starts is swapped to the start of flash",
        "no": "It does not swap the banks",
        "unknown": "Whether it swaps the banks is not known",
    }[check["swaps"]]
    return (
        f" {when} starts a bank{_of(check, versions_text)} whose stack begins at {windows}"
        f" ({confidence_of(check, 'when')}, the addresses {confidence_of(check, 'windows')})"
        + (f"; {cures}." if remap else ".")
        + f" {swaps} ({confidence_of(check, 'swaps')})."
    )
