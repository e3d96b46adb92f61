# versions.py: checks that the ROM versions that facts are for are versions of the row.
# SPDX-License-Identifier: MIT
from schema.words import NUMBERED_QUIRKS


def check_versions(device, group, rows, report):
    for row in rows:
        for version in row.get("versions", []):
            if version not in device["rom"]["ids"]:
                report(group, f"0x{version:02X} is not in rom.ids")


def check_quirks(device, report):
    quirks = device["protocol"].get("quirks", [])
    check_versions(device, "protocol", quirks, report)
    for row in quirks:
        if ("number" in row) != (row["what"] in NUMBERED_QUIRKS):
            report("protocol.quirks", f"{row['what']} has a number, or lacks one")


def check_behaviour_versions(device, report):
    behaviour = device["behaviour"]
    if "clears_empty_in" in behaviour and not behaviour["clears_empty"]:
        report("behaviour.clears_empty_in", "there, but behaviour.clears_empty is false")
    rows = [{"versions": behaviour.get(key, [])} for key in ("clears_empty_in", "unmasks")]
    check_versions(device, "behaviour", rows, report)


def check_defects(device, report):
    for defect in device["defect"]:
        for version in defect["versions"]:
            if version not in device["rom"]["ids"]:
                report("defect.versions", f"0x{version:02X} is not in rom.ids")
