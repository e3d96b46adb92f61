# registers.py: reads devices/registers/*.toml: how bits of registers behave, one file a series.
# SPDX-License-Identifier: MIT
import tomllib
from dataclasses import dataclass

from schema.register_groups import FILE
from schema.values import check_keys


@dataclass
class SeriesRegisters:
    """One file."""

    file: str
    series: str
    peripherals: list


def load_registers(folder, refusals):
    """The well-formed files of the folder by their series. What is wrong goes to `refusals`."""
    found = {}
    for path in sorted(folder.glob("*.toml")):
        one, wrong = registers_of(f"{folder.parent.name}/{folder.name}/{path.name}", path.read_bytes())
        refusals += wrong
        if one:
            found[one.series] = one
    return found


def registers_of(file, content):
    """What one file says, or None, and what is wrong with it."""
    refusals = []
    try:
        table = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return None, [f"{file}: -: -: not TOML: {error}"]

    def report(key, why):
        refusals.append(f"{file}: -: {key}: {why}")

    if not check_keys(table, FILE, "", report):
        return None, refusals
    return SeriesRegisters(file, table["series"], table["peripheral"]), refusals


def names_of(line):
    """The registers that a line of `bits` is about."""
    return [line["register"]] if isinstance(line["register"], str) else line["register"]
