# compare.py: compares every fact of the device table that has a second source with that source.
# SPDX-License-Identifier: MIT
"""usage: compare.py [--devices FOLDER] [--data FOLDER]

Exits 1 if a source disagrees with the table and accepted.csv does not say why, and if
accepted.csv has an entry that explains nothing any more. README.md says how to settle one."""
import argparse
import sys
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "tools"))

from claims import Claims, DataError, rows_of  # noqa: E402
from table.restored import load_restored  # noqa: E402
from facts import facts_of  # noqa: E402
from header_facts import HeaderClaims, header_facts  # noqa: E402
from register_facts import RegisterClaims, register_facts  # noqa: E402


def number(text):
    return int(text, 0)


def show(value):
    """A value as people and accepted.csv write it."""
    if isinstance(value, bool) or not isinstance(value, int):
        if isinstance(value, (list, set)):
            return " ".join(show(item) for item in sorted(value, key=str))
        if isinstance(value, tuple):
            return "+".join(show(item) for item in value)
        if isinstance(value, dict):
            return ":".join(show(value[key]) for key in ("bit", "name") if key in value)
        return str(value)
    return f"0x{value:08X}" if value > 0xFFFF else f"0x{value:X}" if value > 9 else str(value)


def claims_about(claims, device, fact):
    """The claims about this fact of all parts of the row."""
    name, _, end = fact.second.partition(" ")
    found = [claim for part in device["parts"] for claim in claims.of(part, name)]
    if end:  # START-LAST, once for each range
        place = ("start", "last").index(end)
        found = [
            type(claim)(claim.source, claim.part, words.split("-")[place])
            for claim in found
            for words in claim.value.split()
        ]
    if fact.rule != "largest":
        return found
    best = {}
    for claim in found:
        if claim.source not in best or size(claim.value) > size(best[claim.source].value):
            best[claim.source] = claim
    return list(best.values())


def size(value):
    """How large a claim is: a number, or pages START:COUNTxSIZE added up."""
    if ":" not in value:
        return number(value)
    runs = (run.split(":")[1].split("x", 1) for run in value.split())
    return sum(number(count) * number(each) for count, each in runs)


def pages_of(value):
    """Runs of pages as one list of (start, size): how they are cut into runs does not matter."""
    pages = []
    for run in value.split() if isinstance(value, str) else value:
        if isinstance(run, str):
            start, rest = run.split(":")
            count, each = rest.split("x", 1)
            run = {"start": number(start), "count": number(count), "size": number(each)}
        pages += [(run["start"] + i * run["size"], run["size"]) for i in range(run["count"])]
    return pages


def merged(regions):
    """Regions (start, size) without gaps or overlaps between neighbours."""
    ranges = []
    for start, length in sorted(regions):
        if ranges and start <= ranges[-1][1]:
            ranges[-1][1] = max(ranges[-1][1], start + length)
        else:
            ranges.append([start, start + length])
    return ranges


def agrees(fact, value):
    """True if the claimed value is the row's."""
    if fact.key == "flash.pages":
        return pages_of(value) == pages_of(fact.value)
    if fact.rule == "layout":
        pages = pages_of(fact.value)
        return pages_of(value)[: len(pages)] == pages
    if fact.rule == "member":
        return number(value) in fact.value
    if fact.rule == "meanings":
        return set(value.split()) <= set(fact.value.split())
    if fact.rule == "pin":
        return fact.value in value.split()
    if fact.rule == "defined":
        return number(value) != 0 and fact.value & ~number(value) == 0
    if fact.rule == "begins":
        numbers = [number(word) for word in value.split()]
        return numbers == fact.value[: len(numbers)]
    if fact.rule == "ways":
        return set(value.split()) <= fact.value
    if fact.rule == "subset":
        return fact.value & ~number(value) == 0
    if fact.rule == "names":
        claimed = {number(bit): names.split("|") for bit, names in flags(value)}
        rows = {flag["bit"]: flag["name"] for flag in fact.value}
        return claimed.keys() == rows.keys() and all(rows[b] in claimed[b] for b in rows)
    if fact.rule == "covers":
        table = merged(fact.value)
        regions = (tuple(map(number, region.split("+"))) for region in value.split())
        return all(
            any(first <= start and end <= last for first, last in table)
            for start, end in merged(regions)
        )
    if isinstance(fact.value, str):
        return value == fact.value
    return number(value) == int(fact.value)


def flags(value):
    return (word.split(":") for word in value.split())


def against(fact, claims):
    """The claims that disagree with the row, one for each source and value."""
    wrong = {}
    fine = set()
    for claim in claims:
        if agrees(fact, claim.value):
            fine.add(claim.source)
        else:
            wrong.setdefault((claim.source, claim.value), claim)
    if fact.rule == "pin":  # a pin need not exist on every part
        wrong = {claim.source: claim for claim in wrong.values() if claim.source not in fine}
    return list(wrong.values())


