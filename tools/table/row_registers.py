# row_registers.py: finds what the registers of one row do, beside what its other groups tell.
# SPDX-License-Identifier: MIT
import functools

from schema.words import LOCKS
from table.register_bits import part_registers


def row_registers(device, registers):
    """Its PartRegisters by macro; none where its series has no file."""
    series = registers.get(device.series)
    if not series:
        return {}
    named = named_parts(series)
    return {
        part: part_registers(series, part if part in named else "", device.slug)
        for part in device["parts"]
    }


@functools.cache
def named_parts(series):
    """The macros and slugs that a file names: of all others of a row the same is true."""
    return {name for table in series.tables() for name in table.get("parts", [])}


def row_bits(device, parts):
    """(Bits, macros that have them) of a row with these PartRegisters; no macros: all have them."""
    owned = owned_bits(device)
    return [
        (bits, macros)
        for bits, macros in _by_parts(parts, lambda part: part.bits)
        if bits.word in LOCKS or not bits.mask & owned.get(bits.address, 0)
    ]


def row_plain(parts):
    """(Bits, macros that have them) of the bits that keep what is written, for their names."""
    return _by_parts(parts, lambda part: part.plain)


def row_known(device, parts):
    """(Known, macros) of the registers of a row that no other of its groups lists, one an address.
    Where its parts differ in a register, the row has the bits of all of them (row_bits), and so
    their values after a reset too: a bit is set that is set on one of them."""
    listed = {r["address"] for r in device.get("clock", {}).get("registers", [])}
    listed |= {r["address"] for r in device.get("peripherals", {}).get("reset_values", [])}
    found = {}
    for known, macros in _by_parts(parts, lambda part: part.known.values()):
        if known.address not in listed:
            found.setdefault(known.address, []).append((known, macros))
    return [_merged(same, len(parts)) for same in found.values()]


def _merged(same, everywhere):
    reset = 0
    for known, _ in same:
        reset |= known.reset
    macros = [macro for _, macros in same for macro in macros]
    return same[0][0]._replace(reset=reset), macros if len(macros) < everywhere else []


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


def _by_parts(parts, items_of):
    found = {}
    for registers in dict.fromkeys(parts.values()):
        macros = [part for part, same in parts.items() if same is registers]
        for item in items_of(registers):
            found.setdefault(item, []).extend(macros)
    everywhere = len(parts)
    return [
        (item, [] if len(macros) == everywhere else macros) for item, macros in sorted(found.items())
    ]
