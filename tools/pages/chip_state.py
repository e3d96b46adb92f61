# chip_state.py: says what the ROM tells a host of the chip in its hands.
# SPDX-License-Identifier: MIT
from pages.markdown import items, range_of, sure


def chip_state_section(device):
    if not device.get("readable"):
        return ""
    return "\n### What a host reads of the chip\n\n" + items(_facts(device))


def _facts(device):
    readable = device["readable"]
    areas = ", ".join(range_of(area) for area in readable["areas"])
    yield f"**Read Memory** also reads {areas}{sure(readable, 'areas')}."
    readout = device.get("readout_protection")
    if readout:
        where = f"0x{readout['register']:08X}, mask 0x{readout['mask']:X}"
        off = f"0x{readout['level_0']:02X}{sure(readout, 'level_0')}"
        yield f"**Readout protection** is off if {where}, is {off}."
    protection = device.get("write_protection")
    if protection:
        names = ", ".join(f"{one['name']} in 0x{one['register']:08X}" for one in protection["list"])
        yield f"**Write protection:** {names}{sure(protection, 'list')}."
    layouts = device.get("layouts")
    if layouts:
        listed = "; ".join(map(_layout, layouts["list"]))
        yield f"**Flash layouts:** {listed}{sure(layouts, 'list')}."


def _layout(entry):
    sizes = ", ".join(map(str, entry["kb"]))
    when = f" with {entry['when']['name']} = {_bits(entry['when'])}" if "when" in entry else ""
    pages = f"pages of {entry['page'] // 1024} KB" if "page" in entry else "sectors of several sizes"
    out = f"{sizes} KB{when}: {pages} in {entry['banks']} bank{'s' if entry['banks'] == 2 else ''}"
    if "second" in entry:
        out += f", the second from 0x{entry['second']:08X} on"
    if entry["banks"] == 2 and "page" in entry:
        number = entry.get("second_number")
        out += f", whose first page is {number}" if number else ", whose first page has an unknown number"
    return out


def _bits(when):
    return when["value"] // (when["mask"] & -when["mask"])
