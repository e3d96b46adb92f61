#!/usr/bin/env python3
# report.py: turns the line of `bootleap try-board` that somebody reported into observations.
# SPDX-License-Identifier: MIT
"""report.py 'LINE' --board NAME --by WHO --source URL [--date YYYY-MM-DD] [--put]

Prints the observations for evidence/, and what to put into `tested` of the row; --put adds them to
the file of the series. A line of a virtual chip is refused: it says nothing about silicon. So is one
whose unique id nobody could read. Exit code 2 if the line is refused."""
import argparse
import datetime
import re
import sys
from pathlib import Path

from evidence.check import check_evidence
from evidence.load import Observation, load_leftovers, read_observations
from evidence.rom_version import rom_version
from table.load import load_devices

ROOT = Path(__file__).resolve().parent.parent
BEGIN = "bootleap-report 1 "
KEYS = ("on", "device", "part", "idcode", "rom", "wire", "usart", "reset", "back", "jump", "jump-back",
        "host", "firmware", "version")
REFUSED = {
    "virtual-chip": "a virtual chip printed this line: it says nothing about silicon",
    "unknown": "nobody could read the unique id of this chip: ask whether it was a board",
}
VALUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:_+-]*")
SHAPES = {"idcode": re.compile(r"[0-9A-F]{8}"), "wire": re.compile("usart")}
STEP = r"ok|failed:[\w.:-]+"
WAYS = (("reset", "back", "early"), ("jump", "jump-back", "direct"))  # into the ROM, back, its word
# What failed, by the beginning of its word, as an outcome of an observation.
NOT_OF_CHIP = ("port", "rom-ran-before", "other-line")  # the cable, BOOT0, another program
OUTCOMES = (("refused", "notentered"), ("no-rom", "silent"), ("", "failed"))


class Refused(Exception):
    """The line is no report."""


def parse(line):
    """The keys of the line, in order."""
    if not line.startswith(BEGIN):
        raise Refused(f"it must begin with {BEGIN!r}")
    words = [word.split("=", 1) for word in line.removeprefix(BEGIN).split()]
    if [word[0] for word in words] != list(KEYS) or any(len(word) != 2 for word in words):
        raise Refused(f"its words must be {' '.join(key + '=' for key in KEYS)}, once each")
    report = dict(words)
    if report["on"] != "board":
        raise Refused(REFUSED.get(report["on"], f"on={report['on']} is no board"))
    for key, value in report.items():
        if not VALUE.fullmatch(value) or not SHAPES.get(key, VALUE).fullmatch(value):
            raise Refused(f"{key}={value!r} is no word that try-board prints")
    check_results(report)
    return report


def check_results(report):
    """The steps are tried one after the other, and nothing is tried behind a failure."""
    tried = True
    for into, back, _ in WAYS:
        none = into == "jump" and report["jump"] == report["jump-back"] == "none"
        for key in () if none else (into, back):
            if not re.fullmatch(STEP if tried else "not-tried", report[key]):
                behind = "" if tried else " behind a step that failed"
                raise Refused(f"{key}={report[key]} is no result{behind}")
            tried = report[key] == "ok"


def check_words(options):
    """A line break or a control character in a text would end it in evidence/."""
    for name in ("board", "by", "source"):
        words = getattr(options, name)
        if not words.strip() or not words.isprintable():
            raise Refused(f"--{name} {words!r} is no line of text")


def left_by(device):
    """What bootleap leaves: all is as after a reset, and the ROM's stack and table are chosen."""
    core = device["core"]["name"]
    vtor = "none" if core == "cortex-m0" else "rom"
    left = {"clocks": "reset", "systick": "reset", "primask": "0", "nvic": "clr", "vtor": vtor,
            "msp": "rom"}
    return left | ({"remap": "yes"} if device.get("remap") else {})


def outcome_of(result, good):
    if result == "ok":
        return good
    return next(word for begin, word in OUTCOMES if result.removeprefix("failed:").startswith(begin))


