# interrupts.py: gives the rows of a series what devices/interrupts/ has for it.
# SPDX-License-Identifier: MIT
"""A row gets the blocks that it does not list itself and, unless it has the group, the interrupt
lines of its blocks, the requests of its DMA controllers and what the lines of EXTI select."""
import functools
from dataclasses import replace

from schema.peripheral_groups import FILE
from schema.sources import sources_of
from schema.words import LINES
from table import toml_file


def with_interrupts(folder, devices, refusals):
    """The devices with what the files of the folder say. What is wrong goes to `refusals`."""
    for path in sorted(folder.glob("*.toml")):
        file = f"{folder.parent.name}/{folder.name}/{path.name}"
        table, wrong = _table_of(file, path.read_bytes())
        refusals += wrong
        if table:
            of_series = [one.page() == path.stem and "peripherals" in one.facts for one in devices]
            slugs = {one.slug for one, is_of in zip(devices, of_series) if is_of}
            _check_rows(file, table, slugs, refusals)
            devices = [
                _with(one, table) if is_of else one for one, is_of in zip(devices, of_series)
            ]
    return [_with_lines(device) for device in devices]


@functools.cache
def _table_of(file, content):
    """What one file says, or None, and what is wrong. A test reads most files again and again."""
    return toml_file.read(file, content, FILE)


def _lists(group):
    return {key: value for key, value in group.items() if key in ("list", *_KEPT)}


_KEPT = ("reset_values", "lines", "selects", "selectors", "requests")


def _check_rows(file, table, slugs, refusals):
    for group, facts in table.items():
        for key, entries in _lists(facts).items():
            for slug in sorted({s for one in entries for s in one.get("rows", [])} - slugs):
                where = f"{file}: -: {group}.{key}"
                refusals.append(f"{where}: {slug} is no row of this series with peripherals")


def _own(entries, device):
    """The entries for this device, without `rows`."""
    for entry in entries:
        if "rows" not in entry:
            yield entry
        elif device.slug in entry["rows"]:
            yield {key: value for key, value in entry.items() if key != "rows"}


def _with(device, table):
    shared, group = table["peripherals"], device["peripherals"]
    names = {one["name"] for one in group["list"]}
    added = [one for one in _own(shared["list"], device) if one["name"] not in names]
    values = [*group.get("reset_values", []), *_own(shared.get("reset_values", []), device)]
    more = {"list": [*group["list"], *added]} | ({"reset_values": values} if values else {})
    whole = replace(device, facts=device.facts | {"peripherals": group | more})
    if not whole.get("interrupts"):
        whole.facts["interrupts"] = _interrupts_of(whole, table)
    return whole


def _interrupts_of(device, table):
    """The group as far as it is about blocks that the row has, with the sources of the file."""
    group, sources = table["interrupts"], sources_of(table["peripherals"])
    names = {one["name"] for one in device["peripherals"]["list"]}
    own = {key: list(_own(entries, device)) for key, entries in _lists(group).items()}
    own["lines"] = [one for one in own["lines"] if one["name"] in names]
    own["selectors"] = [one for one in own.get("selectors", []) if one["dma"] in names]
    own["requests"] = [
        one | {"dma": [dma for dma in one["dma"] if dma in names]}
        for one in own.get("requests", [])
        if one["name"] in names and names & set(one["dma"])
    ]
    return group | own | {"source": list(dict.fromkeys([*sources, *sources_of(group)]))}


def _with_lines(device):
    """Each block of the row with the lines that it drives."""
    if not device.get("peripherals") or not device.get("interrupts"):
        return device
    lines = {one["name"]: one["lines"] for one in device["interrupts"]["lines"]}

    def with_lines(peripheral):
        own, key = lines.get(peripheral["name"]), LINES.get(peripheral["block"])
        if not own or not key:
            return peripheral
        return peripheral | {key: own if key == "lines" else own[0]}

    group = device["peripherals"]
    group = group | {"list": [with_lines(one) for one in group["list"]]}
    return replace(device, facts=device.facts | {"peripherals": group})
