#!/usr/bin/env python3
# write_proof.py: puts the matrix's result into docs/proof.md and its summaries into other pages.
# SPDX-License-Identifier: MIT
"""Replaces what stands between markers such as <!-- matrix --> and <!-- end of matrix -->.

RESULT is what `bootleap-sim matrix --json` printed; the other files are put in as they are, also
without it. With --check nothing is written: the summaries in README.md and docs/chips.md, and what docs/from-the-article.md says of
both ways, must be what RESULT gives.
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


# Options that name a file with what to put in, and the markers it goes between.
SECTIONS = {
    "recipes": "what recipes.py page printed",
    "ledger": "what replay.py page printed",
    "ways": "what ways.py table printed",
    "second-opinion": "the table of compare.py",
    "usb": "what script/usb measured",
}


def options_of(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if stale")
    for name, what in SECTIONS.items():
        parser.add_argument(f"--{name}", type=Path, help=what)
    parser.add_argument("result", type=Path, nargs="?", help="none: the other files alone")
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parent.parent)
    return parser.parse_args(arguments)


def main(arguments):
    options = options_of(arguments)
    proof = options.root / "docs" / "proof.md"
    text = proof.read_text(encoding="utf-8")
    if options.result:
        result = json.loads(options.result.read_text(encoding="utf-8"))
        if not write_summaries(options, result):
            print("a table is not what the matrix gives. Try: script/matrix")
            return 1
        if options.check:
            return 0
        text = replaced(text, "matrix", record(result))
        text = replaced(text, "mutants", mutants(options.root / "tests"))
    for name in SECTIONS:
        path = getattr(options, name.replace("-", "_"))
        if path:
            text = replaced(text, name.replace("-", " "), path.read_text(encoding="utf-8"))
    proof.write_text(text, encoding="utf-8")
    return 0


def write_summaries(options, result):
    """Of the matrix, on other pages. With --check nothing is written: True if they are these."""
    pages = (("README.md", in_short), ("docs/chips.md", summary), ("docs/from-the-article.md", instead))
    for name, content in pages:
        path = options.root / name
        text = path.read_text(encoding="utf-8")
        wanted = replaced(text, "matrix", content(result, text))
        if not options.check:
            path.write_text(wanted, encoding="utf-8")
        elif text != wanted:
            return False
    return True


def replaced(text, marker, content):
    begin, end = f"<!-- {marker} -->\n", f"<!-- end of {marker} -->\n"
    before, rest = text.split(begin)
    return before + begin + content + end + rest.split(end)[1]


MUTANT_FILES = (
    "mutants/mutants.cmake",
    "mutants/direct.cmake",
    "matrix/mutants.cmake",
    "ways-back/mutants.cmake",
)
POINTS = re.compile(r'"?[HR]\d+')
MUTANT = re.compile(
    r"^(?:matrix_|direct_|way_)?mutant\((\S+)\s+(?:(?:BREAKS|SAYS|WAY) (?P<by>\"[^\"]*\"|\S+))?"
    r"(?P<rest>.*?)^ +(?:CHANGE|DEPARTURE)",
    re.S | re.M,
)


def mutants(tests):
    """Each mutant with what must notice it; the tests of the same names see that it does."""
    lines = "| mutant of the library | noticed by | on |\n|---|---|---|\n"
    for path in (tests / name for name in MUTANT_FILES):
        text = path.read_text(encoding="utf-8")
        lists = dict(re.findall(r"^set\((\w+) (.+)\)$", text, re.M))
        for found in MUTANT.finditer(text):
            words = found["rest"]
            where = re.search(r"(?:BOARDS|DEVICES)\s+(.*?)(?:LEVEL|SCENARIO|FILE|$)", words, re.S)[1]
            scenario = re.search(r'SCENARIO\s+("[^"]*"|\S+)', words)
            by = (found["by"] or f"the scenario {scenario[1]}").replace('"', "")
            by = by.replace(" ", " and ") if POINTS.match(by) else by
            by = f"runs of the way {by}" if found[0].startswith("way_") else by
            where = " ".join(where.split()).replace("${bootleap_boards}", "the four boards")
            where = re.sub(r"\$\{(\w+)\}", lambda name: lists[name[1]], where)
            lines += f"| {found[1]} | {by} | {where} |\n"
    return lines


def state(device):
    if "not_run" in device:
        return "not run"
    return "enters" if device["groups"].get("ways back", {}).get("entered") else "refuses"


REFUSALS = {
    "erase-first": "its ROM starts your application again unless flash is empty: needs a build"
    " option",
    "none": "no way in is known",
}


def in_short(result, _page):
    """Three lines: the series that enter, what needs an option, and what does not enter."""
    entered, optional, closed = {}, [], []
    for device in result["devices"]:
        series = entered.setdefault(device["series"], [])
        if state(device) == "enters":
            series.append(device)
        elif device["mechanism"] == "erase-first":
            optional.append(short(device))
        else:
            closed.append(short(device))
    totals = result["totals"]
    count = len(result["devices"])
    return (
        "| | |\n|---|---|\n"
        f"| yes | {' '.join(name for name, devices in entered.items() if devices)} |\n"
        f"| with a [build option](docs/chips.md#chips-with-conditions) | {', '.join(optional)} |\n"
        f"| no: no way in is known | {', '.join(closed)} |\n"
        f"\nAN2606 and ST's headers name {count} lines of chips. {totals['enter']} of them enter the"
        f" bootloader and come back on the simulator, {totals['direct_enter']} also by a direct jump,"
        " without a reset.\n"
    )


def summary(result, _page):
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
        f"{lines}\n{totals['enter']} lines of chips enter and return, {totals['direct_enter']} of them also"
        f" without a reset. On {totals['refuse']} `bootleap_enter()` returns an error, unless a build option"
        f" helps. {totals['not_run']} are not simulated.\n"
    )


def instead(result, page):
    """For each name of the article's list: what to write instead, and what came of both ways."""
    devices = {device["slug"]: device for device in result["devices"]}
    lines = (
        "| name | build with | `bootleap_enter()`, through a reset"
        " | `bootleap_jump()`, without a reset |\n"
        "|---|---|---|---|\n"
    )
    for name, rows in re.findall(r"^\| ([^|]+) \| 0x\w+ \| ([^|]+) \|", page, re.M):
        found = [devices[slug] for slug in re.findall(r"`(\w+)`", rows)]
        macros = ", ".join(f"`{d['part']}`" + (" ..." if d["parts"] > 1 else "") for d in found)
        ways = (came_of(found, key) for key in ("groups", "direct_groups"))
        lines += f"| {name} | {macros} | {' | '.join(ways)} |\n"
    return lines


