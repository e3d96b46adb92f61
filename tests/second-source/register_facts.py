# register_facts.py: the facts of devices/registers, each with what the second source says of it.
# SPDX-License-Identifier: MIT
"""A file tells of all rows of its series, so a fact of it is one fact, whatever number of rows and
parts it holds for. Registers are compared by their names, and bits by their names and the address
of their register, because others name some registers otherwise."""
from dataclasses import dataclass, field

from claims import Claim, rows_of
from facts import Fact
from table.row_registers import row_registers

SOURCE = "embassy"


@dataclass
class SeriesFile:
    """A file of devices/registers, as the comparison sees the row of a device."""

    file: str
    slug: str  # the series
    parts: list
    facts: dict = field(default_factory=dict)

    def __getitem__(self, key):
        return {"parts": self.parts}[key]

    def get(self, key, default=None):
        return default


class RegisterClaims:
    """Where the second source has registers, by name; and masks of bits, by address and name."""

    def __init__(self, folder, expand, headers):
        self._places, self._masks, self._headers = {}, {}, headers
        for row in rows_of(folder / "register-places.csv"):
            self._add(self._places, row["register"], row["address"], expand(row["parts"]))
        for row in rows_of(folder / "register-bits.csv"):
            for name, mask in (word.split(":") for word in row["bits"].split()):
                self._add(self._masks, (row["address"], name), mask, expand(row["parts"]))

    def _add(self, claims, key, value, parts):
        claims.setdefault(key, []).append((value, frozenset(parts)))

    def about_place(self, register, parts):
        yield from self._about(self._places.get(register, []), parts)
        yield from self._headers.place(register, parts)

    def about_mask(self, address, name, parts):
        yield from self._about(self._masks.get((f"0x{address:08X}", name), []), parts)
        yield from self._headers.mask(address, name, parts)

    def _about(self, found, parts):
        """One claim for each value: which of the parts it is about does not matter."""
        for value, theirs in found:
            both = theirs & parts
            if both:
                yield Claim(SOURCE, min(both), value)


def register_facts(registers, devices, claims):
    """(file, Fact, claims about it) of all that the files say of registers and bits."""
    for series in registers.values():
        rows = [device for device in devices if device.series == series.series]
        parts = [part for row in rows for part in row["parts"]]
        file = SeriesFile(series.file, series.series, parts)
        places, masks = _facts_of(rows, registers)
        for (name, address), holds in places.items():
            fact = Fact("registers", f"registers.{name}", address, "")
            yield file, fact, list(claims.about_place(name, holds))
        for (name, address, bits, mask), holds in masks.items():
            fact = Fact("registers", f"registers.{name}.{bits}", mask, "")
            yield file, fact, list(claims.about_mask(address, bits, holds))


def _facts_of(rows, registers):
    """Parts for which each place of a register, and each mask of bits, holds."""
    places, masks = {}, {}
    for row in rows:
        by_part = row_registers(row, registers)
        for found in dict.fromkeys(by_part.values()):
            holds = [part for part, same in by_part.items() if same is found]
            for known in found.known.values():
                places.setdefault((known.name, known.address), set()).update(holds)
            for (register, bits), mask in found.masks.items():
                key = (register, found.known[register].address, bits, mask)
                masks.setdefault(key, set()).update(holds)
    return places, masks
