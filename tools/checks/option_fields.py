# option_fields.py: checks the option bytes by name.
# SPDX-License-Identifier: MIT
MOST_AREAS, MOST_BYTES = 3, 256  # that a host has room for, and that one write of a ROM takes
UNITS = {"byte pairs": 2, "half-words": 4, "half-words when shown": 4, "words": 8, "next word": 4}
VALUE_BYTES = {"byte pairs": 1, "half-words": 2, "half-words when shown": 2}


def check_option_fields(device, report):
    group = device["option_fields"]
    areas, seen = group["areas"], {}
    if len(areas) > MOST_AREAS or any(one["size"] > MOST_BYTES for one in areas):
        report("option_fields.areas", f"more than {MOST_AREAS}, or one beyond {MOST_BYTES} bytes")
    for one in group["list"]:
        area = _area_of(areas, one["register"])
        for name, mask in one["fields"].items():
            if name in seen:
                report("option_fields.list", f"{name}: two have the same name")
            if any(at == one["register"] and mask & other for at, other in seen.values()):
                report("option_fields.list", f"{name}: has a bit of another field")
            seen[name] = (one["register"], mask)
            problem = _problem(area, one["register"], mask)
            if problem:
                report("option_fields.list", f"{name}: {problem}")
        for name in one.get("risks", {}).keys() - one["fields"].keys():
            report("option_fields.list", f"risks.{name}: no such field")
    _check_readout(device, seen, report)


def _area_of(areas, register):
    return next((a for a in areas if 0 <= register - a["start"] < a["size"]), None)


def _problem(area, register, mask):
    if area is None:
        return f"0x{register:08X} is in none of areas"
    highest = (mask.bit_length() + 7) // 8
    behind = 4 if area["store"] == "next word" else 0
    if register - area["start"] + behind + highest > area["size"]:
        return "reaches beyond its area"
    if highest > VALUE_BYTES.get(area["store"], 4):
        return "has bits where the complement stands"
    unit = UNITS.get(area["store"], 1)
    return "" if (register - area["start"]) % unit == 0 else "is at a complement, or next to its place"


def _check_readout(device, seen, report):
    """Where the level of readout protection stands is told twice: both must say the same."""
    one = device.get("readout_protection")
    if one and (one["register"], one["mask"]) not in seen.values():
        report("option_fields.list", "has no field where readout_protection is told")
