# load.py: reads devices/*.toml into rows, with the groups of [series] filled in.
# SPDX-License-Identifier: MIT
from schema.keys import Key
from schema.row import DEVICE, GROUPS, OPTIONAL_GROUPS, UNLISTED
from schema.values import check_keys
from table import toml_file
from table.device import Device
from table.interrupts import with_interrupts
from table.series_groups import add_series_groups


def load_parts(path, refusals):
    """The CMSIS macros that vendor headers know: one a line, # starts a comment."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        refusals.append(f"{path.parent.name}/{path.name}: -: -: {error.strerror}")
        return []
    return [line for line in (raw.split("#")[0].strip() for raw in text.splitlines()) if line]


def load_devices(folder, refusals):
    """Every well-formed row in the folder, in file order, with what its series shares. What is wrong
    goes to `refusals`."""
    devices = []
    files = sorted(folder.glob("*.toml"))
    if not files:
        refusals.append(f"{folder}: no .toml file in it")
    for path in files:
        found, wrong = rows_of(f"{folder.name}/{path.name}", path.read_bytes())
        devices += found
        refusals += wrong
    devices = add_series_groups(devices, folder, refusals)
    return with_interrupts(folder / "interrupts", devices, refusals)


def rows_of(file, content):
    """The well-formed rows of one file, and what is wrong with the others."""
    table, refusals = toml_file.parse(file, content)
    return ([] if table is None else _devices_of(file, table, refusals)), refusals


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
        name: Key("group", optional=True, keys=group.keys)
        for name, group in GROUPS.items()
    }
    check_keys(shared, optional, "series.", report_file)
    found = (device_of(file, series["name"], shared, row, refusals) for row in content["device"])
    return [device for device in found if device]


def device_of(file, series, shared, row, refusals):
    """The Device of one [[device]]; None if something is wrong with it, which goes to `refusals`."""
    slug = row.get("slug", "-") if isinstance(row, dict) else "-"

    def report(key, why):
        refusals.append(f"{file}: {slug}: {key}: {why}")

    if not isinstance(row, dict):
        report("device", "must be a table")
        return None
    inherited = {k: v for k, v in shared.items() if k in GROUPS}
    unlisted = row.get("unlisted") is True
    keys = dict(UNLISTED if unlisted else DEVICE)
    for name, group in GROUPS.items():
        optional = name in OPTIONAL_GROUPS or name in inherited
        optional |= unlisted and name != "core"
        keys[name] = Key("group", optional=optional, keys=group.keys)
    if not check_keys(row, keys, "", report):
        return None
    groups = {name: value for name, value in inherited.items() if name not in row}
    for name, group in groups.items():
        if not check_keys(group, GROUPS[name].keys, "", lambda *_: None):
            return None  # reported once, where [series] was checked
    return Device(file, series, slug, groups | row, frozenset(groups))
