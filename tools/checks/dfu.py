# dfu.py: checks what a row says of its ROM's USB device.
# SPDX-License-Identifier: MIT
import re

from checks.versions import check_versions
from schema.words import NUMBERED_DFU_QUIRKS

# UM0424, Section 4.3.2: "@NAME/0xADDRESS/N*SIZEMT,N*SIZEMT/0xADDRESS/..."
_SECTORS = r"\d+\*\d+[ BKM]?[a-g]"
_MEMORY = re.compile(rf"@[^/]+(/0x[0-9A-F]{{8}}/{_SECTORS}(,{_SECTORS})*)+")
_LONGEST = 126  # characters of a USB string
_MOST = 5  # memories beside the flash


def check_dfu(device, report):
    dfu = device["dfu"]
    quirks = dfu.get("quirks", [])
    check_versions(device, "dfu", quirks, report)
    check_versions(device, "dfu", [{"versions": dfu.get("leave_fails", [])}], report)
    for row in quirks:
        if ("number" in row) != (row["what"] in NUMBERED_DFU_QUIRKS):
            report("dfu.quirks", f"{row['what']} has a number, or lacks one")
    if not 64 <= dfu["transfer_size"] <= 4096:
        report("dfu.transfer_size", f"{dfu['transfer_size']} is not between 64 and 4096")
    for key in ("usb", "release"):
        if dfu[key] > 0xFFFF:
            report(f"dfu.{key}", "more than 16 bits")
    if not 4 <= dfu["first_string"] <= 8:
        report("dfu.first_string", f"{dfu['first_string']} is not between 4 and 8")
    if not dfu["flash"].startswith("@") or "/" in dfu["flash"]:
        report("dfu.flash", "must be @ and a name")
    if len(dfu["memories"]) > _MOST:
        report("dfu.memories", f"more than {_MOST}")
    for memory in dfu["memories"]:
        if memory != "flash" and (len(memory) > _LONGEST or not _MEMORY.fullmatch(memory)):
            report("dfu.memories", f"{memory!r} is no string of a memory (UM0424)")
    if (dfu["serial"] == "fixed") != ("serial_text" in dfu):
        report("dfu.serial", "fixed and serial_text go together")


def check_has_dfu(device, report):
    """A ROM on USB has a row of its device, and no other one has."""
    usb = any(one["kind"] == "usb" for one in device["interfaces"]["list"])
    if device.listed() and usb != bool(device.get("dfu")):
        report("dfu", "missing: it is on USB" if usb else "there, but the ROM is not on USB")
