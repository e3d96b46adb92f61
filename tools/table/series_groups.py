# series_groups.py: reads devices/timers and its like: groups that the rows of a series share.
# SPDX-License-Identifier: MIT
"""A group of devices/GROUP/SERIES.toml is a group of each row of devices/SERIES.toml that runs on
the virtual chip. Of its lists the row has those entries of which some part of the row is, and of pins
those that its ROM uses."""
import functools
from dataclasses import replace

from schema.row import GROUPS
from table import toml_file
from table.parts import has_part, is_part

# folder -> group
FOLDERS = {
    "timers": "timers",
    "clock-tree": "clock_tree",
    "flash-control": "flash_control",
    "usart-pins": "usart_pins",
    "option-fields": "option_fields",
}


def add_series_groups(devices, folder, refusals):
    """The devices with what devices/GROUP/*.toml say of them. What is wrong goes to `refusals`."""
    devices, places = list(devices), {}
    for place, device in enumerate(devices):
        places.setdefault(device.page(), []).append(place)
    for name, group in FOLDERS.items():
        for path in sorted((folder / name).glob("*.toml")):
            file, own = f"{folder.name}/{name}/{path.name}", places.get(path.stem, [])
            members = [devices[place] for place in own]
            table, wrong = _read(file, path.read_bytes(), group, members)
            refusals += wrong
            for place in own if table else []:
                devices[place] = _with(devices[place], group, table)
    return devices


def _read(file, content, group, members):
    table, refusals = _parse(file, content, group)
    if not members:
        return None, [f"{file}: -: -: no series has a file of that name"]
    parts = [part for device in members for part in device["parts"]]
    unknown = [
        f"{file}: -: {key}.parts: {pattern}: the series has no such part"
        for key, listed in _lists(table or {})
        for pattern in dict.fromkeys(p for entry in listed for p in entry.get("parts", []))
        if not any(is_part(part, pattern) for part in parts)
    ]
    unknown += [
        f"{file}: -: {key}: {entry['usart']} {entry['tx']} {entry['rx']}: no ROM listens there"
        for key, listed in _lists(table or {})
        for entry in listed
        if "usart" in entry and not any(_concerns(device, entry) for device in members)
    ]
    return (None if unknown else table), [*refusals, *unknown]


@functools.cache
def _parse(file, content, group):
    """The group, or None, and what is wrong with it. A test reads most files again and again."""
    table, refusals = toml_file.read(file, content, GROUPS[group].keys)
    return table, tuple(refusals)


def _with(device, group, table):
    if group in device.facts or not device.get("peripherals"):
        return device
    mine = {
        key: [entry for entry in listed if _concerns(device, entry)]
        for key, listed in _lists(table)
    }
    facts = device.facts | {group: table | mine}
    return replace(device, facts=facts, shared=device.shared | {group}) if mine["list"] else device


def _lists(table):
    """(key, list) of the lists of entries of a group."""
    lists = ((key, value) for key, value in table.items() if isinstance(value, list))
    return [(key, value) for key, value in lists if all(isinstance(e, dict) for e in value)]


def _concerns(device, entry):
    if "usart" in entry:  # pins count where the ROM of the row listens on them
        return (entry["usart"], entry["tx"], entry["rx"]) in device.usart_pins()
    return any(has_part(entry, part) for part in device["parts"])
