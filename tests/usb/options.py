# options.py: option bytes and protection over USB, on chips whose BOOT0 is held.
# SPDX-License-Identifier: MIT
"""options.py SIM BOOTLEAP STAGE ROW:NAME=VALUE:UNDO...   RANGE of each is its first page

Each row: a write is refused without the option that says what may be lost, works with it, and its
undo line takes it back; pages are protected; readout protection goes on, and off with all flash.
"""
import json
import sys
from concurrent.futures import ThreadPoolExecutor

from virtual_board import Board, Wrong, on_stage

PORT = "usb:1-1"


class Chip:
    def __init__(self, tools, board):
        self.stage, self.bootleap, self.board = tools[2], tools[1], board

    def run(self, code, *command):
        """What it reports, after this exit code."""
        done = on_stage(self.stage, [self.board], self.bootleap, *command, "--json")
        report = json.loads(done.out)
        if done.code != code or report["exit_code"] != code:
            raise Wrong(f"{' '.join(command)}: exit code {done.code}: {done.err}{done.out}")
        return report

    def value(self, name):
        return self.run(0, "option", "read", PORT, name)["options"][0]["value"]


def equal(found, wanted, what):
    if found != wanted:
        raise Wrong(f"{what}: {found!r}, not {wanted!r}")


def try_row(tools, case):
    slug, change, loss = case.split(":")
    name, value = change.split("=")
    with Board(tools[0], "--device", slug, "--boot0-held") as board:
        chip = Chip(tools, board)
        before = chip.value(name)
        if loss:
            refused = chip.run(5, "option", "write", PORT, change)
            equal(refused["error"]["try"].split(",")[0], loss, "it says which option")
        written = chip.run(0, "option", "write", PORT, change, *([loss] if loss else []))
        equal(chip.value(name), int(value, 0), f"{name} after the write")
        program, *words = written["undo"][0].split()
        equal((program, words[2]), ("bootleap", PORT), "the undo line")
        chip.run(0, *words)
        equal(chip.value(name), before, f"{name} after the undo")
        protected = chip.run(0, "protect", PORT, "--write", "0x08000000+1")["write_protected"]
        equal(protected[0]["start"], "0x08000000", "the first page")
        equal(chip.run(0, "unprotect", PORT)["write_protected"], [], "nothing protected")
        closed = chip.run(0, "protect", PORT, "--readout", "--device", slug)
        equal(closed["readout_protection"].split(":")[0], "on", "readout protection")
        chip.run(5, "unprotect", PORT, "--device", slug)
        opened = chip.run(0, "unprotect", PORT, "--erase-all-flash", "--device", slug)
        equal((opened["readout_protection"], opened["flash_erased"]), ("level 0", True), "open again")


def main(tools, cases):
    failed = []
    with ThreadPoolExecutor(2) as pool:
        for case, one in [(case, pool.submit(try_row, tools, case)) for case in cases]:
            try:
                one.result()
            except Wrong as error:
                failed.append(f"{case}: {error}")
    print("\n".join(failed) or f"{len(cases)} rows")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:4], sys.argv[4:]))
