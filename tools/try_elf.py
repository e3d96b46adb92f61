# try_elf.py: runs each ELF of a folder on the virtual STM32, and prints what it was judged to be.
# SPDX-License-Identifier: MIT
import argparse
import json
import os
import re
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from table.load import load_devices

ROOT = Path(__file__).resolve().parent.parent
SUFFIXES = (".elf", ".axf")
USAGE, FINDINGS = 2, 7  # exit codes, as those of bootleap-sim
LIMIT = "50000000"  # instructions: stock start-up code and some seconds of delays
EPILOG = """\
What follows -- goes to each run: bootleap-sim run --help lists it. A run ends with nobody at the
ROM's other end, and after 50000000 instructions, unless --host and --limit say otherwise.

The device of an ELF is, the first that is there:
  1. --device in NAME.options beside NAME.elf: a file with options for the run of this one alone
  2. --device NAME
  3. named in the file's name or its folder's: h723.elf, blinky.STM32F405.elf, nucleo_g0b1re/app.elf
  4. the only one that the ELF names, as STM32F405xx, in its texts or its debug information

A line is: the ELF, its device, the verdict, the exit code of its run, and why.
  clean           it entered the ROM, and all that was judged holds
  findings        it entered the ROM, and something does not hold
  nothing judged  it did not enter the ROM
  not run         its device is not known, or the simulator cannot use it

Exit code: 0 all runs ended with 0 (clean, or what --accept of the runs takes), 7 at least one did
not, 2 usage or no ELF.

Examples:
  script/try-elf build/                                    firmware that asks by itself
  script/try-elf build/ --device STM32F405xx -- --enter-at main
  script/try-elf build/ -- --send 'dfu' --limit 200000000
"""


@dataclass
class Line:
    """What is printed of one ELF."""

    elf: Path
    name: str
    device: str = "-"
    verdict: str = "not run"
    exit: int = USAGE
    reason: str = ""
    options: list = field(default_factory=list)  # of its run alone


def main(arguments):
    ours, theirs = split(arguments)
    options = parser().parse_args(ours)
    gone = [path for path in options.path if not path.exists()]
    if gone:
        return fail(f"{gone[0]}: there is no such file or folder. Try: check the name")
    lines = [line for path in options.path for line in lines_of(path)]
    if not lines:
        return fail(f"{options.path[0]}: no ELF is there ({', '.join(SUFFIXES)}). "
                    "Try: the folder of the build")
    if not os.access(options.sim, os.X_OK):
        return fail(f"{options.sim}: no simulator is there. Try: cmake --preset host && "
                    "cmake --build --preset host --target bootleap-sim")
    parts = known_parts()
    for line in lines:
        try:
            choose_device(line, options.device, parts)
        except (OSError, ValueError) as why:  # of its own options, or of the ELF
            line.reason = f"it cannot be read: {why}. Try: look at it and at " \
                f"{line.elf.with_suffix('.options').name}"
    with ThreadPoolExecutor(options.jobs) as pool:
        for line in pool.map(lambda line: judge(line, options, theirs), lines):
            print(text_of(line, lines), flush=True)
    print(f"{sum(line.verdict == 'clean' for line in lines)} of {len(lines)} clean")
    return FINDINGS if any(line.exit for line in lines) else 0


def parser():
    made = argparse.ArgumentParser(
        prog="script/try-elf", usage="script/try-elf PATH... [options] [-- RUN OPTIONS]",
        description="Judges each ELF of a folder, and of its folders, on the virtual STM32.",
        epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False)
    made.add_argument("path", type=Path, nargs="+", metavar="PATH", help="a folder, or an ELF")
    made.add_argument("--device", metavar="NAME", help="slug or CMSIS macro: f405, STM32F405xx")
    made.add_argument("--jobs", type=positive, metavar="N", default=os.cpu_count(),
                      help="runs at the same time (default: one for each processor)")
    made.add_argument("--seconds", type=positive, metavar="N", default=60,
                      help="a run that takes longer is ended (default 60)")
    made.add_argument("--sim", type=Path, metavar="FILE", default=ROOT / "build/bootleap-sim",
                      help="the simulator (default build/bootleap-sim)")
    return made


def positive(text):
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def fail(what):
    print(f"script/try-elf: {what}", file=sys.stderr)
    return USAGE


def split(arguments):
    """What is before -- and what is behind it."""
    if "--" not in arguments:
        return arguments, []
    at = arguments.index("--")
    return arguments[:at], arguments[at + 1:]


