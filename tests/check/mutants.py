# mutants.py: bootleap-check finds each mutant of the library whose fault is in an entry.
# SPDX-License-Identifier: MIT
"""mutants.py CHECK SIM BUILD   each line of mutants.csv, on each image of that mutant in BUILD

`error` and `broken` are what has to be found; a finding that is no error may be what the simulator makes of it,
and never stricter. `differs`: something else is said of that part than of the unchanged image. A direct jump
is one of several entries of an image, so it is enough that one of them differs."""
import csv
import sys
from pathlib import Path

from both import Both
from no_entry import BOARDS
from runs import Run

HERE = Path(__file__).resolve().parent
FIRMWARE = ("firmware-gcc", "firmware-clang")
WEIGHT = {"note": "harmless", "warning": "at risk", "error": "fails"}
EFFECTS = ("harmless", "at risk", "fails")


def board_of(elf, mutant):
    return elf.stem.removeprefix(f"mutant-{mutant}-")


def slug_of(board):
    return next(BOARDS[word] for word in board.split("-") if word in BOARDS)


def said_about(checked, row):
    """(origin, verdict, severity) of all findings about this part."""
    return sorted((entry["origin"], one["verdict"], one["severity"]) for entry in checked["entries"]
                  for one in entry["findings"] if one["rule"] == row["rule"] and one["about"] == row["about"]
                  and row["origin"] in ("*", entry["origin"]))


def too_strict(found, row, both, elf, slug):
    """Whether a finding is stricter than what the simulator says of the point."""
    run = Run("mutants", str(elf), slug, ("--enter-at", "application", "--host", "end"))
    simulated = both.simulated(run)
    point = {"stack": "H2", "vtor": "H8", "remap": "H9"}.get(row["about"])
    worst = next((one["effects"].get(point) for one in simulated["handoffs"]), None)
    if row["says"] == "error" or worst is None:
        return ""
    heaviest = max((WEIGHT[severity] for _, _, severity in found if severity in WEIGHT), key=EFFECTS.index)
    return f"{heaviest}, the simulator says {worst}" if EFFECTS.index(heaviest) > EFFECTS.index(worst) else ""


def wrong_in(both, elf, row):
    """What is wrong with what is said of this image, or ""."""
    board = board_of(elf, row["mutant"])
    slug = slug_of(board)
    checked = both.checked(str(elf), slug)
    if "failed" in checked:
        return checked["failed"]
    found = said_about(checked, row)
    if row["says"] == "differs":
        unchanged = both.checked(str(elf.parent / f"level-{board}-Os.elf"), slug)
        return "" if found != said_about(unchanged, row) else f"as unchanged: {found}"
    wanted = {"error": 2, "broken": 1}[row["says"]]
    if not any(one[wanted] == row["says"] for one in found):
        return f"found {found}"
    return too_strict(found, row, both, elf, slug)


def main(check, sim, build):
    with open(HERE / "mutants.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    both, count, wrong = Both(check, sim), 0, 0
    for row in rows:
        elfs = [elf for folder in FIRMWARE for elf in sorted(Path(build, folder).glob(f"mutant-{row['mutant']}-*.elf"))]
        if not elfs:
            print(f"{row['mutant']}: not built")
            wrong += 1
        for elf in elfs:
            why = wrong_in(both, elf, row)
            count += 1
            if why:
                wrong += 1
                print(f"{elf.parent.name}/{elf.stem}: {row['rule']} {row['about']}: {row['says']} wanted: {why}")
    print(f"{count} mutants, {wrong} not found as mutants.csv says")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
