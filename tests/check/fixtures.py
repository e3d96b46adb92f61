# fixtures.py: what is said of each fixture, against the tables that say it beforehand.
# SPDX-License-Identifier: MIT
"""fixtures.py sim SIM BUILD       images.csv: the fault of each image is really there, by the simulator
fixtures.py check CHECK BUILD   findings.csv: bootleap-check finds it, and says ok of its mend

An image is built by both compilers. `sim` is what becomes of the run: the points of H1 to H9 that do not
hold, `dead` or `arrived` after Go, or how it ended without a handoff. In findings.csv `*` is any, and an empty
origin is a finding about the image."""
import csv
import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "sim"))
from grid import OPTIONS, broken, keys_of  # noqa: E402
from simulator import Simulator  # noqa: E402

GRID = ("g0b1.gcc-Os", "h723.clang-O0")  # of CMakeLists.txt
COLUMNS = ("origin", "rule", "about", "verdict", "severity")
# What a row has no answer to: Armv6-M has no BASEPRI, a row may have no remap.
NOT_ASKED = {("basepri", "g0b1"), ("remap", "h723")}


def table(name):
    with open(HERE / "fixtures" / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def paths_of(image, build):
    """The ELFs of an image: one of each compiler."""
    folder = Path(build, "check", "fixtures")
    if image.startswith("grid/"):
        return [Path(build, "check", f"{image}.{end}.elf") for end in GRID]
    return sorted(folder.glob(f"{image}.*.elf"))


def became(report, options):
    """What became of the run, in a word of images.csv."""
    if "--until" in options:
        return "arrived" if report["end"]["why"] == "arrived" else "dead"
    if report["handoffs"] or report["end"]["why"] in ("fault", "reset loop"):
        return broken(report)
    return "not entered"


def by_simulator(simulator, build):
    """(what was looked at, what is wrong) of each image."""
    for row in table("images.csv"):
        options = row["options"].split() or OPTIONS
        for elf in paths_of(row["image"], build) or [Path(f"{row['image']}: not built")]:
            result = simulator.run(str(elf), keys_of(elf)["device"], *options)
            found = became(result.report, options)
            wrong = "" if found == row["sim"] else f"[{found}], images.csv says [{row['sim']}]: {result.command}"
            yield elf.stem, wrong


def said_of(check, elf):
    """[origin, finding] of all that the program says of the image."""
    command = [check, str(elf), "--device", keys_of(elf)["device"], "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    found = [("", finding) for finding in report["findings"]]
    for entry in report["entries"]:
        found += [(entry["origin"], finding) for finding in entry["findings"]]
    return [{**finding, "origin": origin} for origin, finding in found], " ".join(command)


def fits(row, finding):
    return all(row[column] in ("*", finding[column]) for column in COLUMNS)


def by_check(check, build):
    """The same of each row of findings.csv."""
    said = {}
    for row in table("findings.csv"):
        for elf in paths_of(row["image"], build) or [Path(f"{row['image']}: not built")]:
            if (row["about"], keys_of(elf)["device"]) in NOT_ASKED:
                continue
            if elf not in said:
                said[elf] = said_of(check, elf)
            findings, command = said[elf]
            near = [f"{one['origin'] or '-'} {one['verdict']} {one['severity']}: {one['text']}"
                    for one in findings if one["rule"] == row["rule"] and row["about"] in ("*", one["about"])]
            wanted = " ".join(row[column] or "-" for column in COLUMNS)
            hit = any(fits(row, one) for one in findings)
            yield f"{elf.stem}: {wanted}", "" if hit else f"{near or 'nothing is said'}: {command}"


def main(verb, program, build):
    told = list(by_simulator(Simulator(program), build) if verb == "sim" else by_check(program, build))
    wrong = [one for one in told if one[1]]
    for what, why in wrong:
        print(f"{what}: {why}")
    print(f"{len(told)} looked at, {len(wrong)} otherwise than the table says")
    return 1 if wrong or not told else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
