# grid.py: what the recipes of the grid do on the simulator, against what grid.csv says beforehand.
# SPDX-License-Identifier: MIT
"""grid.py SIM FOLDER [NAME...]   runs each ELF in FOLDER, or these: 0 if all do as they should

FOLDER is build/check/grid. An ELF's name is <recipe>.<device>.<compiler>-<level>.elf. The first line of
grid.csv that fits it counts; `*` fits everything. `breaks` names the points of H1 to H9 that do not
hold, or is `fault` where the core faults and nothing enters."""
import csv
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "sim"))
from simulator import NoResult, Simulator  # noqa: E402

OPTIONS = ("--host", "end", "--limit", "20000")
POINTS = {f"H{number}" for number in range(1, 10)}


def load(path=HERE / "grid" / "grid.csv"):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def keys_of(elf):
    """recipe, device, compiler, level"""
    recipe, device, build = Path(elf).stem.split(".")
    compiler, level = build.split("-", 1)
    return {"recipe": recipe, "device": device, "compiler": compiler, "level": level}


def row_of(rows, keys):
    """The first line that fits, or None."""
    return next((row for row in rows if all(row[key] in ("*", keys[key]) for key in keys)), None)


def broken(report):
    """The points that do not hold, "fault", or how else the run ended without a handoff."""
    if not report["handoffs"]:
        return report["end"]["why"]
    points = report["handoffs"][0]["contract"]
    return " ".join(point["id"] for point in points if point["id"] in POINTS and not point["ok"])


def main(sim, folder, *names):
    simulator, rows, wrong, used = Simulator(sim), load(), 0, []
    elfs = [Path(folder, f"{name}.elf") for name in names] or sorted(Path(folder).glob("*.elf"))
    for elf in elfs:
        keys = keys_of(elf)
        row = row_of(rows, keys)
        try:
            result = simulator.run(str(elf), keys["device"], *OPTIONS)
        except NoResult as error:
            print(f"{elf.stem}: {error}")
            wrong += 1
            continue
        found = broken(result.report)
        used.append(row)
        if not row or found != row["breaks"]:
            wrong += 1
            print(f"{elf.stem}: breaks [{found}], grid.csv says [{row and row['breaks']}]\n"
                  f"  {result.command}")
    print(f"{len(elfs)} images, {len(elfs) - wrong} as grid.csv says")
    return 1 if wrong or not elfs else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
