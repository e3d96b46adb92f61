# register_bits.py: finds what the registers of one part, and of one row, do.
# SPDX-License-Identifier: MIT
from dataclasses import dataclass

from schema.words import LOCKS
from table.registers import names_of

WORD = 0xFFFFFFFF


@dataclass(frozen=True, order=True)
class Bits:
    """One behaviour of bits of one register. `other` is 0 where it looks at none."""

    address: int
    mask: int
    word: str  # of BEHAVIOURS
    name: str
    other: int
    other_mask: int


@dataclass(frozen=True, order=True)
class Known:
    """A register, and what it holds after a reset."""

    address: int
    name: str
    reset: int
    backup_domain: bool


class PartRegisters:
    """What the file of a series says about one part of it. Wrong references go to `report`, a
    function of a place and a reason."""

    def __init__(self, registers, part, report=lambda place, why: None):
        self._report = report
        self.known = {}  # by name: "PWR_CR"
        self.masks = {}  # by register and bits: ("PWR_CR", "DBP")
        self.bits = []
        peripherals = [p for p in registers.peripherals if _has(p, part)]
        for peripheral in peripherals:
            self._add_registers(peripheral, part)
        lines = [
            (peripheral, line)
            for peripheral in peripherals
            for line in peripheral["bits"]
            if _has(line, part)
        ]
        for peripheral, line in lines:
            self._add_names(peripheral, line)
        for peripheral, line in lines:
            self._add_bits(peripheral, line)

    def _add_registers(self, peripheral, part):
        for register in peripheral["registers"]:
            if _has(register, part):
                name = f"{peripheral['name']}_{register['name']}"
                if name in self.known:
                    self._report(name, "is there twice")
                self.known[name] = Known(
                    peripheral["start"] + register["offset"],
                    name,
                    register.get("reset", 0),
                    register.get("backup_domain", False),
                )

    def _registers_of(self, peripheral, line):
        """Those of the line that this part has."""
        names = [f"{peripheral['name']}_{name}" for name in names_of(line)]
        return [name for name in names if name in self.known]

    def _add_names(self, peripheral, line):
        for register in self._registers_of(peripheral, line):
            for name, mask in line.get("bits", {}).items():
                if self.masks.setdefault((register, name), mask) != mask:
                    self._report(f"{register}.{name}", "has two masks")

    def _add_bits(self, peripheral, line):
        word = line["is"]
        for register in self._registers_of(peripheral, line):
            address = self.known[register].address
            for name, mask in line.get("bits", {"": WORD}).items():
                full = f"{register}.{name}" if name else register
                other, other_mask = self._target(full, name, line.get("what"))
                if word != "plain" and other is not None:
                    self.bits.append(Bits(address, mask, word, full, other, other_mask))

    def _target(self, place, name, what):
        """Address and mask of what a line looks at; None where there is no such thing."""
        if not what:
            return 0, 0
        register, _, fields = what.replace("*", name).partition(".")
        if register not in self.known:
            self._report(place, f"{what}: no register {register} here")
            return None, 0
        mask = 0
        for field in fields.split("|") if fields else []:
            if (register, field) not in self.masks:
                self._report(place, f"{what}: {register} has no bits {field} here")
                return None, 0
            mask |= self.masks[register, field]
        return self.known[register].address, mask or WORD


def _has(table, part):
    return part in table.get("parts", [part])


def owned_bits(device):
    """Masks by address of the bits that other groups of the row tell of."""
    owned = {}

    def own(address, mask):
        owned[address] = owned.get(address, 0) | mask

    clock, flags = device.get("clock"), device.get("reset_flags")
    remap, flash = device.get("remap"), device.get("flash", {})
    if clock:
        own(clock["switch_register"], clock["switch_mask"] << clock["switch_status"])
        for bit in clock["ready"]:
            own(bit["address"], 1 << bit["ready"])
    if flags:
        for bit in [flags["clear"], *(flag["bit"] for flag in flags["flags"])]:
            own(flags["register"], 1 << bit)
    if remap:
        own(remap["register"], remap["mask"])
    if "empty_register" in flash:
        own(flash["empty_register"], 1 << flash["empty_bit"])
    return owned


def row_bits(device, parts):
    """(Bits, macros that have them) of a row; no macros: all. `parts`: its PartRegisters by macro."""
    owned = owned_bits(device)
    return [
        (bits, macros)
        for bits, macros in _by_parts(parts, lambda part: part.bits)
        if bits.word in LOCKS or not bits.mask & owned.get(bits.address, 0)
    ]


def row_known(device, parts):
    """(Known, macros) of the registers of a row that no other of its groups lists."""
    listed = {r["address"] for r in device.get("clock", {}).get("registers", [])}
    listed |= {r["address"] for r in device.get("peripherals", {}).get("reset_values", [])}
    found = _by_parts(parts, lambda part: part.known.values())
    return [(known, macros) for known, macros in found if known.address not in listed]


def _by_parts(parts, items_of):
    found = {}
    for part, registers in parts.items():
        for item in items_of(registers):
            found.setdefault(item, []).append(part)
    everywhere = len(parts)
    return [
        (item, [] if len(macros) == everywhere else macros) for item, macros in sorted(found.items())
    ]
