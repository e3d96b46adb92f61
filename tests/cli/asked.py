# asked.py: the virtual chip shows its size and its option bytes, and the tool goes by them.
# SPDX-License-Identifier: MIT
#
# asked.py SIM BOOTLEAP
import json
import os
import random
import select
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

START = 0x08000000
FACTORY_G4, DBANK = 0xFFEFF8AA, 1 << 22
BYTES = random.Random(14).randbytes(0x8000)

# What is run with which options; what must be in the answer of `info`; and what is flashed then, one
# after the other: offset in flash and bytes, the exit code, and words of the message. What fails
# must change nothing, and what is flashed nothing beside it.
CASES = (
    (("g07", "--flash-size", "64"), {
        "flash.bytes": 0x10000, "flash.ground": "chip", "flash.banks": 1, "notes": [],
        "flash.pages": [{"start": "0x08000000", "first_number": 0, "count": 32, "size": 0x800}],
        "readout_protection": "level 0", "write_protected": [], "write_protection_known": True,
    }, (
        (0xF800, BYTES[:0x800], 0, ""),
        (0xF800, BYTES[:0x801], 2, "too large, the flash of this STM32G07xxx/08xxx ends at 0x0800FFFF"),
    )),
    (("f10medium", "--size-register", "0xFFFF"), {
        "flash.bytes": 0x20000, "flash.ground": "row",
        "notes": ["the flash size register has 65535 (0xFFFF), which is no size of STM32F10xxx "
                  "Medium-density"],
    }, ((0x1FC00, BYTES[:0x400], 0, ""),)),
    (("g47", "--option-word", f"0x1FFF7800={FACTORY_G4 & ~DBANK:#x}"), {
        "flash.banks": 1, "flash.layout_sure": True,
        "flash.pages": [{"start": "0x08000000", "first_number": 0, "count": 128, "size": 0x1000}],
    }, ((0xE000, BYTES, 0, ""), (0x10000, bytes(reversed(BYTES[:0x1000])), 0, ""))),
    (("f405", "--option-word", "0x1FFFC008=0xFFFFFFF3"), {
        "write_protected": [{"start": "0x08008000", "size": 0x8000, "name": "nWRP"}],
    }, (
        (0x4000, BYTES[:0x5000], 5, "1 page from 0x08008000 to 0x0800BFFF is write "
                                    "protected (nWRP): nothing was erased"),
    )),
    (("g07", "--option", "rdp-level-1"), {
        "flash.ground": "row", "readout_protection": None, "write_protection_known": False,
        "notes": ["the flash size register could not be read",
                  "the ROM refuses to read option bytes, as it does under readout protection"],
    }, ()),
)


def value_of(answer, key):
    for part in key.split("."):
        answer = answer[part]
    return answer


def wait_for_rom(port):
    """Until it listens; then it is left with half a command, as the tool leaves it."""
    line = os.open(port, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    for count in range(200):
        os.write(line, b"\x7f")
        answer = os.read(line, 1) if select.select([line], [], [], 0.03)[0] else b""
        if answer == b"\x1f" or (answer == b"\x79" and count == 0):
            break
    os.write(line, b"\x7f")
    time.sleep(0.005)
    os.close(line)


class Tool:
    """The tool at one virtual chip."""

    def __init__(self, path, port):
        self.path, self.port, self.findings = path, port, []
        self.flash = {}  # offset -> byte that must be there; 0xFF elsewhere

    def run(self, *arguments):
        return subprocess.run([self.path, *arguments], capture_output=True, text=True, check=False)

    def info(self, wanted):
        done = self.run("info", self.port, "--json")
        if done.returncode != 0:
            self.findings.append(f"info: {done.stderr}")
            return
        answer = json.loads(done.stdout)
        for key, value in wanted.items():
            if value_of(answer, key) != value:
                self.findings.append(f"{key} is {value_of(answer, key)}, not {value}")

    def write(self, offset, content, code, words):
        path = self.port + ".bin"
        with open(path, "wb") as file:
            file.write(content)
        done = self.run("flash", path, self.port, "--address", f"{START + offset:#x}", "--no-go")
        if done.returncode != code or words not in done.stderr:
            self.findings.append(f"flash at 0x{offset:X}: {done.returncode}: {done.stderr}")
        if code == 0:
            self.flash |= {offset + i: byte for i, byte in enumerate(content)}

    def compare(self, flash):
        wrong = [i for i, byte in enumerate(flash) if byte != self.flash.get(i, 0xFF)]
        if wrong:
            self.findings.append(f"{len(wrong)} bytes of flash differ, the first at 0x{wrong[0]:X}")


def run(simulator, path, chip, wanted, writes):
    """What is wrong with what the tool says of this chip and does to it."""
    with tempfile.TemporaryDirectory() as folder:
        port, dump = os.path.join(folder, "port"), os.path.join(folder, "flash")
        command = [simulator, "run", "--device", *chip, "--boot0", "--usart", f"USART1={port}"]
        running = subprocess.Popen([*command, "--flash", dump], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        while not os.path.exists(port) and running.poll() is None:
            time.sleep(0.005)
        wait_for_rom(port)
        tool = Tool(path, port)
        tool.info(wanted)
        for write in writes:
            tool.write(*write)
        running.terminate()
        running.wait()
        with open(dump, "rb") as file:
            tool.compare(file.read())
    return [f"{chip}: {finding}" for finding in tool.findings]


def main(simulator, path):
    with ThreadPoolExecutor() as pool:
        answers = pool.map(lambda case: run(simulator, path, *case), CASES)
    findings = [finding for answer in answers for finding in answer]
    print("\n".join(findings))
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
