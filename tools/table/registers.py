# registers.py: reads devices/registers/*.toml: how bits of registers behave, by series.
# SPDX-License-Identifier: MIT
import fnmatch
import functools
from dataclasses import dataclass

from schema.register_groups import FILE
from table import toml_file


@dataclass(eq=False)
class Peripheral:
    """One peripheral. One that is there several times (`also`) is several of these."""

    file: str
    facts: dict
    registers: list  # (name, offset, what the file says of it)
    lines: list  # (line of `bits`, names of its registers)

    def __getitem__(self, key):
        return self.facts[key]

    def reset_bit(self, register):
        """(register of RCC, mask) of the bit that resets this register of it; zeros: none does."""
        facts = self.facts
        if "reset_register" not in facts or self._is_named("not_by_bit", register):
            return 0, 0
        return facts["reset_register"], facts["reset_mask"]

    def kept(self, register):
        """The bits of this register of it that only a reset of the power resets."""
        everything = 0xFFFFFFFF if self.facts.get("power_on_only") else 0
        return self.facts.get("kept", {}).get(register, everything)

    def settings(self, register):
        """The bits of this register of it that the direct way brings back."""
        return self.facts.get("settings", {}).get(register, 0xFFFFFFFF)

    def direct(self, register):
        """What the direct way does with this register of it: "restored", "left", "late", or "": nobody
        says."""
        late = "late" if self.facts.get("reset_late") else ""
        return next((key for key in ("restored", "left") if self._is_named(key, register)), late)

    def wanted(self, key):
        """The names and patterns that one of its lists of registers has."""
        wanted = self.facts.get(key, [])
        return [wanted] if isinstance(wanted, str) else list(wanted)

    def _is_named(self, key, register):
        return any(fnmatch.fnmatchcase(register, one) for one in self.wanted(key))


@dataclass(eq=False)
class SeriesRegisters:
    """What one file says, or several of the same series together."""

    file: str  # the first of them
    series: str
    peripherals: list

    def file_of(self, key):
        """The file that a key is about: "PWR_CR.DBP" is of the one with PWR in it."""
        of_key = (p.file for p in self.peripherals if f"{key}_".startswith(f"{p['name']}_"))
        return next(of_key, self.file)

    def tables(self):
        """All that can be for some parts only."""
        for peripheral in self.peripherals:
            yield peripheral.facts
            yield from (line for _, _, line in peripheral.registers)
            yield from (line for line, _ in peripheral.lines)


def load_registers(folder, refusals):
    """What the well-formed files of the folder say, by series: "h5.toml" and "h5-rtc.toml" are of
    the series H5. What is wrong goes to `refusals`."""
    found = {}
    for path in sorted(folder.glob("*.toml"), key=lambda path: path.stem):
        file = f"{folder.parent.name}/{folder.name}/{path.name}"
        one, wrong = registers_of(file, path.read_bytes())
        refusals += wrong
        if one and path.stem.partition("-")[0] != one.series.lower():
            refusals.append(f"{file}: -: series: a file about {one.series} has another name")
        elif one:
            found[one.series] = _together(found.get(one.series), one)
    return found


@functools.cache
def _together(first, other):
    if not first:
        return other
    return SeriesRegisters(first.file, first.series, first.peripherals + other.peripherals)


def registers_of(file, content):
    """What one file says, or None, and what is wrong with it."""
    table, refusals = toml_file.read(file, content, FILE)
    if not table:
        return None, refusals
    peripherals = [one for facts in table["peripheral"] for one in _instances(file, facts)]
    return SeriesRegisters(file, table["series"], peripherals), refusals


def _instances(file, facts):
    """The peripheral, and each of `also`, whose lines look at its own registers."""
    yield _peripheral(file, facts)
    name = facts["name"]
    for other in facts.get("also", []):
        lines = [
            line | {"what": line["what"].replace(f"{name}_", f"{other['name']}_", 1)}
            if line.get("what", "").startswith(f"{name}_")
            else line
            for line in facts["bits"]
        ]
        own = ("parts", "reset_register", "reset_mask", "restored", "left")
        place = {key: value for key, value in facts.items() if key not in own}
        yield _peripheral(file, place | other | {"bits": lines})


def _peripheral(file, facts):
    registers = [one for line in facts["registers"] for one in _single(line)]
    names = list(dict.fromkeys(name for name, _, _ in registers))
    return Peripheral(file, facts, registers, [(line, _named(line, names)) for line in facts["bits"]])


def _single(line):
    """The registers that a line stands for: with `count` it is several."""
    if "count" not in line:
        return [(line["name"], line["offset"], line)]
    first, offset = line.get("first", 0), line["offset"]
    return [(f"{line['name']}{first + i}", offset + 4 * i, line) for i in range(line["count"])]


def _named(line, names):
    """Those of `names` that a line of `bits` is about: several, or a pattern with a *."""
    wanted = [line["register"]] if isinstance(line["register"], str) else line["register"]
    return [name for name in names if any(fnmatch.fnmatchcase(name, one) for one in wanted)]
