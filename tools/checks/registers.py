# registers.py: checks devices/registers/*.toml: places, names, bits that contradict each other.
# SPDX-License-Identifier: MIT
import fnmatch

from checks.register_rows import check_row
from schema.words import BEHAVIOURS, LOCKS
from table.row_registers import row_registers

# What may be said of the same bit: who sets it, and how it is cleared.
SETS = ("set-by", "set-while")
CLEARS = ("cleared-by", "cleared-by-zero")


def check_registers(registers, devices, refusals):
    """All files of all series against themselves and against the rows of their series."""
    for series in registers.values():
        rows = [device for device in devices if device.series == series.series]
        report, before = _reporter(series, refusals), len(refusals)
        if not rows:
            report("series", f"no row is of the series {series.series}")
        _check_parts(series, rows, report)
        for peripheral in series.peripherals:
            _check_peripheral(peripheral, report)
        for row in rows if len(refusals) == before else []:
            parts = dict.fromkeys(row_registers(row, registers).values())
            for part in parts:
                _check_part(part, report)
                check_row(row, part, report)
            _check_together(parts, report)


def _reporter(series, refusals):
    """A function of a key and a reason. What several parts have in common is said once."""
    said = set()

    def report(key, why):
        refusal = f"{series.file_of(key)}: -: {key}: {why}"
        if refusal not in said:
            said.add(refusal)
            refusals.append(refusal)

    return report


def _check_parts(series, rows, report):
    known = {row.slug for row in rows} | {part for row in rows for part in row["parts"]}
    for table in series.tables():
        for name in table.get("parts", []):
            if name not in known:
                report("parts", f"{name} is no macro and no slug of the series")


def _check_peripheral(peripheral, report):
    _check_reset(peripheral, report)
    name, size = peripheral["name"], peripheral["size"]
    if peripheral["start"] % 4 or size == 0:
        report(name, "starts between two words, or has size 0")
    for short, offset, line in peripheral.registers:
        if offset % 4 or offset + 4 > size:
            report(f"{name}_{short}", f"offset 0x{offset:X} is outside its peripheral")
        if "first" in line and "count" not in line:
            report(f"{name}_{short}", "first without count")
    for line, shorts in peripheral.lines:
        _check_line(name, line, shorts, report)


def _check_reset(peripheral, report):
    """Its reset bit, and the lists of its registers that are about resets."""
    name, facts = peripheral["name"], peripheral.facts
    if ("reset_register" in facts) != ("reset_mask" in facts):
        report(name, "reset_register and reset_mask go together")
    if facts.get("reset_late") and "reset_mask" not in facts:
        report(name, "reset_late without a reset bit")
    for key in ("not_by_bit", "kept", "restored", "left"):
        for one in peripheral.wanted(key):
            if not any(fnmatch.fnmatchcase(short, one) for short, _, _ in peripheral.registers):
                report(name, f"{key}: no register {one}")


def _check_line(name, line, shorts, report):
    wanted = [line["register"]] if isinstance(line["register"], str) else line["register"]
    where = f"{name}_{wanted[0]}"
    for one in wanted:
        if "*" not in one and one not in shorts or not shorts:
            report(where, f"{name} has no register {one}")
    _, looks = BEHAVIOURS[line["is"]]
    if looks is not None and looks != ("what" in line):
        does = "needs what it looks at" if looks else "looks at nothing"
        report(where, f"{line['is']} {does}")
    if line["is"] == "plain" and "bits" not in line:
        report(where, "plain without bits says nothing")


def _check_part(part, report):
    for place, why in part.wrong:
        report(place, why)
    _check_addresses(part.known.values(), report)
    _check_overlaps(part.bits, report)
    _check_bits(part, report)


def _check_together(parts, report):
    """The virtual chip has what any part of the row has: they may lack something, not contradict."""
    _check_addresses([known for part in parts for known in part.known.values()], report)
    _check_overlaps(dict.fromkeys(bits for part in parts for bits in part.bits), report)


def _check_addresses(registers, report):
    names = {}
    for known in registers:
        other = names.setdefault(known.address, known.name)
        if other != known.name:
            report(known.name, f"is at 0x{known.address:08X}, where {other} is")


def _check_overlaps(all_bits, report):
    by_register = {}
    for bits in all_bits:
        if bits.word not in LOCKS:
            by_register.setdefault(bits.address, []).append(bits)
    for same in by_register.values():
        for i, bits in enumerate(same):
            for other in same[:i]:
                if bits.mask & other.mask and not _go_together(bits.word, other.word):
                    report(bits.name, f"is {bits.word}, and {other.name} is {other.word}")


def _go_together(word, other):
    """Whether both may be said of one bit: a flag may be set in several ways, and is cleared in one."""
    words = {word, other}
    return words <= {*SETS, *CLEARS} and not words <= set(CLEARS)


def _check_bits(part, report):
    for bits in part.bits:
        if bits.word in ("follows", "follows-not", "shows"):
            ours, theirs = bits.mask.bit_count(), bits.other_mask.bit_count()
            if ours not in (1, theirs):
                report(bits.name, f"{ours} bits cannot follow {theirs}")
    resets = {known.address: known.reset for known in part.known.values()}
    for bits in part.bits:
        if bits.word == "write-only" and bits.mask & resets[bits.address]:
            report(bits.name, "is write-only, and is set in the reset value of its register")
