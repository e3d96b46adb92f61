#!/usr/bin/env python3
# every_row.py: `bootleap example` for rows of the table, built with make, judged on both ways.
# SPDX-License-Identifier: MIT
"""every_row.py BOOTLEAP SIM [--lines] [--record FILE] [SLUG[:USART:TX]...]

Without a SLUG: each row that can be entered, on each pair of pins on which its system bootloader
listens. Each project must print the line of a start, enter on `b`, come back, and say that it came
back; the same on `j` where bootleap knows the direct way, and a refusal by its number where it
does not. --lines also has `bootleap try-board` do it over a virtual serial line, on the first pair of
each row. --record writes what ran into FILE. Exit code 1 if something is not so."""
import argparse
import datetime
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests/sim"), str(ROOT / "tools")]
from case_checks import broken_points, end_of  # noqa: E402
from simulator import NoResult, Simulator  # noqa: E402
from table.load import load_devices  # noqa: E402
from virtual_board import VirtualBoard  # noqa: E402

LEAST = 80  # rows, or else a run over all of them looks at nothing
LED = "PA5"
VIRTUAL_UID = "00340012" "45415005" "424F544C"  # as sim/memory/memory.c has it
CHIP = re.compile(
    r"bootleap-chip 1 (\w+) (\w+):(\w+) idcode=[0-9A-F]{8} rom=(none|[0-9A-F]{2})"
    r" uid=([0-9A-F]{24}) origin=(\w+) version=\S+")
NO_DIRECT_WAY = "refused -16: "  # enum bootleap_refusal


def rows():
    """The rows that can be entered, by slug."""
    return {one.slug: one for one in load_devices(ROOT / "devices", [])
            if one.enters() and one["entry"]["mechanism"] == "reset"}


def told(line, device, usart, origin):
    """What is not right about the line of a start; None if all is."""
    match = CHIP.fullmatch(line)
    if not match:
        return f"prints {line!r}"
    part, name, tx, rom, uid, why = match.groups()
    rom_id = device["rom"]["ids"][-1] & 0xFF if "id_address" in device["rom"] else None
    expected = (f"{usart[0]}:{usart[1]}", "none" if rom_id is None else f"{rom_id:02X}", origin)
    if part not in device["parts"] or (f"{name}:{tx}", rom, why) != expected:
        return f"prints {line!r}, not {expected}"
    return None if uid == VIRTUAL_UID else f"the unique id is {uid}"


def wrong(simulator, elf, device, usart, key):
    """What is not right about one way; None if all is."""
    result = simulator.run(str(elf), device.slug, "--send", key, "--host", "go", events=True)
    texts, direct = result.texts, key == "b" or device.get("jump")
    if not direct:
        asked = texts[1:2] == ["to the ROM"] and texts[2].startswith(NO_DIRECT_WAY)
        return None if asked and result.status == 7 else f"{key}: prints {texts}"
    if result.status != 0 or len(result.report["handoffs"]) != 1:
        return (f"{key}: exit code {result.status}, broken [{broken_points(result.report)}],"
                f" {end_of(result.report)}")
    if len(texts) != 3 or texts[1] != "to the ROM":
        return f"{key}: prints {texts}"
    return told(texts[0], device, usart, "reset") or told(texts[2], device, usart, "rom")


def project(bootleap, folder, device, usart):
    """Writes and builds a project. Returns its ELF."""
    done = subprocess.run(
        [bootleap, "example", "--device", device.slug, "--usart", f"{usart[0]}:{usart[1]}",
         "--led", LED if LED not in usart else "PA1", folder],
        capture_output=True, text=True, check=False)
    if done.returncode == 0:
        done = subprocess.run(["make", "-s", "-C", folder], capture_output=True, text=True, check=False)
    if done.returncode or done.stderr:
        raise NoResult(done.stderr.strip())
    return Path(folder, "build/example.elf")


def judge(bootleap, simulator, device, usart):
    with tempfile.TemporaryDirectory() as scratch:
        try:
            elf = project(bootleap, f"{scratch}/project", device, usart)
            for key in "bj":
                why = wrong(simulator, elf, device, usart, key)
                if why:
                    return why
        except NoResult as error:
            return str(error)
    return None