class Comparison:
    """What was compared, and what disagrees."""

    def __init__(self, devices, claims):
        self.facts = defaultdict(Counter)  # kind -> how many facts have how many sources
        self.compared = Counter()  # kind -> claims compared
        self.disagreements = []  # (device, fact, claim), one for each source and value
        self.without_rom = []  # slugs with nothing but the table about the ROM
        for device in devices:
            self._device(device, claims)

    def _device(self, device, claims):
        rom = False
        for fact in facts_of(device):
            found = claims_about(claims, device, fact)
            self.add(device, fact, found)
            rom |= fact.kind == "rom" and bool(found)
        if not rom:
            self.without_rom.append(device.slug)

    def add(self, device, fact, found):
        """A fact of a row, or of a file of registers, and all claims about it."""
        sources = {claim.source for claim in found}
        self.facts[fact.kind][min(len(sources), 2)] += 1
        self.compared[fact.kind] += sum(claim.checks for claim in found)
        self.disagreements += [(device, fact, claim) for claim in against(fact, found)]


def settle(comparison, devices, entries):
    """Texts of the errors: what nobody accepted, and what was accepted for nothing."""
    errors, used = [], set()
    for device, fact, claim in comparison.disagreements:
        entry = next((e for e in entries if explains(e, device, fact, claim)), None)
        if entry is None:
            errors.append(
                f"{device.file}: {device.slug}: {fact.key}: the table says {show(fact.value)}, "
                f"{claim.source} says {claim.value} ({claim.part})"
            )
            continue
        used.add(id(entry))
        words = entry["reason"].removeprefix("differs:").strip()
        if entry["reason"].startswith("differs:") and not any(
            words in text for text in device.get("differs") or []
        ):
            errors.append(
                f"accepted.csv: {device.slug}: {fact.key}: no entry of the row's differs "
                f"has {words!r}"
            )
    known = {part for device in devices for part in device["parts"]}
    waiting = 0
    for entry in entries:
        if not entry["reason"].strip():
            errors.append(f"accepted.csv: {entry['part']}: {entry['key']}: no reason")
        if "STM32" + entry["part"] not in known:
            waiting += 1
        elif id(entry) not in used:
            errors.append(
                f"accepted.csv: {entry['part']}: {entry['key']}: {entry['source']} does not "
                f"say {entry['value']}, or the table says the same: remove the entry"
            )
    return errors, waiting


def explains(entry, device, fact, claim):
    return (
        "STM32" + entry["part"] in device["parts"]
        and entry["key"] == fact.key
        and entry["source"] == claim.source
        and entry["value"] == claim.value
    )


def print_table(comparison):
    print(f"{'kind':16} {'facts':>6} {'table only':>11} {'1 second':>9} {'2 or more':>10} "
          f"{'compared':>9} {'disagree':>9}")
    disagree = Counter(fact.kind for _, fact, _ in comparison.disagreements)
    total = Counter()
    for kind, counts in comparison.facts.items():
        print_line(kind, counts, comparison.compared[kind], disagree[kind])
        total += counts
    print_line("all", total, comparison.compared.total(), disagree.total())


def print_line(kind, counts, compared, disagree):
    print(f"{kind:16} {counts.total():6} {counts[0]:11} {counts[1]:9} {counts[2]:10} "
          f"{compared:9} {disagree:9}")


def print_coverage(comparison, devices, claims, headers, waiting):
    parts = [part for device in devices for part in device["parts"]]
    unknown = sorted(set(parts) - set(claims.parts))
    print(f"rows: {len(devices)}; no second source for the ROM: "
          f"{len(comparison.without_rom)} {' '.join(comparison.without_rom)}".rstrip())
    print(f"parts whose header is compared: {len(headers.parts & set(parts))}")
    print(f"parts: {len(parts)}; not in the second source: "
          f"{len(unknown)} {' '.join(unknown)}".rstrip())
    later = set(claims.parts) - set(parts)
    unread = sum(len(claims.facts[part]) for part in later)
    print(f"waiting: {len(later)} parts with {unread} facts that are on no row, "
          f"{waiting} accepted entries")


def compared(folder, data):
    """The Comparison of all rows of the folder with all claims of the data files but accepted.csv;
    the rows, the Claims and the HeaderClaims; what is wrong with the rows."""
    wrong = []
    devices, registers = load_restored(folder, wrong)
    claims = Claims(data)
    headers = HeaderClaims(data, claims.expand)
    register_claims = RegisterClaims(data, claims.expand, headers)
    comparison = Comparison(devices, claims)
    for device in devices:
        for fact, found in header_facts(device, headers):
            comparison.add(device, fact, found)
    for one in register_facts(registers, devices, register_claims):
        comparison.add(*one)
    return comparison, devices, claims, headers, wrong


def main(arguments=None):
    parser = argparse.ArgumentParser(description="compare the device table with a second source")
    parser.add_argument("--devices", type=Path, default=HERE.parents[1] / "devices")
    parser.add_argument("--data", type=Path, default=HERE)
    options = parser.parse_args(arguments)
    try:
        comparison, devices, claims, headers, wrong = compared(options.devices, options.data)
    except (DataError, OSError, KeyError) as error:
        sys.exit(f"compare.py: {options.data}: {error}")
    found, waiting = settle(comparison, devices, list(rows_of(options.data / "accepted.csv")))
    errors = wrong + found
    print_table(comparison)
    print_coverage(comparison, devices, claims, headers, waiting)
    for error in errors:
        print(error, file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