def came_of(devices, groups):
    """What came of a way on these devices; where they differ, of each."""
    said = {}
    for device in devices:
        if "not_run" in device:
            why = f"not run: {device['not_run']}"
        elif device.get(groups, {}).get("ways back", {}).get("entered"):
            why = "enters and returns"
        elif device["mechanism"] in REFUSALS:
            why = f"refuses: {REFUSALS[device['mechanism']]}"
        else:
            text = device["no_direct"].removesuffix(".")
            why = f"refuses: {text[0].lower()}{text[1:]}"
        said.setdefault(why, []).append(device["slug"])
    if len(said) == 1:
        return next(iter(said))
    listed = ((", ".join(f"`{slug}`" for slug in slugs), why) for why, slugs in said.items())
    return "; ".join(f"{slugs}: {why}" for slugs, why in listed)


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
        f"| of them without an entry to make | {cells['ran']} |\n"
        f"| of all cells, by the direct jump (no reset) | {sum(result['direct_cells'].values())} |\n"
        f"| devices that enter and return by the direct jump | {totals['direct_enter']} |\n"
        f"| cells not as expected | {cells['failed']} |\n"
        f"| cells that accessed an unmodelled register | {totals['unmodelled_cells']} |\n"
        f"| time | {result['seconds']:.0f} s in {result['jobs']} processes |\n\n"
        f"{cold_boots(result)}\n{entries(result)}\n{table(result, 'groups')}\n"
        f"By the direct jump:\n\n{table(result, 'direct_groups')}"
    )


def entries(result):
    """What each way takes, by core, in the build that takes the fewest."""
    lines = "| core | instructions into the ROM, through a reset | by the direct jump |\n|---|---|---|\n"
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
