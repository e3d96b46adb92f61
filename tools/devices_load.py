# devices_load.py: reads devices/*.toml into rows, with the groups of [series] filled in.
# SPDX-License-Identifier: MIT
import tomllib
from dataclasses import dataclass

import devices_schema as schema


@dataclass
class Device:
    """One [[device]] of one file."""

    file: str
    series: str
    slug: str
    facts: dict

    def __getitem__(self, key):
        return self.facts[key]

    def get(self, key):
        return self.facts.get(key)


def load_devices(folder, refusals):
    """Every well-formed row in the folder, in file order. What is wrong goes to `refusals`."""
    devices = []
    files = sorted(folder.glob("*.toml"))
    if not files:
        refusals.append(f"{folder}: no .toml file in it")
    for path in files:
        name = f"{folder.name}/{path.name}"
        try:
            with open(path, "rb") as stream:
                content = tomllib.load(stream)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            refusals.append(f"{name}: -: -: not TOML: {error}")
            continue
        devices += _devices_of(name, content, refusals)
    return devices


def _devices_of(file, content, refusals):
    def report_file(key, why):
        refusals.append(f"{file}: -: {key}: {why}")

    for key in content.keys() - {"series", "device"}:
        report_file(key, "unknown key")
    series = content.get("series")
    if not isinstance(series, dict) or not isinstance(series.get("name"), str):
        report_file("series.name", "missing")
        return []
    if not isinstance(content.get("device"), list):
        report_file("device", "missing: a file has at least one [[device]]")
        return []
    shared = {key: value for key, value in series.items() if key != "name"}
    optional = {
        name: schema.Key("group", optional=True, keys=group.keys)
        for name, group in schema.GROUPS.items()
    }
    schema.check_keys(shared, optional, "series.", report_file)
    found = (_device(file, series["name"], shared, row, refusals) for row in content["device"])
    return [device for device in found if device]


def _device(file, series, shared, row, refusals):
    slug = row.get("slug", "-") if isinstance(row, dict) else "-"

    def report(key, why):
        refusals.append(f"{file}: {slug}: {key}: {why}")

    if not isinstance(row, dict):
        report("device", "must be a table")
        return None
    inherited = {k: v for k, v in shared.items() if k in schema.GROUPS}
    keys = dict(schema.DEVICE)
    for name, group in schema.GROUPS.items():
        optional = name in schema.OPTIONAL_GROUPS or name in inherited
        keys[name] = schema.Key("group", optional=optional, keys=group.keys)
    if not schema.check_keys(row, keys, "", report):
        return None
    groups = {name: value for name, value in inherited.items() if name not in row}
    for name, group in groups.items():
        if not schema.check_keys(group, schema.GROUPS[name].keys, "", lambda *_: None):
            return None  # reported once, where [series] was checked
    return Device(file, series, slug, groups | row)
