#!/usr/bin/env python3
# write_proof.py: puts the matrix's result into docs/proof.md and its summary into README.md.
# SPDX-License-Identifier: MIT
"""Replaces what stands between markers such as <!-- matrix --> and <!-- end of matrix -->.

RESULT is what `bootleap-sim matrix --json` printed; the other files are put in as they are. With
--check nothing is written: the summary in README.md must be the one that RESULT gives.
"""
import argparse
import datetime
import json
import re
import sys
from pathlib import Path

GROUPS = (
    "states",
    "stack",
    "ways back",
    "self-reset",
    "starts",
    "interrupts",
    "resets",
    "option bytes",
)
COLD_BOOTS = 125  # of each build of each device: one cell of `starts`


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if stale")
    parser.add_argument("--recipes", type=Path, help="what recipes.py page printed")
    parser.add_argument("--second-opinion", type=Path, help="the table of compare.sh")
    parser.add_argument("result", type=Path)
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parent.parent)
    options = parser.parse_args(arguments)
    result = json.loads(options.result.read_text(encoding="utf-8"))
    readme, proof = options.root / "README.md", options.root / "docs" / "proof.md"
    wanted = replaced(readme.read_text(encoding="utf-8"), "matrix", summary(result))
    if options.check:
        if readme.read_text(encoding="utf-8") != wanted:
            print("README.md: the summary is not what the matrix gives. Try: script/matrix")
            return 1
        return 0
    readme.write_text(wanted, encoding="utf-8")
    text = replaced(proof.read_text(encoding="utf-8"), "matrix", record(result))
    text = replaced(text, "mutants", mutants(options.root / "tests"))
    for marker, path in (("recipes", options.recipes), ("second opinion", options.second_opinion)):
        if path:
            text = replaced(text, marker, path.read_text(encoding="utf-8"))
    proof.write_text(text, encoding="utf-8")
    return 0


def replaced(text, marker, content):
    begin, end = f"<!-- {marker} -->\n", f"<!-- end of {marker} -->\n"
    before, rest = text.split(begin)
    return before + begin + content + end + rest.split(end)[1]


MUTANT = re.compile(
    r"^(?:matrix_)?mutant\((\S+)\s+(?:BREAKS (?P<point>\w+))?(?P<rest>.*?)CHANGE", re.S | re.M
)


def mutants(tests):
    """Each mutant with what must notice it; the tests of the same names see that it does."""
    lines = "| mutant of the library | noticed by | on |\n|---|---|---|\n"
    for path in (tests / "mutants" / "mutants.cmake", tests / "matrix" / "mutants.cmake"):
        for found in MUTANT.finditer(path.read_text(encoding="utf-8")):
            words = found["rest"]
            where = re.search(r"(?:BOARDS|DEVICES)\s+(.*?)(?:LEVEL|SCENARIO|$)", words, re.S)[1]
            scenario = re.search(r'SCENARIO\s+("[^"]*"|\S+)', words)
            by = found["point"] or f"the scenario {scenario[1].strip(chr(34))}"
            where = " ".join(where.split()).replace("${bootleap_boards}", "the four boards")
            lines += f"| {found[1]} | {by} | {where} |\n"
    return lines


def state(device):
    if "not_run" in device:
        return "not run"
    return "enters" if device["groups"].get("ways back", {}).get("entered") else "refuses"


REFUSALS = {
    "erase-first": "its ROM goes back to a flash that is not empty: entered only by a build that"
    " may erase the first page",
    "none": "no way in is known",
}


