# campaign.py: one control transfer goes wrong while the tool flashes over USB, each in turn.
# SPDX-License-Identifier: MIT
"""campaign.py SIM BOOTLEAP STAGE FOLDER [--every N] [SLUG...]   FOLDER is build/matrix/gcc-Os

Each case is a virtual chip of its own, in its ROM. A transfer of `bootleap flash` has one fault:
the device is pulled out before it and stays away, or comes back; it is refused, or lost; its reply comes late, is
short, or has a wrong bit. What must come of it: the flash holds the file and the exit code is 0, or there is one
message, an exit code that is documented for it, and the same command on the same chip, with nothing in its
way, ends well. All within 10 s. --every N takes each Nth case."""
import argparse
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from usb_rows import usb_rows
from virtual_board import Board, Wrong, on_stage

BYTES = 4096
SECONDS = 10
KINDS = ("gone", "replug=300", "stall", "error", "late=200", "late=3000", "short=1", "short=255",
         "wrong=0", "wrong=4")
CODES = (1, 2, 3, 5, 6)  # of a flash: failed, wrong chip for the file, no device, refused, verify


class Case(NamedTuple):
    slug: str
    transfer: int
    kind: str

    def __str__(self):
        return f"{self.slug}, transfer {self.transfer}, {self.kind}"


class Row:
    """A row with its file, and what runs it."""

    def __init__(self, tools, row, folder):
        self.tools, self.row = tools, row
        self.image = row.image[:BYTES]
        self.path = Path(folder, f"{row.slug}.bin")
        self.path.write_bytes(self.image)

    def board(self, flash):
        return Board(self.tools.sim, self.row.elf, "--device", self.row.slug, "--boot0", "--flash",
                     flash)

    def flash(self, board, *faults, go=()):
        return on_stage(self.tools.stage, [board], self.tools.bootleap, "flash", self.path,
                        "usb:1-1", "--device", self.row.slug, "--address", f"{self.row.start:#x}",
                        "--start-wait", "0", *go, faults=faults, patience=3 * SECONDS)

    def transfers(self):
        """How many a flash without faults takes."""
        with tempfile.TemporaryDirectory() as folder:
            with self.board(Path(folder, "flash")) as board:
                done = self.flash(board)
        if done.code:
            raise Wrong(f"{self.row.slug} without a fault: {done.err}")
        return done.counts["total"]


def complaints(row, case, done):
    """What is wrong with how this ended; the content of the flash is looked at later."""
    if done.seconds > SECONDS:
        yield f"{done.seconds:.1f} s"
    said = [line for line in done.err.splitlines() if line.startswith("bootleap: flash: ")
            and not line.startswith("bootleap: flash: note: ")]
    if done.code == 0 and said:
        yield f"exit code 0, and says {said}"
    if done.code and (done.code not in CODES or len(said) != 1):
        yield f"exit code {done.code}, and {len(said)} messages: {done.err.strip()}"


def attempt(row, case):
    """(exit code, what is wrong) of one case."""
    with tempfile.TemporaryDirectory() as folder:
        with row.board(Path(folder, "flash")) as board:
            done = row.flash(board, f"{case.transfer}:{case.kind}")
            wrong = list(complaints(row, case, done))
            # In what starts the application, it may have been started all the same.
            again = done.code and not board.events("go")
            if again:
                second = row.flash(board)
                if second.code:
                    wrong.append(f"{done.err.strip()}; and again: {second.err.strip()}")
        if not wrong and (again or done.code == 0) and board.flash[:len(row.image)] != row.image:
            wrong.append(f"exit code {done.code}, and flash holds something else")
        return done.code, wrong


def cases_of(rows, every):
    cases = [(row, Case(row.row.slug, transfer, kind))
             for row in rows for transfer in range(1, row.transfers() + 1) for kind in KINDS]
    return cases[every // 2::every]


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("sim", "bootleap", "stage", "folder"):
        parser.add_argument(name)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("slugs", nargs="*")
    tools = parser.parse_intermixed_args(arguments)
    codes, bad = {}, 0
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        rows = [Row(tools, row, folder) for row in usb_rows(tools.folder, tools.slugs)]

        def one(pair):
            try:
                return attempt(*pair)
            except (Wrong, OSError) as error:
                return None, [str(error)]

        cases = cases_of(rows, tools.every)
        for (_, case), (code, wrong) in zip(cases, pool.map(one, cases)):
            codes[code] = codes.get(code, 0) + 1
            bad += bool(wrong)
            for text in wrong:
                print(f"{case}: {text}", flush=True)
    counted = ", ".join(f"{codes[code]} with exit code {code}" for code in sorted(codes, key=str))
    print(f"{len(cases)} cases, {counted}, {bad} findings")
    return 7 if bad or not cases else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
