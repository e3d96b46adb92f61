#!/usr/bin/env python3
# flash_bench.py: `bootleap flash` beside stm32flash on the same virtual chip behind a paced line.
# SPDX-License-Identifier: MIT
"""BUILD holds bootleap, bootleap-sim and paced-line. Without ROW: all of them. With --record the section
of FILE that the benchmark makes is written anew. Each case runs ROUNDS times, of which the shortest times
count: a busy machine only adds to them. Exit code 7 if a target is missed."""
import argparse
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path

import flash_images as images
from flash_chip import BenchError, Chip
from flash_minimum import Bytes, minimum, pages_of, search
from flash_report import document, missed, print_row

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
from table.load import load_devices  # noqa: E402

ROWS = ("f405", "g0b1", "f10medium")
FINDINGS = 7


@dataclass(frozen=True)
class Case:
    """What a chip holds, what it is to hold, and which pages that changes."""

    name: str
    before: bytes
    data: bytes
    rewritten: list
    options: tuple = ()
    search: Bytes = Bytes()  # to find what differs


@dataclass(frozen=True)
class Result:
    row: str
    case: str
    least: Bytes
    ours: Bytes
    theirs: Bytes
    our_seconds: float
    their_seconds: float

    def shorter(self, other):
        """Of two runs of one case. Their bytes are the same, unless somebody had to send them again."""
        if (self.ours, self.theirs) != (other.ours, other.theirs):
            raise BenchError(f"{self.row}, {self.case}: not the same bytes each time")
        return replace(self, our_seconds=min(self.our_seconds, other.our_seconds),
                       their_seconds=min(self.their_seconds, other.their_seconds))


def cases_of(row):
    """Where one page changes, the first one is rewritten, too: it is erased first and written last."""
    data, other = images.firmware(row, 1), images.firmware(row, 2)
    pages = pages_of(row, len(data))
    changed = pages[len(pages) // 2]
    half, small = images.half_erased(data), images.one_page_changed(data, changed)
    return [
        Case("first flash over another application", other, data, pages),
        Case("the same, `--full`", other, data, pages, ("--full",)),
        Case("the same image again", data, data, []),
        Case("one page changed", data, small, [pages[0], changed], search=search(data, small, changed)),
        Case("half of the image 0xFF", other, half, pages),
    ]


def run(build, row, case, command):
    """Bytes and seconds of one host's run."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "image.bin"
        file.write_bytes(case.data)
        chip = Chip(build, row, case.before, folder)
        host = subprocess.run(command(file, chip.port), capture_output=True, text=True, check=False)
        counted, seconds, flash = chip.end()
    if host.returncode or flash[: len(case.data)] != case.data:
        raise BenchError(f"{row['slug']}, {case.name}: {host.args[0]}: the image is not there\n"
                         f"{host.stdout}{host.stderr}")
    return counted, seconds


def measure(build, row, case):
    """Both at the same time, each on a chip of its own: so both have the same machine."""
    def ours(file, port):
        return [build / "bootleap", "flash", file, port, "--start-wait", "0", *case.options]

    def theirs(file, port):
        return ["stm32flash", "-b", "115200", "-m", "8n1", "-w", file, "-v", "-g", "0", port]

    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(run, build, row, case, command) for command in (ours, theirs)]
        (our_bytes, our_seconds), (their_bytes, their_seconds) = [one.result() for one in runs]
    least = minimum(row, case.data, case.rewritten) + case.search
    return Result(row["slug"], case.name, least, our_bytes, their_bytes, our_seconds, their_seconds)


def rows_of(slugs):
    refusals = []
    rows = {row.slug: row for row in load_devices(ROOT / "devices", refusals)}
    if refusals:
        raise BenchError("\n".join(refusals))
    return [rows[slug] for slug in slugs]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=Path)
    parser.add_argument("--record", type=Path)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("rows", nargs="*", default=ROWS)
    options = parser.parse_args()
    results = []
    try:
        for row in rows_of(options.rows):
            for case in cases_of(row):
                rounds = [measure(options.build.resolve(), row, case) for _ in range(options.rounds)]
                results.append(reduce(Result.shorter, rounds))
                print_row(results[-1])
    except BenchError as error:
        print(f"flash_bench: {error}", file=sys.stderr)
        return 1
    if options.record:
        document(options.record, options.build, options.rounds, results)
    wrong = missed(results)
    for text in wrong:
        print(f"missed: {text}")
    return FINDINGS if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
