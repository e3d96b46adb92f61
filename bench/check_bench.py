# check_bench.py: measures bootleap-check on programs of 1 MiB and on our own firmware, and records it.
# SPDX-License-Identifier: MIT
"""check_bench.py BUILD [--record PAGE] [--own]

With --own only our own firmware is measured, as script/test does. Exit code 7 if a target is missed.
docs/benchmarks.md explains what is measured."""
import argparse
import subprocess
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path

import check_images

BEGIN = "<!-- script/bench-check writes from here -->"
END = "<!-- end of script/bench-check -->"
# Ours: the largest firmware of each compiler, one that waits, one that jumps and does nothing else.
OWN = (
    ("a loader with bootleap, GCC", "firmware-gcc/how-to-loader-nucleo-h723zg.elf", "h723"),
    ("a loader with bootleap, Clang", "firmware-clang/how-to-loader-nucleo-h723zg.elf", "h723"),
    ("a loop that waits", "firmware-gcc/bench-delay-Os.elf", "h723"),
    ("a jump alone, at -O0", "check/grid/right.h723.clang-O0.elf", "h723"),
)
RATIO, MEBIBYTES, SECONDS = 2, 200, 1  # at most
# What starts, reads and prints takes half a millisecond, however small the program is.
LEAST = 5000  # microseconds of a check that is compared with the target


def measure(build, name, elf, device):
    """A row of the table: name and figures."""
    done = subprocess.run([build / "bench-check", build / "bootleap-check", elf, device],
                          capture_output=True, text=True, check=True)
    return [name, *map(float, done.stdout.split())]


def missed(rows):
    for name, memory, _, _, _, _, _, check, _, of_steps in rows:
        for value, most, what in ((of_steps if check > LEAST else 0, RATIO, "x the scan and each step"),
                                  (memory / 1024, MEBIBYTES, "MiB"), (check / 1e6, SECONDS, "s")):
            if value > most:
                yield f"{name}: {value:.2f} {what}, at most {most}"


def table(rows):
    yield ("| program | bytes of code | instructions read | steps walked | scan | Capstone, once each | the check "
           "| x scan and once each | x scan and each step | memory |")
    yield "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
    for name, memory, code, read, steps, scan, decode, check, once, each in rows:
        yield (f"| {name} | {code:.0f} | {read:.0f} | {steps:.0f} | {scan / 1e3:.2f} ms | {decode / 1e3:.2f} ms "
               f"| {check / 1e3:.1f} ms | {once:.2f} | {each:.2f} | {memory / 1024:.0f} MiB |")


def source():
    done = subprocess.run(["git", "rev-parse", "--short=7", "HEAD"], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def record(page, lines):
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    page.write_text(before + BEGIN + "\n\n" + "\n".join(lines) + "\n\n" + END + rest.split(END)[1],
                    encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=Path)
    parser.add_argument("--record", type=Path)
    parser.add_argument("--own", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = [] if options.own else [(name, elf, check_images.DEVICE)
                                       for name, elf in check_images.images(Path(folder))]
        own = [(name, options.build / elf, device) for name, elf, device in OWN]
        rows = [measure(options.build, *one) for one in made + own]
    wrong = list(missed(rows))
    lines = [f"{datetime.now(timezone.utc):%Y-%m-%d}, sources as of {source()}.", "", *table(rows), "",
             "Missed: " + "; ".join(wrong) + "." if wrong else "No target is missed."]
    print("\n".join(lines))
    if options.record:
        record(options.record, lines)
    return 7 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
