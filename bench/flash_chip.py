# flash_chip.py: a virtual chip in its ROM behind a paced line, and one host on it.
# SPDX-License-Identifier: MIT
import json
import subprocess
import time
from pathlib import Path

from flash_images import elf
from flash_minimum import Bytes

SECONDS_PER_BYTE = 11 / 115200
WAIT = 20
SETTLED = 0.3  # until the ROM listens


class BenchError(Exception):
    """A run that is no measurement: its text says what went wrong."""


class Chip:
    """A chip that holds `content` and starts its ROM by BOOT0. end() afterwards."""

    def __init__(self, build, row, content, folder):
        self.folder = Path(folder)
        self.flash = self.folder / "flash"
        self.port = self.folder / "line"
        file, terminal = self.folder / "content.elf", self.folder / "chip"
        file.write_bytes(elf(content, row["flash"]["start"]))
        self.log = open(self.folder / "log", "w", encoding="utf-8")
        self.sim = self._start(
            [build / "bootleap-sim", "run", file, "--device", row["slug"], "--boot0", "--accept", "nothing",
             "--usart", f"USART1={terminal}", "--flash", self.flash, "--events", self.folder / "events"],
            self.log)
        self._await(lambda: terminal.exists() and self._is_in_rom())
        self.line = self._start([build / "paced-line", terminal, self.port], subprocess.PIPE)
        self._await(self.port.exists)
        time.sleep(SETTLED)

    def _start(self, command, out):
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=self.log, text=True)

    def _is_in_rom(self):
        events = self.folder / "events"
        return events.exists() and '"start"' in events.read_text(encoding="utf-8")

    def _await(self, there):
        end = time.monotonic() + WAIT
        while not there():
            if time.monotonic() > end or self.sim.poll() is not None:
                raise BenchError((self.folder / "log").read_text(encoding="utf-8"))
            time.sleep(0.02)

    def end(self):
        """What went over the line, its seconds, and the content of flash."""
        self.line.terminate()
        text, _ = self.line.communicate()
        self.sim.terminate()
        self.sim.wait()  # its judgement of an application without sense is of no interest here
        self.log.close()
        record = json.loads(text)
        return (Bytes(record["to_chip"], record["to_host"]), record["seconds"],
                self.flash.read_bytes())
