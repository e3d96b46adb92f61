# entry.py: checks how an application gets into the ROM, and the first pages that it may erase.
# SPDX-License-Identifier: MIT
from table.regions import inside


def check_entry(device, report):
    if device["entry"]["mechanism"] == "erase-first":
        for group in ("mark", "first_pages"):
            if not device.get(group):
                report(group, "missing: the mechanism erase-first needs it")
    if device["entry"]["mechanism"] != "reset":
        return
    if not device.get("mark"):
        report("mark", "missing: the mechanism reset needs a place for the mark")
    if not device.get("iwdg"):
        report("iwdg", "missing: the mechanism reset feeds the watchdog")


def check_first_pages(device, report):
    first, flash = device["first_pages"], device["flash"]
    if device["entry"]["mechanism"] != "erase-first":
        report("first_pages", "is only for the mechanism erase-first")
    for address in first["addresses"]:
        if not inside(address, 4, [flash]):
            report("first_pages.addresses", f"0x{address:08X} is outside flash")
    if not any(row["register"] == 0 or row["value"] == 0 for row in first["erase"]):
        report("first_pages.erase", "no row has the page: neither register nor value is 0")
    for row in first["writes"]:
        if row["register"] == 0:
            report("first_pages.writes", f"{row['name']}: no page is known there yet")
