# every_row.py: each row's application asks, its ROM is flashed over USB, and the application runs.
# SPDX-License-Identifier: MIT
"""every_row.py SIM BOOTLEAP STAGE FOLDER [--table] [--limits] [SLUG...]

FOLDER is build/matrix/gcc-Os. By `bootleap`, and beside it by Debian's dfu-util into a chip that is
held in its ROM: how many control transfers both take. With --table it prints the table of
docs/proof.md. With --limits these must hold, too, from the first erase to the leave:

  transfers <= 3 x (blocks + erases) + uploads + 16        on every row
  without what reads back <= 0.60 x dfu-util's download    where blocks have 2048 bytes, and the
  with all                <= 0.75 x                        image fills sectors of 16 KB and more
"""
import argparse
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from usb_rows import BLOCK, PAGES, usb_rows
from virtual_board import Board, Wrong, on_stage

ALONE, VERIFIED = 0.60, 0.75
LARGE = 16 * 1024  # bytes of a sector: an erase of less is a larger part of the work than a write
GONE, GONE_SAID = 74, "dfu-util: Error during download get_status"


class Figures(NamedTuple):
    """Control transfers of one row."""

    way: str
    blocks: int
    erases: int
    before: int  # the first erase: to ask the application, to know the chip, to compare
    transfers: int  # from then on
    limit: int
    alone: int  # of these without those that read back
    stranger: int  # all of dfu-util's


def limit_of(kinds):
    return (3 * (kinds.count("block") + kinds.count("erase")) + kinds.count("upload") +
            kinds.count("commands") + 16)


def reading(kinds):
    """How many transfers serve reading: uploads, and what stands between them and a write."""
    return sum(1 for at, kind in enumerate(kinds)
               if kind == "upload" or (kind == "abort" and "upload" in kinds[at - 1:at + 2]))


def await_application(board, row, who, starts):
    """Until the ROM has started it, and it has noticed that and has reset the chip."""
    if not board.await_events("go", 1) or (row.notices and not board.await_events("start", starts)):
        raise Wrong(f"{who}: the application does not run")


def by_bootleap(tools, row, path):
    way = ("--usb-device", "dfu") if row.enters else ("--boot0",)
    flash = path.with_suffix(".flash")
    board = Board(tools.sim, row.elf, "--device", row.slug, "--flash", flash, *way)
    with board:
        done = on_stage(tools.stage, [board], tools.bootleap, "flash", path, "usb:1-1",
                        "--device", row.slug, "--address", f"{row.start:#x}", "--start-wait", "0")
        if done.code:
            raise Wrong(f"bootleap: exit code {done.code}: {done.err.strip()}")
        await_application(board, row, "bootleap", 3 if row.enters else 2)
    why = board.came_back() if row.enters else None
    if why or board.flash[:len(row.image)] != row.image:
        raise Wrong(f"bootleap: {why or 'flash holds something else'}")
    return done


def by_dfu_util(tools, row, path):
    flash = path.with_suffix(".flash")
    board = Board(tools.sim, row.elf, "--device", row.slug, "--flash", flash, "--boot0")
    with board:
        done = on_stage(tools.stage, [board], "dfu-util", "-a", "0", "-s", f"{row.start:#x}:leave",
                        "-D", path)
        said = done.err.strip().splitlines()[-1] if done.err else ""
        # It takes a device that is gone for a failure.
        if done.code and not (row.leaves_first and done.code == GONE and said == GONE_SAID):
            raise Wrong(f"dfu-util: exit code {done.code}: {said}")
        await_application(board, row, "dfu-util", 2)
    if board.flash[:len(row.image)] != row.image:
        raise Wrong("dfu-util: flash holds something else")
    return done


def measure(tools, row):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "image.bin")
        path.write_bytes(row.image)
        ours, theirs = by_bootleap(tools, row, path), by_dfu_util(tools, row, path)
    kinds = [line.split()[2] for line in ours.log.splitlines()]
    before = kinds.index("erase")
    kinds = kinds[before:]
    return Figures("requested over USB" if row.enters else "BOOT0", kinds.count("block"),
                   kinds.count("erase"), before, len(kinds), limit_of(kinds),
                   len(kinds) - reading(kinds), theirs.counts["total"])


def findings(row, figures):
    """What is beyond a limit."""
    if figures.transfers > figures.limit:
        yield f"{figures.transfers} transfers, {figures.limit} are allowed"
    large = len(row.image) >= LARGE * figures.erases
    if row.block != BLOCK or figures.erases > PAGES or not large:
        return
    for what, count, most in (("writing", figures.alone, ALONE),
                              ("with verify", figures.transfers, VERIFIED)):
        if count > most * figures.stranger:
            yield f"{what}: {count} transfers, dfu-util has {figures.stranger}: more than {most} x"


def print_row(row, figures, table):
    if table:
        print(f"| {row.slug} | {figures.way} | {len(row.image)} | {figures.blocks} | "
              f"{figures.erases} | {figures.before} | {figures.transfers} of {figures.limit} | "
              f"{figures.stranger} | {figures.alone / figures.stranger:.2f} | "
              f"{figures.transfers / figures.stranger:.2f} | "
              f"{(figures.before + figures.transfers) / figures.stranger:.2f} |")


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("sim", "bootleap", "stage", "folder"):
        parser.add_argument(name)
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--limits", action="store_true")
    parser.add_argument("slugs", nargs="*")
    tools = parser.parse_intermixed_args(arguments)
    rows = list(usb_rows(tools.folder, tools.slugs))
    bad = 0

    def attempt(row):
        try:
            return measure(tools, row)
        except (Wrong, OSError) as error:
            return error

    if tools.table:
        print("| row | entered | bytes | blocks | erases | before | flashing | dfu-util's | writing "
              "| flashing | all |\n|---|---|---|---|---|---|---|---|---|---|---|")
    with ThreadPoolExecutor(2) as pool:
        for row, result in zip(rows, pool.map(attempt, rows)):
            wrong = []
            if isinstance(result, Exception):
                wrong = [str(result)]
            elif tools.limits:
                wrong = list(findings(row, result))
            bad += len(wrong)
            for one in wrong:
                print(f"{row.slug}: {one}", file=sys.stderr)
            if not isinstance(result, Exception):
                print_row(row, result, tools.table)
    print(f"{len(rows)} rows, {bad} findings", file=sys.stderr)
    return 7 if bad or not rows else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
