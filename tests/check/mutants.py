# mutants.py: bootleap-check finds each mutant of the library whose fault is in an entry.
# SPDX-License-Identifier: MIT
"""mutants.py CHECK SIM BUILD   each line of mutants.csv, on each image of that mutant in BUILD

`error` and `broken` are what has to be found; what is broken has the severity of the simulator's outcome.
`differs`: another verdict or severity than of the unchanged image; a direct jump is one of several entries of
an image, so it is enough that one of them differs. `other words`: another text, with the same verdict. `-`: what
that mutant breaks is not judged by bootleap-check. Every mutant of tests/mutants has to have a line."""
import csv
import re
import sys
from collections import Counter
from pathlib import Path

from both import ROOT, Both
from no_entry import BOARDS
from runs import Run

HERE = Path(__file__).resolve().parent
FIRMWARE = ("firmware-gcc", "firmware-clang")
MUTANTS = ("mutants.cmake", "direct.cmake")  # of tests/mutants
MUST = {"H1", "H2", "H4", "H8", "H9"}  # what mutants.cmake breaks of these has to be found
POINT = {"target": "H1", "stack": "H2", "primask": "H4", "vtor": "H8", "remap": "H9"}
WEIGHT = {"harmless": "note", "at risk": "warning", "fails": "error"}
FOUND = ("broken", "differs")  # on each way to the branch, on some


def load(path=HERE / "mutants.csv"):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def mutants(name):
    """The mutants of one of these files: what each breaks."""
    text = (ROOT / "tests" / "mutants" / name).read_text(encoding="utf-8")
    found = re.findall(r'^(?:direct_)?mutant\((\S+)\s+(?:BREAKS|SAYS)\s+("[^"]*"|\S+)', text, re.M)
    return {mutant: breaks.strip('"') for mutant, breaks in found if mutant != "${name}"}


def incomplete(rows, known):
    """What is wrong with the table. `known`: by file, by mutant, what it breaks."""
    listed = {row["mutant"] for row in rows}
    there = {mutant for found in known.values() for mutant in found}
    yield from (f"{mutant}: not in mutants.csv" for mutant in sorted(there - listed))
    yield from (f"{mutant}: in mutants.csv, but no mutant" for mutant in sorted(listed - there))
    left_out = {row["mutant"] for row in rows if row["says"] == "-"}
    for mutant, breaks in known[MUTANTS[0]].items():
        if mutant in left_out and MUST & set(breaks.split()):
            yield f"{mutant}: breaks {breaks}, and mutants.csv says that it is not judged"


def board_of(elf, mutant):
    return elf.stem.removeprefix(f"mutant-{mutant}-")


def slug_of(board):
    return next(BOARDS[word] for word in board.split("-") if word in BOARDS)


def said_about(checked, row):
    """(origin, verdict, severity) of all findings about this part."""
    return sorted((entry["origin"], one["verdict"], one["severity"]) for entry, one in findings(checked, row))


def findings(checked, row):
    return [(entry, one) for entry in checked["entries"] for one in entry["findings"]
            if one["rule"] == row["rule"] and one["about"] == row["about"]
            and row["origin"] in ("*", entry["origin"])]


def words(checked, row):
    """The texts without their addresses: a mutant moves code."""
    return sorted(re.sub(r"0x[0-9A-F]+", "", one["text"]) for _, one in findings(checked, row))


def other_severity(found, row, both, elf, slug):
    """Whether what is broken has another severity than the simulator's outcome, or ""."""
    simulated = both.simulated(Run("mutants", str(elf), slug, ("--enter-at", "application", "--host", "end")))
    point = POINT[row["about"]]
    worst = next((one["effects"].get(point) for one in simulated.get("handoffs", [])), None)
    if worst is None:
        return "" if row["says"] == "error" else f"the simulator says nothing of {point}"
    said = [(verdict, severity) for _, verdict, severity in found if verdict in FOUND]
    # What only some ways break is never an error.
    fine = any(severity == WEIGHT[worst] or (verdict == "differs" and worst == "fails" and severity == "warning")
               for verdict, severity in said)
    return "" if fine else f"{said}, the simulator says of {point}: {worst}"


def unchanged_or(both, elf, row, slug, checked):
    """For `differs` and `other words`: what is said of the unchanged image, where it is the same; else ""."""
    unchanged = both.checked(str(elf.parent / f"level-{board_of(elf, row['mutant'])}-Os.elf"), slug)
    said = said_about if row["says"] == "differs" else words
    found = said(checked, row)
    return "" if found and found != said(unchanged, row) else f"as unchanged: {found}"


def wrong_in(both, elf, row):
    """What is wrong with what is said of this image, or ""."""
    slug = slug_of(board_of(elf, row["mutant"]))
    checked = both.checked(str(elf), slug)
    if "failed" in checked:
        return checked["failed"]
    if row["says"] in ("differs", "other words"):
        return unchanged_or(both, elf, row, slug, checked)
    found = said_about(checked, row)
    wanted = {"error": lambda one: one[2] == "error", "broken": lambda one: one[1] in FOUND}[row["says"]]
    if not any(map(wanted, found)):
        return f"found {found}"
    return other_severity(found, row, both, elf, slug)


def main(check, sim, build):
    rows, both = load(), Both(check, sim)
    wrong = list(incomplete(rows, {name: mutants(name) for name in MUTANTS}))
    counts = Counter()
    for row in rows:
        if row["says"] == "-":
            continue
        elfs = [elf for folder in FIRMWARE for elf in sorted(Path(build, folder).glob(f"mutant-{row['mutant']}-*.elf"))]
        if not elfs:
            wrong.append(f"{row['mutant']}: not built")
        for elf in elfs:
            why = wrong_in(both, elf, row)
            counts[row["says"]] += 1
            if why:
                wrong.append(f"{elf.parent.name}/{elf.stem}: {row['rule']} {row['about']}: {row['says']} wanted: {why}")
    print("\n".join(wrong))
    judged = {row["mutant"] for row in rows if row["says"] != "-"}
    print(f"{len(judged)} mutants of {len({row['mutant'] for row in rows})} are judged, "
          + ", ".join(f"{count} images: {says}" for says, count in counts.items())
          + f"; {len(wrong)} are not as mutants.csv says")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