def over_a_line(bootleap, sim, device, usart):
    """What is not right about `bootleap try-board`; None if all is."""
    steps = ("ok", "ok", "ok", "ok") if device.get("jump") else ("ok", "ok", "none", "none")
    words = [f"{name}={result}" for name, result in zip(("reset", "back", "jump", "jump-back"), steps)]
    with tempfile.TemporaryDirectory() as scratch:
        try:
            elf = project(bootleap, f"{scratch}/project", device, usart)
        except NoResult as error:
            return str(error)
        with VirtualBoard(sim, device.slug, usart[0], [], elf) as port:
            done = subprocess.run([bootleap, "try-board", port, elf], capture_output=True, text=True,
                                  check=False)
    wanted = ["bootleap-report 1 on=virtual-chip", f"device={device.slug}", *words]
    if done.returncode or not all(word in done.stdout for word in wanted):
        return f"try-board: exit code {done.returncode}: {done.stdout}{done.stderr}"
    return None


def try_lines(options, devices, pairs):
    """How many rows do otherwise; each is named."""
    first = {}
    for slug, usart in pairs:
        first.setdefault(slug, usart)
    sim = options.simulator.removesuffix("-server")
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda one: over_a_line(options.bootleap, sim, devices[one[0]], one[1]),
                              first.items()))
    for slug, why in zip(first, found):
        if why:
            print(f"{slug}: {why}")
    print(f"{len(first)} rows over a line, {len(found) - found.count(None)} not as they should be")
    return len(found) - found.count(None)


def record(path, devices, pairs):
    compiler = subprocess.run(["arm-none-eabi-gcc", "-dumpfullversion"], capture_output=True,
                              text=True, check=True).stdout.strip()
    direct = [slug for slug, one in devices.items() if one.get("jump")]
    others = ", ".join(slug for slug in devices if slug not in direct)
    Path(path).write_text(
        "# Example projects on the virtual STM32\n\n"
        "`script/examples` writes this page. Nothing of it ran on silicon.\n\n"
        f"Run on {datetime.date.today().isoformat()} with arm-none-eabi-gcc {compiler}, `-Os`.\n\n"
        f"- `bootleap example` wrote {pairs} projects: {len(devices)} devices, each on every pair of"
        " pins on which its system bootloader listens.\n"
        "- `make` built each of them without a warning.\n"
        f"- On `b` all {pairs} entered through a reset, came back after Go, and were judged clean.\n"
        f"- On `j` the projects of {len(direct)} devices entered without a reset, came back, and were"
        " judged clean.\n"
        f"- bootleap knows no direct way on the other {len(devices) - len(direct)}: {others}."
        " There the program prints the refusal.\n"
        f"- `bootleap try-board` did the same over a virtual serial line for all {len(devices)} devices.\n",
        encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bootleap")
    parser.add_argument("simulator")
    parser.add_argument("--lines", action="store_true")
    parser.add_argument("--record")
    parser.add_argument("asked", nargs="*")
    options = parser.parse_intermixed_args()
    simulator, devices, bad = Simulator(options.simulator), rows(), 0
    pairs = [(slug, usart) for slug, one in devices.items() for usart in one.usart_pins()]
    wanted = [one.split(":") for one in options.asked]
    if wanted:
        pairs = [(slug, usart) for slug, usart in pairs
                 if any([slug, *usart][: len(one)] == one for one in wanted)]
    for slug, usart in pairs:
        why = judge(options.bootleap, simulator, devices[slug], usart)
        if why:
            bad += 1
            print(f"{slug}, {usart[0]} on {usart[1]}: {why}")
    print(f"{len(pairs)} projects of {len({slug for slug, _ in pairs})} rows, {bad} not as they should be")
    bad += try_lines(options, devices, pairs) if options.lines else 0
    if options.record and not bad:
        record(options.record, devices, len(pairs))
    return 1 if bad or not pairs or (not wanted and len(devices) < LEAST) else 0


sys.exit(main())
