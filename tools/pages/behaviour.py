# behaviour.py: says what a ROM does besides serving its host.
# SPDX-License-Identifier: MIT
from pages.markdown import of_versions, sure, versions
from table.confidence import confidence_of

QUIRKS = {
    "double-ack": "The ROM answers the first byte with two ACKs",
    "double-nack-protected": "Under readout protection the ROM refuses Read Memory and Write Memory"
    " with two NACKs",
    "go-without-first-ack": "The ROM does not send the first ACK of Go",
    "no-nack-for-address": "Read Memory and Write Memory at an unsupported address end without a NACK",
    "get-version-0x20": "Get Version answers 0x20",
    "erase-pages-most": "The ROM refuses an erase of more than {number} pages",
    "erase-first-page-only": "An erase of several pages erases only the first page",
    "erase-second-bank-once": "An erase of several pages of the second bank stops after the first"
    " page",
    "erase-not-awaited": "The ROM answers an erase before the erase ends; the next command has to wait"
    " {number} ms",
    "mass-erase-missing": "The ROM refuses a mass erase",
    "bank-erase-refused": "The ROM refuses the erase of a bank",
    "read-loses-unit": "After a read, the first {number} bytes of the next write are not programmed,"
    " although the ROM acknowledges them",
    "ram-writes-corrupted": "Writes to RAM are corrupted",
}


# AN2606 Rev 70, section 4.6 and Table 6.
BAUD_TEXTS = {
    "auto": (),
    "software": (
        "**Baud rate:** found by software, with an error of some percent. If the ROM does not answer,"
        " try again, or at a lower rate.",
    ),
    "mixed": ("**Baud rate:** found by software on some USARTs, with an error of some percent.",),
}


def behaviour_items(device):
    """A text for each thing that the ROM does."""
    check, go, startup = (device.get(name) for name in ("bank_check", "go", "startup"))
    yield from BAUD_TEXTS[device.get("interfaces", {}).get("usart_baud", "auto")]
    if check:
        yield _bank_text(check, device.get("remap"))
    for row in device.get("jump_conditions", {}).get("list", []):
        yield _jump_text(row)
    for row in device.get("detection", {}).get("deaf", []):
        yield _deaf_text(row)
    yield from _go_items(go) if go else ()
    for row in device.get("protocol", {}).get("quirks", []):
        what = QUIRKS[row["what"]].format(number=row.get("number"))
        known = f" ({row['confidence']})" if "confidence" in row else ""
        yield f"{what}{of_versions(row)}{known}."
    if go and go["pvu"]:
        yield "After Go IWDG_SR.PVU stays set if no watchdog ran."
    for row in startup["list"] if startup else []:
        when = f" when {row['when']}" if "when" in row else ""
        least = f"{row['us'] / 1000:g} ms"
        yield f"**Startup time:** the ROM listens after at least {least}{when}{of_versions(row)}."


def _go_items(go):
    for row in go.get("leaves", []):
        value = f"0x{row['value']:X}" if "value" in row else "not at its reset value"
        yield f"After Go {row['name']} is {value}{of_versions(row)}{sure(go, 'leaves')}."
    if "fails" in go:
        yield f"Go does not work in {versions(go['fails'])}."
    if "keeps_stack" in go:
        yield f"Go does not change the stack pointer in {versions(go['keeps_stack'])}."
    for row in go.get("stack_room", []):
        yield (
            f"An application whose stack begins in the last {row['bytes']} bytes of a RAM"
            f" may not start at Go{of_versions(row)}."
        )


def _jump_text(row):
    end = {"hangs": "the ROM hangs", "crashes": "the ROM crashes", "no-usb": "USB does not work"}[row["end"]]
    options = " and ".join(row.get("options", []))
    return (
        f"After a jump with {row['name']}"
        + (f", and with the option {options}," if options else "")
        + f" {end}{of_versions(row)}."
    )


def _deaf_text(row):
    packages = f" ({row['packages']})" if "packages" in row else ""
    lost = ", ".join(row.get("loses", []))
    lost = f"{lost} cannot be" if lost else "no interface can be"
    low = "low or floating" if row.get("floats") else "low"
    return f"With {row['pin']} {low}{packages} {lost} used{of_versions(row)}."


def _bank_text(check, remap):
    when = {
        "always": "Before the ROM listens, it",
        "option": "When option bytes request it, the ROM",
        "unknown": "The ROM (always, or when option bytes request it: unknown)",
    }[check["when"]]
    windows = ", ".join(
        f"0x{row['first']:08X} to 0x{row['last']:08X}{of_versions(row)}"
        for row in check["windows"]
    )
    cures = {
        "yes": "MEM_MODE set before a jump prevents this",
        "no": "MEM_MODE does not prevent this",
        "unknown": "Whether MEM_MODE prevents this is unknown",
    }[check["remap_cures"]]
    swaps = {
        "yes": "A second bank that the ROM starts is swapped to the start of flash",
        "no": "The ROM does not swap the banks",
        "unknown": "Whether the ROM swaps the banks is unknown",
    }[check["swaps"]]
    return (
        f"**Banks:** {when} starts a bank{of_versions(check)} if the bank's initial stack pointer is in"
        f" {windows} ({confidence_of(check, 'when')}; the addresses {confidence_of(check, 'windows')})."
        + (f" {cures}." if remap else "")
        + f" {swaps}{sure(check, 'swaps')}."
    )
