# fake_chip.py: a fake chip on a pseudo-terminal for as long as a `with` lasts.
# SPDX-License-Identifier: MIT
import subprocess
import tempfile
import time
from pathlib import Path

# As chip.sh has it: what the ROM of this device answers.
G0B1 = {
    "product": "0x467",
    "id": "0x92",
    "id-at": "0x1FFF9FFE",
    "pages": "128x2048@0,128x2048@256",
    "unit": "8",
    "bank2": "256",
}
NEVER_WRITTEN = 0xA5  # what fake_rom fills its flash with


class Chip:
    """fake_rom with these keys, see fake_main.c, in a folder of its own."""

    def __init__(self, fake_rom, device, **keys):
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = Path(self.temporary.name)
        self.port, self.log, self.dump = (self.folder / name for name in ("port", "log", "dump"))
        words = device | keys | {"log": self.log, "dump": self.dump}
        command = [fake_rom, self.port, *(f"{key}={value}" for key, value in words.items())]
        self.process = subprocess.Popen(command)

    def __enter__(self):
        while not self.port.is_symlink():
            if self.process.poll() is not None:
                raise RuntimeError("the fake chip does not start")
            time.sleep(0.005)
        return self

    def __exit__(self, *_):
        self.stop()
        self.temporary.cleanup()

    def stop(self):
        """Ends the chip, which then writes its flash to the dump."""
        self.process.terminate()
        self.process.wait()

    def run(self, *command):
        return subprocess.run(command, capture_output=True, text=True, check=False,
                              stdin=subprocess.DEVNULL)

    def is_untouched(self):
        """Whether nothing was erased or written. Ends the chip."""
        self.stop()
        told = any(line.startswith(("erase", "write")) for line in self.log.read_text().splitlines())
        return not told and set(self.dump.read_bytes()) == {NEVER_WRITTEN}
