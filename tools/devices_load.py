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
    shared: frozenset = frozenset()  # names of the groups that it has from [series]

    def __getitem__(self, key):
        return self.facts[key]

    def get(self, key, default=None):
        return self.facts.get(key, default)

    def listed(self):
        """True if AN2606 names the device, so that all that its ROM does is known."""
        return not self.get("unlisted")

    def rcc(self):
        """Where RCC is, as a region; None where nobody has typed it."""
        clock, rcc = self.get("clock"), self.get("rcc")
        if clock:
            return {"name": "RCC", "start": clock["rcc"], "size": clock["rcc_size"]}
        return rcc and {"name": "RCC", "start": rcc["start"], "size": rcc["size"]}

    def enters(self):
        """True if the firmware library has a way from the application into this ROM."""
        mark, mechanism = self.get("mark"), self.get("entry", {}).get("mechanism")
        if not mark or (mechanism == "erase-first" and not self.get("first_pages")):
            return False
        if mark.get("place") == "backup" and self["backup"]["bytes"] != 4:
            return False  # the mark is two words
        return mechanism in ("reset", "erase-first")


def load_parts(path, refusals):
    """The CMSIS macros that vendor headers know: one a line, # starts a comment."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        refusals.append(f"{path.parent.name}/{path.name}: -: -: {error.strerror}")
        return []
    return [line for line in (raw.split("#")[0].strip() for raw in text.splitlines()) if line]


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
    unlisted = row.get("unlisted") is True
    keys = dict(schema.UNLISTED if unlisted else schema.DEVICE)
    for name, group in schema.GROUPS.items():
        optional = name in schema.OPTIONAL_GROUPS or name in inherited
        optional |= unlisted and name != "core"
        keys[name] = schema.Key("group", optional=optional, keys=group.keys)
    if not schema.check_keys(row, keys, "", report):
        return None
    groups = {name: value for name, value in inherited.items() if name not in row}
    for name, group in groups.items():
        if not schema.check_keys(group, schema.GROUPS[name].keys, "", lambda *_: None):
            return None  # reported once, where [series] was checked
    return Device(file, series, slug, groups | row, frozenset(groups))
