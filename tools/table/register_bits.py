# register_bits.py: finds what the registers of one part do.
# SPDX-License-Identifier: MIT
import functools
from typing import NamedTuple

WORD = 0xFFFFFFFF


class Bits(NamedTuple):
    """One behaviour of bits of one register. `other` is 0 where it looks at none."""

    address: int
    mask: int
    word: str  # of BEHAVIOURS
    name: str
    other: int
    other_mask: int


class Known(NamedTuple):
    """A register, and what it holds after a reset."""

    address: int
    name: str
    reset: int
    backup_domain: bool
    reset_register: int  # of RCC, with the bit that resets it; 0: only a reset of the chip does
    reset_mask: int
    kept: int  # bits that a reset leaves as they are, but for one of the power
    settings: int  # bits that an application can set and the direct way brings back
    direct: str  # what the direct way does with it: Peripheral.direct()


@functools.cache
def part_registers(registers, part, slug):
    """The PartRegisters of a file: the same object for the same part of the same file."""
    return PartRegisters(registers, part, slug)


class PartRegisters:
    """What the file of a series says about one part of it, of which a line may name the macro or
    the slug of the row."""

    def __init__(self, registers, part, slug):
        self.wrong = []  # (place, why) of what does not fit
        self._names = {part, slug}
        self.known = {}  # by name: "PWR_CR"
        self.masks = {}  # by register and bits: ("PWR_CR", "DBP")
        self.bits = []
        self.plain = []
        peripherals = [p for p in registers.peripherals if self._has(p.facts)]
        for peripheral in peripherals:
            self._add_registers(peripheral)
        lines = [one for peripheral in peripherals for one in self._lines(peripheral)]
        for line, names in lines:
            self._add_names(line, names)
        for line, names in lines:
            self._add_bits(line, names)

    def _has(self, table):
        return "parts" not in table or not self._names.isdisjoint(table["parts"])

    def _add_registers(self, peripheral):
        for line, register in _registers_of(peripheral):
            if self._has(line):
                if register.name in self.known:
                    self.wrong.append((register.name, "is there twice"))
                self.known[register.name] = register

    def _lines(self, peripheral):
        """(line, those of its registers that this part has)."""
        for line, names in _lines_of(peripheral):
            if self._has(line):
                yield line, [name for name in names if name in self.known]

    def _add_names(self, line, registers):
        for register in registers:
            for name, mask in line.get("bits", {}).items():
                if self.masks.setdefault((register, name), mask) != mask:
                    self.wrong.append((f"{register}.{name}", "has two masks"))

    def _add_bits(self, line, registers):
        names = line.get("bits", {"": WORD})
        kept = self.plain if line["is"] == "plain" else self.bits
        for register in registers:
            address = self.known[register].address
            targets = self._targets(register, list(names), line.get("what", ""))
            for (name, mask), (other, other_mask) in zip(names.items(), targets):
                full = f"{register}.{name}" if name else register
                kept.append(Bits(address, mask, line["is"], full, other, other_mask))

    def _targets(self, place, names, what):
        """(address, mask) of what each of the names looks at, in their order: as many as there are
        names, each its own; else the same for all. None where something is missing."""
        if not what:
            return [(0, 0)] * len(names)
        register, _, fields = what.partition(".")
        fields = fields.split("|") if fields else []
        if register not in self.known:
            self.wrong.append((place, f"{what}: no register {register} here"))
            return []
        missing = [field for field in fields if (register, field) not in self.masks]
        if missing:
            self.wrong.append((place, f"{what}: {register} has no bits {missing[0]} here"))
            return []
        address = self.known[register].address
        masks = [self.masks[register, field] for field in fields]
        if len(names) == len(masks):
            return [(address, mask) for mask in masks]
        if len(names) > 1 and len(masks) > 1:
            self.wrong.append((place, f"{len(names)} names look at {len(masks)} of {register}"))
        return [(address, _union(masks) or WORD)] * len(names)


@functools.cache
def _registers_of(peripheral):
    """(line, Known) of each register that it has on any part."""
    return [(line, _known(peripheral, *one, line)) for *one, line in peripheral.registers]


def _known(peripheral, short, offset, line):
    return Known(
        peripheral["start"] + offset,
        f"{peripheral['name']}_{short}",
        line.get("reset", 0),
        line.get("backup_domain", False),
        *peripheral.reset_bit(short),
        peripheral.kept(short),
        peripheral.settings(short),
        peripheral.direct(short),
    )


@functools.cache
def _lines_of(peripheral):
    """(line, names of its registers on any part)."""
    name = peripheral["name"]
    return [(line, [f"{name}_{short}" for short in shorts]) for line, shorts in peripheral.lines]


def _union(masks):
    union = 0
    for mask in masks:
        union |= mask
    return union
