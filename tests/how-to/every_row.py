#!/usr/bin/env python3
# every_row.py: each row enters and comes back: with the mark in backup registers, by the late hook.
# SPDX-License-Identifier: MIT
"""every_row.py WHAT SIM FOLDER COMPILER...   FOLDER/COMPILER/SLUG.elf, of gcc or clang

The target matrix-subset makes FOLDER:
  backup   build/matrix-backup: the mark is in backup registers. Where it is, and which rows have none
           for it, the library's header says
  preinit  build/matrix-preinit: bootleap_preinit.c, behind what ST's SystemInit() writes
A row whose ROM looks at flash is left out: it would be erased on the way."""
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "cmake"), str(ROOT / "tests/sim"), str(ROOT / "tools")]
from case_checks import broken_points, end_of  # noqa: E402
from rows import table_rows  # noqa: E402
from simulator import NoResult, Simulator  # noqa: E402
from table.load import load_devices  # noqa: E402

LEAST = 40  # rows, or else this test looks at nothing


def marks():
    """(slug, options) of each row; None where the mark cannot be in backup registers."""
    for row in table_rows():
        if row.mechanism == "reset":
            command = ["arm-none-eabi-gcc", f"-mcpu={row.core}", "-mthumb", f"-D{row.part}",
                       "-DBOOTLEAP_MARK_IN_BACKUP", "-E", "-dM", "-include",
                       ROOT / "src/bootleap_devices.h", "-x", "c", "/dev/null"]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            found = re.search(r"^#define BOOTLEAP_MARK (0x\w+?)u$", done.stdout, re.M)
            yield row.slug, ["--mark", found[1]] if found and done.returncode == 0 else None


def hooks():
    """(slug, options) of each row."""
    return ((row.slug, ["--system-init"]) for row in table_rows() if row.mechanism == "reset")


def wrong(result):
    """What is not as after a host's Go: the ROM starts the application, a reset follows, and it
    knows. None if all is."""
    report = result.report
    if result.status != 0 or report["end"]["why"] != "arrived":
        return f"exit code {result.status}, {end_of(report)}"
    if not report["handoffs"] or broken_points(report):
        return f"{len(report['handoffs'])} handoffs, broken [{broken_points(report)}]"
    if report["on_reset"][-1]["returned"] != 1:
        return f"bootleap_on_reset() returns {report['on_reset'][-1]['returned']}"
    return None


def by_pins(result, expected):
    """What is not as it must be where BOOT0 pins, not the application, have started the ROM."""
    report = result.report
    if broken_points(report) or report["end"]["why"] != "arrived":
        return f"by BOOT0: broken [{broken_points(report)}], {end_of(report)}"
    if report["on_reset"][-1]["returned"] != expected:
        return f"by BOOT0: bootleap_on_reset() returns {report['on_reset'][-1]['returned']}"
    return None


def main(what, program, folder, *compilers):
    simulator, found = Simulator(program), list({"backup": marks, "preinit": hooks}[what]())
    rows = [(slug, options) for slug, options in found if options]
    # A ROM that looks at banks starts the application each time: that says nothing.
    banks = {one.slug for one in load_devices(ROOT / "devices", []) if one.get("bank_check")}
    bad = 0
    for compiler in compilers:
        for slug, options in rows:
            elf = Path(folder, compiler, f"{slug}.elf")
            try:
                why = wrong(simulator.run(str(elf), slug, *options, "--enter-at", "application",
                                          "--until", "application", "--host", "go"))
                if what == "preinit" and not why:
                    why = by_pins(simulator.run(str(elf), slug, *options, "--boot0", "--until",
                                                "application", "--host", "go"),
                                  0 if slug in banks else 1)
            except NoResult as error:
                why = str(error)
            if why:
                bad += 1
                print(f"{compiler}: {slug}, {' '.join(options)}: {why}")
        print(f"{compiler}: {len(rows)} rows enter, {len(found) - len(rows)} are not asked")
    return 1 if bad or len(rows) <= LEAST or not compilers else 0


sys.exit(main(*sys.argv[1:]))