def observations(report, device, options):
    """An observation for each step that was tried, without an id."""
    common = {
        "project": f"bootleap report: {options.by}",
        "source": re.sub(r"^https?://", "", options.source),
        "date": options.date,
        "part": report["part"],
        "row": device.slug,
        "rom": report["rom"],
        "wire": report["wire"],
    }
    note = f"bootleap {report['firmware']} on {options.board}, {report['usart']}, host {report['host']}"
    for into, back, word in WAYS:
        for key, way, good in ((into, word, "served"), (back, "back", "run")):
            if report[key] in ("none", "not-tried"):
                continue
            failed = report[key].removeprefix("failed:") if report[key] != "ok" else ""
            if failed in NOT_OF_CHIP:
                continue
            yield common | {
                "way": way,
                "outcome": outcome_of(report[key], good),
                "sure": "measured",
                "note": f"{note}; {key}" + (f": {failed}" if failed else ""),
                "left": left_by(device) if way != "back" else {"back": "go"},
            }


def next_ids(known):
    """R001, R002, ... behind those that there are."""
    used = [int(one["id"][1:]) for one in known if one["id"][0] == "R"]
    number = max(used, default=0)
    while True:
        number += 1
        yield f"R{number:03d}"


def text(value):
    """As a string of TOML."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def toml(one):
    lines = ["[[observation]]"]
    for key, value in one.items():
        if key == "left":
            inside = ", ".join(f"{name} = {text(what)}" for name, what in value.items())
            lines.append(f"left = {{{inside}}}")
        else:
            lines.append(f"{key} = {text(value)}")
    return "\n".join(lines) + "\n"


def checked(found, known, devices, folder):
    """Raises Refused with whatever does not fit evidence/."""
    refusals = []
    leftovers = load_leftovers(folder, refusals)
    check_evidence([*known, *found], leftovers, devices, refusals)
    if refusals:
        raise Refused("; ".join(refusals))


def arguments(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("line", metavar="LINE")
    parser.add_argument("--board", required=True, help="the board's name, NUCLEO-F446RE")
    parser.add_argument("--by", required=True, help="who reported it: one voice in the evidence")
    parser.add_argument("--source", required=True, help="where others can read the report")
    parser.add_argument("--date", default=datetime.date.today().isoformat())
    parser.add_argument("--put", action="store_true", help="add them to evidence/")
    parser.add_argument("--root", type=Path, default=ROOT, help="folder with evidence/ and devices/")
    return parser.parse_args(argv)


def run(options):
    check_words(options)
    report, refusals = parse(options.line.strip()), []
    folder = options.root / "evidence"
    devices = {one.slug: one for one in load_devices(options.root / "devices", refusals)}
    device = devices.get(report["device"])
    if device is None or report["part"] not in device["parts"]:
        raise Refused(f"{report['device']} with {report['part']} is no row of devices/")
    if report["usart"] not in {f"{name}:{tx}" for name, tx, _ in device.usart_pins()}:
        raise Refused(f"usart={report['usart']}: the ROM of {device.slug} does not listen there")
    known = read_observations(folder, refusals)
    if rom_version(report["rom"]) not in device["rom"]["ids"]:
        raise Refused(f"rom={report['rom']}: {device.slug} does not list this version: add it first,"
                      " with this report as its source")
    ids = next_ids(known)
    file = f"evidence/{device.page()}.toml"
    found = [Observation(file, {"id": next(ids)} | one)
             for one in observations(report, device, options)]
    if not found:
        raise Refused("no step says anything about the chip: ask for another run")
    checked(found, known, devices, folder)
    added = "\n".join(toml(one.facts) for one in found)
    if options.put:
        with open(options.root / file, "a", encoding="utf-8") as out:
            out.write("\n" + added)
    print(f"# {file}{': added' if options.put else ''}")
    print(added)
    good = all(report[key] in ("ok", "none") for way in WAYS for key in way[:2])
    print(f"# devices/{device.page()}.toml, row {device.slug}:")
    print(f"tested = [{text(f'{options.date} {options.board}')}]" if good
          else "# nothing: `tested` is for boards on which each step worked")
    print("# Then: python3 tools/gen_evidence.py && python3 tools/gen_devices.py")


def main(argv):
    try:
        run(arguments(argv))
    except Refused as why:
        print(f"report: {why}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
