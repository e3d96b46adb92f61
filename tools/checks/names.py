# names.py: checks the names of a row, and what must be unique over all rows.
# SPDX-License-Identifier: MIT
import re

from checks.refusals import reporter

SLUG = re.compile(r"[a-z][a-z0-9]*")
PART = re.compile(r"STM32[A-Z0-9]+x*[A-Za-z0-9]*")
CODE = re.compile(r"STM32[A-Z0-9x]+(-[A-Z])?")


def check_names(device, report):
    if not SLUG.fullmatch(device.slug):
        report("slug", "must be lower-case letters and digits, a letter first")
    for part in device["parts"]:
        if not PART.fullmatch(part):
            report("parts", f"{part!r} is no CMSIS device macro")
    for code in device.get("codes", []):
        if not CODE.fullmatch(code):
            report("codes", f"{code!r} is no pattern of ordering codes")
    if "unlisted" in device.facts and device.listed():
        report("unlisted", "is true or not there")
    if device.listed():
        for key in ("vtor_reset", "alias"):
            if key not in device["core"]:
                report(f"core.{key}", "missing")


def check_confidence(device, report):
    for key, group in device.facts.items():
        for table in group if isinstance(group, list) else [group]:
            if not isinstance(table, dict):
                continue
            for mark in ("inferred", "measured"):
                for name in table.get(mark, []):
                    if name not in table:
                        report(f"{key}.{mark}", f"{name} is no key of {key}")


def check_unique(devices, refusals):
    """What must be unique over all files."""
    slugs, parts, codes, answers = {}, {}, {}, {}
    for device in devices:
        report = reporter(device, refusals)
        if device.slug in slugs:
            report("slug", f"is also in {slugs[device.slug]}")
        slugs.setdefault(device.slug, device.file)
        for part in device["parts"]:
            if part in parts:
                report("parts", f"{part} is also on row {parts[part]}")
            parts.setdefault(part, device.slug)
        for code in device.get("codes", []):
            if code in codes:
                report("codes", f"{code} is also on row {codes[code]}")
            codes.setdefault(code, device.slug)
        rom = device.get("rom")
        for rom_id in rom["ids"] if rom else []:
            first = answers.setdefault((rom["product"], rom_id), device)
            if first is not device and not _declared(first, device):
                answer = f"product 0x{rom['product']:03X} with ID 0x{rom_id:02X}"
                remedy = "name each other in rom.shares_product_with if that is so"
                report("rom.ids", f"{answer} is also on row {first.slug}; {remedy}")


def check_parts(devices, known_parts, refusals):
    """Each macro of the vendor's headers is on a row; a row may have others too."""
    on_rows = {part for device in devices for part in device["parts"]}
    for part in known_parts:
        if part not in on_rows:
            refusals.append(f"devices/parts.txt: -: parts: {part} is on no row")
    for part in sorted({part for part in known_parts if known_parts.count(part) > 1}):
        refusals.append(f"devices/parts.txt: -: parts: {part} is there twice")


def _declared(a, b):
    """True if both rows say that they share their answer to Get ID."""
    return b.slug in a["rom"].get("shares_product_with", []) and a.slug in b["rom"].get(
        "shares_product_with", []
    )
