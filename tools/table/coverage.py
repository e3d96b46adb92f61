# coverage.py: counts how well the facts of the table are cited.
# SPDX-License-Identifier: MIT
from schema.sources import sources_of
from table.device import fact_groups


def coverage(devices, known_parts):
    counts = {"one": 0, "more": 0, "none": 0}
    inferred = 0
    for device in devices:
        for _, table in fact_groups(device):
            number = len(sources_of(table)) if table else 0
            counts["none" if number == 0 else "one" if number == 1 else "more"] += 1
            inferred += bool(table) and table.get("confidence") == "inferred"
    on_rows = {part for device in devices for part in device["parts"]}
    listed = sum(device.listed() for device in devices)
    tested = sum(bool(device.get("tested")) for device in devices)
    return (
        f"devices: {len(devices)} ({listed} that AN2606 names, {len(devices) - listed} others)\n"
        f"devices that the library enters: {sum(device.enters() for device in devices)}\n"
        f"devices tested on hardware: {tested}\n"
        f"parts: {len(on_rows)}\n"
        f"known parts without a row: {len(set(known_parts) - on_rows)}\n"
        f"fact groups with two sources or more: {counts['more']}\n"
        f"fact groups with one source: {counts['one']}\n"
        f"fact groups with none: {counts['none']}\n"
        f"fact groups that are inferred as a whole: {inferred}\n"
    )
