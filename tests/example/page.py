#!/usr/bin/env python3
# page.py: runs the commands of docs/boards.md as they stand, on a virtual board.
# SPDX-License-Identifier: MIT
"""page.py BOOTLEAP SIM

Each block of sh is run, in order, in an empty folder. Both ports of the page are that of a virtual
chip, which the page starts; the reports that are printed must be the page's, but for `on`."""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE)]
from virtual_board import VirtualBoard  # noqa: E402

PAGE = HERE.parents[1] / "docs/boards.md"
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.M | re.S)
REPORT = re.compile(r"^bootleap-report .*$", re.M)
BOARD = re.compile(r"^bootleap-sim run --device (\w+) (--boot0) --usart (\w+)=/tmp/board$", re.M)
PORTS = re.compile(r"/dev/ttyUSB0|/tmp/board")


def main(bootleap, sim):
    page = PAGE.read_text(encoding="utf-8")
    blocks, shown, said = BLOCK.findall(page), REPORT.findall(page), ""
    device, option, usart = BOARD.search(page).groups()
    with tempfile.TemporaryDirectory() as folder, VirtualBoard(sim, device, usart, [option]) as port:
        for block in blocks:
            script = PORTS.sub(port, block)
            done = subprocess.run(["bash", "-euc", f'PATH="{Path(bootleap).resolve().parent}:$PATH"\n{script}'],
                                  cwd=folder, capture_output=True, text=True, check=False)
            said += done.stdout
            if done.returncode or done.stderr:
                print(f"{block}exit code {done.returncode}: {done.stdout}{done.stderr}")
                return 1
    printed = [line.replace("on=virtual-chip", "on=board") for line in REPORT.findall(said)]
    # The virtual chip has another revision, and its ROM is the newest that is known.
    same = [re.sub(r"idcode=\w+", "idcode=", line) for line in (*printed, *shown)]
    if len(blocks) < 5 or len(same) != 3 or len(set(same)) != 1:
        print(f"{len(blocks)} blocks; the page shows {shown}, the chip prints {printed}")
        return 1
    return 0


sys.exit(main(*sys.argv[1:]))
