# virtual_board.py: a virtual chip at a serial port, for as long as a block of code runs.
# SPDX-License-Identifier: MIT
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
from asked import wait_for_rom  # noqa: E402


class VirtualBoard:
    """The block gets the port of the USART. Without an ELF the options must start the ROM."""

    def __init__(self, sim, device, usart, options, elf=None):
        self.scratch = tempfile.TemporaryDirectory()
        self.port = f"{self.scratch.name}/port"
        self.by_pins = "--boot0" in options
        command = [sim, "run", *([elf] if elf else []), "--device", device, *options, "--usart",
                   f"{usart}={self.port}"]
        self.running = subprocess.Popen(command, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)

    def __enter__(self):
        while not Path(self.port).exists() and self.running.poll() is None:
            time.sleep(0.005)
        if self.by_pins:
            wait_for_rom(self.port)
        return self.port

    def __exit__(self, *_):
        self.running.terminate()
        self.running.wait()
        self.scratch.cleanup()
