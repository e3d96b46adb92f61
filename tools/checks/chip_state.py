# chip_state.py: checks what a host can ask the ROM of the chip in its hands.
# SPDX-License-Identifier: MIT
from table.layouts import end_of, layouts_of

BITS = ("first", "count", "protects", "pages")
AREA = ("start_mask", "end_mask")


def check_chip_state(device, report):
    for key, one in _fields(device):
        if one["mask"] == 0 or one["value"] & ~one["mask"]:
            report(key, f"{one['name']}: value has bits outside mask, or mask is 0")
        if not _is_readable(device, one["register"]):
            report(key, f"{one['name']}: 0x{one['register']:08X} is in no area of readable")
    size = device.get("identity", {}).get("flash_size")
    if size and not _is_readable(device, size):
        report("readable.areas", f"have no flash size register, 0x{size:08X}")


def _fields(device):
    """(key, bits) of all bits that decide on others."""
    for group in ("layouts", "write_protection"):
        for one in device.get(group, {}).get("list", []):
            if "when" in one:
                yield f"{group}.list", one["when"]
    swap = device.get("bank_swap")
    if swap:
        yield "bank_swap", swap | {"name": "swapped", "value": swap["swapped"]}


def _is_readable(device, address):
    areas = device.get("readable", {}).get("areas", [])
    return any(0 <= address - area["start"] < area["size"] for area in areas)


def check_readout_protection(device, report):
    one = device["readout_protection"]
    low = one["mask"] & -one["mask"]
    levels = [one[key] for key in ("level_0", "level_half", "level_2") if key in one]
    if one["mask"] == 0 or any(level * low & ~one["mask"] for level in levels):
        report("readout_protection", "a level has bits outside mask, or mask is 0")
    if len(levels) != len(set(levels)):
        report("readout_protection", "two levels have the same value")
    if not _is_readable(device, one["register"]):
        report("readout_protection.register", "is in no area of readable")


def check_write_protection(device, report):
    for one in device["write_protection"]["list"]:
        wanted, others = (BITS, AREA) if one["kind"] == "bits" else (AREA, BITS)
        if any(key not in one for key in wanted) or any(key in one for key in others):
            report("write_protection.list", f"{one['name']}: {one['kind']} has {', '.join(wanted)}")
        elif one["kind"] == "bits" and (one["first"] + one["count"] > 32 or one["protects"] > 1):
            report("write_protection.list", f"{one['name']}: bits beyond 31, or protects is no bit")
        elif one["kind"] == "area" and one["start_mask"] & one["end_mask"]:
            report("write_protection.list", f"{one['name']}: start_mask and end_mask share bits")


def check_layouts(device, report):
    flash = device["flash"]
    for entry in device["layouts"]["list"]:
        if ("page" in entry) == ("pages" in entry):
            report("layouts.list", "an entry has one of page and pages, not both")
            return
        if entry["banks"] not in (1, 2):
            report("layouts.list", "banks is 1 or 2")
            return
    times = [one["size"] for one in device.get("erase_times", {}).get("list", [])]
    for kb, entry, runs in layouts_of(device):
        end = end_of(device, kb, entry)
        if end > flash["start"] + flash["size"]:
            report("layouts.list", f"{kb} KB end behind the flash of the largest part")
        if any(run["start"] + run["count"] * run["size"] > end for run in runs):
            report("layouts.list", f"{kb} KB: pages reach beyond 0x{end:08X}")
        if any(run["size"] not in times for run in runs):
            report("erase_times.list", f"nothing about the pages of {kb} KB")
    if all(kb * 1024 != flash["size"] for kb, _, _ in layouts_of(device)):
        report("layouts.list", "has nothing for the largest part")