def summary(result):
    """A line for each series: what enters and returns, and what does not, with the reason."""
    series = {}
    for device in result["devices"]:
        series.setdefault(device["series"], []).append(device)
    lines = "| series | enters and returns | does not |\n|---|---|---|\n"
    for name, devices in series.items():
        enters = [short(device) for device in devices if state(device) == "enters"]
        others = {}
        for device in devices:
            if state(device) != "enters":
                why = device.get("not_run") or REFUSALS[device["mechanism"]]
                others.setdefault(why, []).append(short(device))
        rest = "; ".join(f"{', '.join(names)}: {why}" for why, names in others.items())
        lines += f"| {name} | {', '.join(enters) or '-'} | {rest or '-'} |\n"
    totals = result["totals"]
    return (
        f"{lines}\n{totals['enter']} devices enter and return, {totals['refuse']} refuse,"
        f" {totals['not_run']} are not run.\n"
    )


def short(device):
    return device["name"].removeprefix("STM32")


def record(result):
    cells, totals = result["cells"], result["totals"]
    sound = cells["entered"] + cells["refused"] + cells["ran"]
    today = datetime.date.today().isoformat()
    return (
        f"Run on {today} with `script/matrix`: {len(result['builds'])} builds"
        f" ({', '.join(result['builds'])}).\n\n"
        "| | |\n|---|---|\n"
        f"| devices that enter and return | {totals['enter']} |\n"
        f"| devices that refuse | {totals['refuse']} |\n"
        f"| devices that are not run | {totals['not_run']} |\n"
        f"| cells in all, as expected | {sound} |\n"
        f"| of them entered and returned | {cells['entered']} |\n"
        f"| of them refused | {cells['refused']} |\n"
        f"| of them with nothing to enter | {cells['ran']} |\n"
        f"| of all cells, on the way without a reset | {sum(result['direct_cells'].values())} |\n"
        f"| devices that enter and return on that way | {totals['direct_enter']} |\n"
        f"| cells not as expected | {cells['failed']} |\n"
        f"| cells that touched a register that nobody models | {totals['touched_cells']} |\n"
        f"| time | {result['seconds']:.0f} s in {result['jobs']} processes |\n\n"
        f"{cold_boots(result)}\n{entries(result)}\n{table(result, 'groups')}\n"
        f"Without a reset:\n\n{table(result, 'direct_groups')}"
    )


def entries(result):
    """What each way takes, by core."""
    lines = "| core | instructions into the ROM through a reset | without |\n|---|---|---|\n"
    cores = {}
    for device in result["devices"]:
        for way, count in device.get("entry_instructions", {}).items():
            cores.setdefault(device["core"], {}).setdefault(way, []).append(count)
    for core, ways in cores.items():
        ranges = (
            f"{min(ways[way])} to {max(ways[way])}" if way in ways else "-"
            for way in ("reset", "direct")
        )
        lines += f"| {core} | {' | '.join(ranges)} |\n"
    return lines


def cold_boots(result):
    boots = {}
    for device in result["devices"]:
        if device["groups"].get("starts", {}).get("ran"):
            boots.setdefault(device["core"], 0)
            boots[device["core"]] += COLD_BOOTS * device["builds"]
    lines = "| core | cold boots with random RAM |\n|---|---|\n"
    return lines + "".join(f"| {core} | {count} |\n" for core, count in boots.items())


def table(result, groups):
    lines = "| device | core | builds | " + " | ".join(GROUPS) + " |\n"
    lines += "|---" * (3 + len(GROUPS)) + "|\n"
    for device in result["devices"]:
        line = f"| {device['slug']} | {device['core']} | "
        if "not_run" in device:
            line += f"not run: {device['not_run']} |" + " |" * len(GROUPS)
        else:
            tallies = (tally(device[groups].get(group)) for group in GROUPS)
            line += f"{device['builds']} | {' | '.join(tallies)} |"
        lines += line + "\n"
    return lines


def tally(counts):
    if not counts:
        return "-"
    right = counts["entered"] + counts["ran"]
    parts = [str(right)] if right else []
    parts += [f"{counts['refused']} refused"] if counts["refused"] else []
    parts += [f"**{counts['failed']} failed**"] if counts["failed"] else []
    return ", ".join(parts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
