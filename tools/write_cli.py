#!/usr/bin/env python3
# write_cli.py: runs the commands of docs/cli.md and puts what they print below them.
# SPDX-License-Identifier: MIT
"""write_cli.py [--check] [--build FOLDER]

Every line of docs/cli.md that begins with "$ " in a block of `console` is run by bash, in order, in
a new folder. What it prints replaces what stands below it. `bootleap-sim run ... &` plugs in a board
and begins another new folder: from there on, nothing of what stood before may be needed.
`bootleap list` sees the adapters of tests/usb/adapters.umockdev.

With --check nothing is written: the page must be what would be written, decimal numbers left aside,
which depend on the compiler's version."""
import argparse
import difflib
import os
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "tests/cli"))
from asked import wait_for_rom  # noqa: E402

PAGE = ROOT / "docs/cli.md"
TMP = "temp/"  # stands for /tmp/ while it runs: as long, so that columns are where they will be
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)
ADAPTERS = f"umockdev-run -d {ROOT}/tests/usb/adapters.umockdev -- bootleap list"
NUMBER = re.compile(r"(?<![0-9A-Fa-fxX])\d+(?![0-9A-Fa-fxX])")
PATIENCE = 20  # seconds for a board to start


class Session:
    """Somebody's shell, with a board plugged in."""

    def __init__(self, build, folder):
        self.folder, self.board = folder, None
        Path(folder, TMP).mkdir()
        Path(folder, "build").symlink_to(ROOT / "build")
        self.environment = dict(os.environ, PATH=f"{build}:{os.environ['PATH']}", COLUMNS="100")

    def real(self, command):
        return re.sub(r"^bootleap list$", ADAPTERS, command.replace("/tmp/", TMP))

    def plug_in(self, command):
        self.unplug()
        port = Path(self.folder, re.search(r"--usart \w+=(\S+)", self.real(command))[1])
        with open(f"{self.folder}/board.said", "wb") as said:
            self.board = subprocess.Popen(["bash", "-c", "exec " + self.real(command).rstrip(" &")],
                                          cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
                                          stdout=said, stderr=said)
        end = time.monotonic() + PATIENCE
        while not os.path.lexists(port) and time.monotonic() < end and self.board.poll() is None:
            time.sleep(0.01)
        if "--boot0" in command:
            wait_for_rom(port)

    def unplug(self):
        if self.board:
            self.board.terminate()
            self.board.wait()
            self.board = None

    def type(self, command):
        """What stands below the command."""
        if command.endswith(" &"):
            self.plug_in(command)
            return ""
        done = subprocess.run(["bash", "-c", self.real(command)], cwd=self.folder, env=self.environment,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, timeout=60,
                              stderr=subprocess.STDOUT, check=False, text=True)
        said = done.stdout.replace(TMP, "/tmp/")
        return "".join(line.rstrip() + "\n" for line in said.splitlines())


def visits(commands):
    """The commands in runs that begin where a board is plugged in."""
    runs = [[]]
    for command in commands:
        if command.endswith(" &") and runs[-1]:
            runs.append([])
        runs[-1].append(command)
    return runs


def printed(build, commands):
    """What each of these prints, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        session = Session(build, folder)
        try:
            return [session.type(command) for command in commands]
        finally:
            session.unplug()


def written(page, build):
    """The page with what its commands print now."""
    blocks = [[line[2:] for line in block.splitlines() if line.startswith("$ ")]
              for block in BLOCK.findall(page)]
    with ThreadPoolExecutor() as pool:
        runs = pool.map(lambda run: printed(build, run), visits(sum(blocks, [])))
        below = iter([text for run in runs for text in run])

    def block(found):
        lines = [line for line in found[1].splitlines() if line.startswith("$ ")]
        return "```console\n" + "".join(f"{line}\n{next(below)}" for line in lines) + "```"

    return BLOCK.sub(block, page)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if stale")
    parser.add_argument("--build", type=Path, default=ROOT / "build", help="folder of the programs")
    options = parser.parse_args()
    page = PAGE.read_text(encoding="utf-8")
    now = written(page, options.build.resolve())
    if not options.check:
        PAGE.write_text(now, encoding="utf-8")
        return 0
    same, other = (re.sub(" +", " ", NUMBER.sub("N", text)).splitlines() for text in (page, now))
    stale = [*difflib.unified_diff(same, other, "docs/cli.md", "now", lineterm="", n=1)]
    print("\n".join(stale) or f"{page.count(chr(10) + '$ ')} commands")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
