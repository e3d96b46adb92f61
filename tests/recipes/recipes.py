# recipes.py: runs the recipes of recipes.csv and holds what is judged against what is reported.
# SPDX-License-Identifier: MIT
"""recipes.py list                   name|recipe|device|compiler|level|define... of each row
recipes.py check SIM FOLDER [NAME...]  runs all, or these: 0 if each is judged as its row says
recipes.py table SIM FOLDER         runs all and prints the table
recipes.py page SIM FOLDER          the same in Markdown, for docs/proof.md"""
import csv
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests" / "evidence"), str(ROOT / "tests" / "sim")]

from compare import JUMPS  # noqa: E402
from evidence.load import load_observations  # noqa: E402
from evidence.words import NO_JUMP  # noqa: E402
from simulator import Simulator  # noqa: E402

ARTICLE = "ST community 49510"
TABLE = Path(__file__).resolve().parent / "recipes.csv"
# What a report can mean that does not tell one from the other: a chip that starts again may have
# been sent back, reset, or ended by a fault.
NOT_SERVED = ("hung", "fault", "returned to flash", "reset by the ROM")
ORDER = [f"H{i}" for i in range(1, 17)] + ["R1", "R2", "R3"]


def name_of(row):
    """recipe[.variant].device.flags"""
    recipe = ".".join(filter(None, [row["recipe"], row["variant"]]))
    return f"{recipe}.{row['device']}.{row['compiler']}-{row['level']}"


def load(path=TABLE):
    with open(path, encoding="utf-8", newline="") as file:
        return {name_of(row): row for row in csv.DictReader(file)}


def outcome(result, interface=""):
    """What became of the run, in one of the words of recipes.csv, for a host on this interface."""
    handoffs, end = result["handoffs"], result["end"]["why"]
    if not handoffs:
        return "fault" if end == "fault" else "not entered"
    if result["returns"] or "go" in result.get("ended", ""):
        return "runs after Go" if end == "arrived" else "dead after Go"
    last = handoffs[-1]
    if interface and interface in last["not_over"].split(", "):
        return "hung"
    return last["how"] or last["outcome"]


def ground(result):
    """On what ground the judge says what comes of the last handoff; empty where it says nothing."""
    after_go = result["returns"] or "go" in result.get("ended", "")
    return "" if after_go or not result["handoffs"] else result["handoffs"][-1]["ground"]


def agrees(reported, judged):
    """Whether the field and the judge say the same, as far as the report goes."""
    return judged == reported or (reported == "not served" and judged in NOT_SERVED)


def broken(result):
    points = {point["id"] for handoff in result["handoffs"] for point in handoff["contract"]
              if not point["ok"]}
    return " ".join(sorted(points - {"H15"}, key=ORDER.index))


def judge_knows():
    """Projects and threads of which the judge has observations."""
    return {one["project"] for one in load_observations([ROOT / "evidence"])
            if one["way"] in JUMPS and one["outcome"] not in NO_JUMP}


def own_projects(source, known):
    """Those that a report comes from: a repository, or a thread by its number."""
    numbers = set(re.findall(r"\d{4,}", source))
    return sorted(project for project in known
                  if project in source or project.split()[-1] in numbers
                  or (project == ARTICLE and "ST's article" in source))


def run(sim, folder, name, row, without=()):
    host = [] if "--host" in row["options"] else ["--host", "end"]
    wire = ["--interface", row["interface"]] if row["interface"] else []
    options = host + wire + row["options"].split()
    for project in without:
        options += ["--without-project", project]
    elf = str(Path(folder) / f"{name}.elf")
    return {**sim.run(elf, row["device"], *options).report, "ended": " ".join(options)}


def check(sim, folder, *names):
    """How many rows, all or these, are judged otherwise than they say."""
    rows = load()
    return sum(check_row(sim, folder, name, rows[name]) for name in names or rows)


def check_row(sim, folder, name, row):
    result = run(sim, folder, name, row)
    judged = {"outcome": outcome(result, row["interface"]), "ground": ground(result),
              "breaks": broken(result)}
    said = {"outcome": row["judged"], "ground": row["ground"], "breaks": row["breaks"]}
    print(f"{name}: {judged}, ended {result['end']}")
    if judged != said:
        print(f"recipes.csv says {said}")
        print(json.dumps(result, indent=2))
    return int(judged != said)


def table(sim, folder):
    rows = load()
    agree = 0
    print(f"{'recipe':54} {'reported':19} {'judged':19} {'ground':7} breaks")
    for name, row in rows.items():
        result = run(sim, folder, name, row)
        judged = outcome(result, row["interface"])
        agree += agrees(row["reported"], judged)
        print(f"{name:54} {row['reported']:19} {judged:19} {ground(result) or '-':7}"
              f" {broken(result) or '-'}")
        print(f"    {row['confidence']}: {row['source']}")
        if not agrees(row["reported"], judged):
            print(f"    DISAGREE: {row['cause']}")
    print(f"{len(rows)} recipes, {agree} judged as reported, {len(rows) - agree} disagreements")


def page(sim, folder):
    """The same as a table in Markdown: where the judge differs, it says why."""
    rows, agree, differ, lines = load(), 0, "", ""
    known, held_out = judge_knows(), 0
    for name, row in rows.items():
        result = run(sim, folder, name, row)
        judged = outcome(result, row["interface"])
        agree += agrees(row["reported"], judged)
        alone = run(sim, folder, name, row, own_projects(row["source"], known))
        without = outcome(alone, row["interface"])
        held_out += agrees(row["reported"], without)
        cells = (f"`{name}`", row["interface"] or "-", row["reported"], judged,
                 ground(result) or "-", without, broken(result) or "-", row["source"])
        lines += f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |\n"
        if not agrees(row["reported"], judged):
            differ += f"- `{name}`: {row['cause']}\n"
    print(f"{len(rows)} recipes, {agree} judged as reported, {len(rows) - agree} otherwise;"
          f" {held_out} as reported without the observations of those who report it.\n")
    print("| recipe, device, compiler | over | reported | judged | ground | without their"
          " observations | points broken | who reports it |")
    print("|---|---|---|---|---|---|---|---|\n" + lines, end="")
    if differ:
        print("\nWhere the judge differs from the report, and the likely reason:\n")
        print(differ, end="")


def main(verb, *arguments):
    if verb == "list":
        for name, row in load().items():
            print("|".join([name, row["recipe"], row["device"], row["compiler"], row["level"],
                            *row["defines"].split()]))
        return 0
    sim, *rest = arguments
    return {"check": check, "table": table, "page": page}[verb](Simulator(sim), *rest) or 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
