# behaviour.py: says what a ROM does besides serving its host.
# SPDX-License-Identifier: MIT
from pages.markdown import of_versions, sure, versions
from table.confidence import confidence_of

QUIRKS = {
    "double-ack": "It answers the first byte with two ACKs",
    "double-nack-protected": "Under readout protection it refuses Read Memory and Write Memory"
    " with two NACKs",
    "go-without-first-ack": "The first ACK of Go does not come",
    "no-nack-for-address": "Read Memory and Write Memory at an address that it does not support"
    " end without a NACK",
    "get-version-0x20": "Get Version answers 0x20",
    "erase-pages-most": "It refuses an erase of more than {number} pages",
    "erase-first-page-only": "Of an erase of several pages it carries out the first",
    "erase-second-bank-once": "An erase of several pages of the second bank ends with the first",
    "erase-not-awaited": "It answers an erase before its end; the next command has to wait"
    " {number} ms",
    "mass-erase-missing": "It refuses a mass erase",
    "bank-erase-refused": "It refuses the erase of a bank",
    "read-loses-unit": "The first {number} bytes of a write that follows a read are not"
    " programmed, although it is acknowledged",
    "ram-writes-corrupted": "What is written to RAM is corrupted",
}


# AN2606 Rev 70, section 4.6 and Table 6.
BAUD_TEXTS = {
    "auto": "",
    "software": " It finds the baud rate by software, up to some percent off: try again, or more slowly.",
    "mixed": " On some of its USARTs it finds the baud rate by software, up to some percent off.",
}


def behaviour_text(device):
    """Sentences, each with a space before it."""
    check, go, startup = (device.get(name) for name in ("bank_check", "go", "startup"))
    out = ""
    out += BAUD_TEXTS[device.get("interfaces", {}).get("usart_baud", "auto")]
    if check:
        out += _bank_text(check, device.get("remap"))
    for row in device.get("jump_conditions", {}).get("list", []):
        out += _jump_text(row)
    for row in device.get("detection", {}).get("deaf", []):
        out += _deaf_text(row)
    out += _go_text(go) if go else ""
    for row in device.get("protocol", {}).get("quirks", []):
        what = QUIRKS[row["what"]].format(number=row.get("number"))
        known = f", {row['confidence']}" if "confidence" in row else ""
        out += f" {what}{of_versions(row)}{known}."
    if go and go["pvu"]:
        out += " IWDG_SR.PVU stays set after Go where no watchdog ran."
    for row in startup["list"] if startup else []:
        when = f" when {row['when']}" if "when" in row else ""
        least = f"{row['us'] / 1000:g} ms"
        out += f" It listens after {least} at least{when}{of_versions(row)}."
    return out


def _go_text(go):
    out = ""
    for row in go.get("leaves", []):
        value = f"0x{row['value']:X}" if "value" in row else "not what a reset leaves"
        out += f" After Go {row['name']} is {value}{of_versions(row)}{sure(go, 'leaves')}."
    if "fails" in go:
        out += f" Go does not work in {versions(go['fails'])}."
    if "keeps_stack" in go:
        out += f" Go leaves the stack pointer as it is in {versions(go['keeps_stack'])}."
    for row in go.get("stack_room", []):
        out += (
            f" An application whose stack begins in the last {row['bytes']} bytes of a RAM"
            f" may not start at Go{of_versions(row)}."
        )
    return out


def _jump_text(row):
    end = {"hangs": "it hangs", "crashes": "it crashes", "no-usb": "USB does not work"}[row["end"]]
    options = " and ".join(row.get("options", []))
    return (
        f" After a jump with {row['name']}"
        + (f", and with the option {options}," if options else "")
        + f" {end}{of_versions(row)}."
    )


def _deaf_text(row):
    packages = f" ({row['packages']})" if "packages" in row else ""
    lost = ", ".join(row.get("loses", []))
    lost = f"{lost} cannot be" if lost else "no interface can be"
    low = "low or floating" if row.get("floats") else "low"
    return f" With {row['pin']} {low}{packages} {lost} used{of_versions(row)}."


def _bank_text(check, remap):
    when = {
        "always": "Before it listens it",
        "option": "When option bytes ask for it, it",
        "unknown": "Always, or when option bytes ask for it, it",
    }[check["when"]]
    windows = ", ".join(
        f"0x{row['first']:08X} to 0x{row['last']:08X}{of_versions(row)}"
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
        f" {when} starts a bank{of_versions(check)} whose stack begins at {windows}"
        f" ({confidence_of(check, 'when')}, the addresses {confidence_of(check, 'windows')})"
        + (f"; {cures}." if remap else ".")
        + f" {swaps}{sure(check, 'swaps')}."
    )
