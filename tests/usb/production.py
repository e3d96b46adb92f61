# production.py: bootleap flash --all on virtual boards on USB: all are flashed, and closed.
# SPDX-License-Identifier: MIT
"""production.py SIM BOOTLEAP STAGE SLUG...

A board of each SLUG, in its ROM. A run with --loop, until Ctrl-C, flashes each of them once with data of
its own and sets readout protection;
a second one gets nothing out of them, and takes no row."""
import json
import struct
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from virtual_board import Board, on_stage

FIRST = 1000
INTERRUPTED = ["timeout", "--preserve-status", "-s", "INT", "2.5"]


def flash(tools, boards, folder, *before):
    done = on_stage(tools[2], boards, *before, tools[1], "flash", Path(folder, "app.bin"), "--all",
                    "--address", "0x08000000", "--set", f"0x08004000={folder}/units.csv",
                    "--then-protect", "--record", Path(folder, "log"), "--json",
                    *(["--loop"] if before else []), ready=len(boards))
    return done.code, json.loads(done.out)


def main(tools, slugs):
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        image = struct.pack("<II", 0x20001000, 0x08000101) + bytes(range(252)) * 2
        Path(folder, "app.bin").write_bytes(image)
        Path(folder, "units.csv").write_text("serial:u32\n" + "".join(
            f"{FIRST + row}\n" for row in range(len(slugs) + 1)), encoding="utf-8")
        boards = [stack.enter_context(Board(tools[0], "--device", slug, "--boot0-held", "--flash",
                                            Path(folder, f"{number}.flash")))
                  for number, slug in enumerate(slugs)]
        # All are back in their ROMs at the same places, and none is taken for another board.
        code, report = flash(tools, boards, folder, *INTERRUPTED)
        assert code == 0 and len(report["boards"]) == len(slugs), report
        assert {one["readout_protection"] for one in report["boards"]} == {"seen"}, report
        code, again = flash(tools, boards, folder)
        assert code == 4 and again["failed"] == len(slugs), again
        assert "as under readout protection" in again["boards"][0]["error"]["what"], again
        assert again["rows_left"] == 1 and not any(one["row"] for one in again["boards"]), again
        lines = [json.loads(line) for line in Path(folder, "log").read_text().splitlines()]
        assert len(lines) == 2 * len(slugs) and len({one["port"] for one in lines}) == len(slugs)
        rows = {one["port"]: one["row"]["line"] for one in report["boards"]}
        assert sorted(rows.values()) == list(range(2, len(slugs) + 2)), rows
        stack.close()
        for number, board in enumerate(boards):
            serial = struct.unpack_from("<I", board.flash, 0x4000)[0]
            assert board.flash[:len(image)] == image, f"board {number}"
            assert serial == FIRST + rows[f"usb:1-{number + 1}"] - 2, (number, serial, rows)
    print(f"{len(slugs)} boards")


if __name__ == "__main__":
    main(sys.argv[1:4], sys.argv[4:])