def lines_of(path):
    """A Line for each ELF of a folder, by name, or for the one that the path is."""
    if path.is_file():
        return [Line(path, path.name)]
    return [Line(file, str(file.relative_to(path))) for file in sorted(path.rglob("*"))
            if file.suffix.lower() in SUFFIXES and file.is_file()]


def known_parts():
    """(pattern of a part number or macro in lower case, slug), of each macro of the table. An x of
    the macro stands for any letter or digit, and what follows the macro counts no more."""
    return [(part.lower(), device.slug) for device in load_devices(ROOT / "devices", [])
            for part in device["parts"]]


def alike(word, part):
    """True if a word, stm32f405vg, may be the part of the macro, stm32f405xx."""
    return len(word) >= 9 and all(one == other or "x" in (one, other)
                                  for one, other in zip(word, part))


def devices_of(words, parts):
    """The slugs that words name; a word that fits several, stm32f4xx, names none."""
    found = set()
    for word in words:
        slugs = {slug for part, slug in parts if word == slug or alike(word, part)}
        if len(slugs) == 1:
            found |= slugs
    return found


def words_of_name(line):
    """Words of the name and its folders: each as it is, and as a part number."""
    for word in re.findall(r"[a-z0-9]+", line.name.lower()):
        yield word
        if not word.startswith("stm32"):
            yield "stm32" + word


def choose_device(line, device, parts):
    """Reads the ELF's own options and settles its device; where none is known `reason` says so."""
    beside = line.elf.with_suffix(".options")
    if beside.is_file():
        line.options = shlex.split(beside.read_text(encoding="utf-8"))
    if "--device" in line.options[:-1]:
        at = line.options.index("--device")
        line.device = line.options[at + 1]
        del line.options[at:at + 2]
        return
    if device:
        line.device = device
        return
    named = devices_of(words_of_name(line), parts)
    if not named:
        content = line.elf.read_bytes().lower()
        words = {word.decode() for word in re.findall(rb"stm32[a-z0-9]{4,12}", content)}
        named = devices_of(words, parts)
    if len(named) == 1:
        line.device = named.pop()
    elif named:
        line.reason = f"it may be for {' or '.join(sorted(named))}. Try: --device with one of them"
    else:
        line.reason = "neither its name nor its content names one device. Try: --device NAME, " \
            f"here or in a file {beside.name} beside it"


def judge(line, options, theirs):
    """Runs the ELF and takes verdict, exit code and reason from what the simulator says."""
    if line.reason:
        return line
    own = line.options + theirs
    elf = line.elf.absolute()  # a name like -x.elf is no option
    command = [options.sim, "run", elf, "--device", line.device, "--json", *own]
    for option, value in (("--host", "end"), ("--limit", LIMIT)):
        command += [] if option in own else [option, value]
    try:
        run = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                             errors="replace", timeout=options.seconds, check=False)
    except subprocess.TimeoutExpired:
        line.reason = f"no end in {options.seconds} s. Try: --seconds, or -- --limit with less"
        return line
    line.exit = run.returncode
    try:
        result = json.loads(run.stdout)
        line.verdict, line.reason = result["verdict"], reason_of(result)
    except (json.JSONDecodeError, KeyError):
        said = run.stderr.strip().splitlines() or ["it said nothing"]
        line.reason = said[-1].removeprefix("bootleap-sim: run: ")
    return line


def reason_of(result):
    """One sentence of the result: why nothing entered and where the application stands, what does
    not hold, or how it entered."""
    if result["reason"]:
        texts = [part["text"] for part in (result["reason"], result.get("where")) if part]
        return " ".join("; ".join(texts).split())  # what was typed may hold line ends
    handoff = next((one for one in result["handoffs"] if one["outcome"] != "served"),
                   result["handoffs"][0])
    points = [point for one in result["handoffs"] for point in one["contract"]]
    broken = sorted({point["id"] for point in points + result["checks"] if not point["ok"]},
                    key=lambda one: (one[0], int(one[1:])))
    how = f", {handoff['how']}" if handoff["how"] else ""
    said = f"{handoff['outcome']}{how} (ground: {handoff['ground']}): {handoff['reason']}"
    return said + (f"; does not hold: {' '.join(broken)}" if broken else "")


def text_of(line, lines):
    """The line, its columns as wide as those of all lines."""
    name = max(len(one.name) for one in lines)
    device = max(len(one.device) for one in lines)
    return f"{line.name:{name}}  {line.device:{device}}  {line.verdict:14}  {line.exit}  " \
        f"{line.reason}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
