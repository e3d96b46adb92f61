# layouts.py: how the flash of each part of a line is laid out, for each value of its option bits.
# SPDX-License-Identifier: MIT


def layouts_of(device):
    """(kb, entry, runs) of each size of each entry. Pages whose numbers nobody knows are left out."""
    for entry in device.get("layouts", {}).get("list", []):
        for kb in entry["kb"]:
            yield kb, entry, entry.get("pages") or _runs(device["flash"]["start"], kb, entry)


def _runs(start, kb, entry):
    count = kb * 1024 // entry["page"] // entry["banks"]
    runs = [_run(start, 0, count, entry["page"])]
    if entry["banks"] == 2 and "second_number" in entry:
        second = entry.get("second", start + count * entry["page"])
        runs.append(_run(second, entry["second_number"], count, entry["page"]))
    return runs


def _run(start, first_number, count, size):
    return {"start": start, "first_number": first_number, "count": count, "size": size}


def end_of(device, kb, entry):
    """Where the flash ends: behind the second bank, which may begin behind a gap."""
    if "second" in entry:
        return entry["second"] + kb * 1024 // 2
    return device["flash"]["start"] + kb * 1024
