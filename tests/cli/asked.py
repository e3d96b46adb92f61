# asked.py: the virtual chip shows its size and its option bytes, and the tool goes by them.
# SPDX-License-Identifier: MIT
#
# asked.py SIM BOOTLEAP
import json
import os
import select
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

FACTORY_G4, DBANK = 0xFFEFF8AA, 1 << 22
# What is run, with which options, what the tool is told, and what must be in its answer.
CASES = (
    (("g07", "--flash-size", "64"), (), {
        "flash.bytes": 0x10000, "flash.ground": "chip", "flash.banks": 1, "notes": [],
        "readout_protection": "level 0", "write_protected": [], "write_protection_known": True,
    }),
    (("f10medium", "--size-register", "0xFFFF"), (), {
        "flash.bytes": 0x20000, "flash.ground": "row",
        "notes": ["the flash size register has 65535 (0xFFFF), which is no size of STM32F10xxx "
                  "Medium-density"],
    }),
    (("g47", "--option-word", f"0x1FFF7800={FACTORY_G4 & ~DBANK:#x}"), (), {
        "flash.banks": 1, "flash.layout_sure": True,
        "flash.pages": [{"start": "0x08000000", "first_number": 0, "count": 128, "size": 0x1000}],
    }),
    (("f405", "--option-word", "0x1FFFC008=0xFFFFFFF3"), (), {
        "write_protected": [{"start": "0x08008000", "size": 0x8000, "name": "nWRP"}],
    }),
    (("g07", "--option", "rdp-level-1"), (), {
        "flash.ground": "row", "readout_protection": None, "write_protection_known": False,
        "notes": ["the flash size register could not be read",
                  "the ROM refuses to read option bytes, as it does under readout protection"],
    }),
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


def ask(simulator, tool, chip, told, wanted):
    """What is wrong with what `info` says of this chip."""
    with tempfile.TemporaryDirectory() as folder:
        port = os.path.join(folder, "port")

        command = [simulator, "run", "--device", *chip, "--boot0", "--usart", f"USART1={port}"]
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        while not os.path.exists(port) and running.poll() is None:
            time.sleep(0.005)
        wait_for_rom(port)
        done = subprocess.run([tool, "info", port, "--json", *told], capture_output=True, text=True,
                              check=False)
        running.terminate()
        running.wait()
    if done.returncode != 0:
        return [f"{chip}: exit code {done.returncode}: {done.stderr}"]
    answer = json.loads(done.stdout)
    return [f"{chip}: {key} is {value_of(answer, key)}, not {value}"
            for key, value in wanted.items() if value_of(answer, key) != value]

def main(simulator, tool):
    with ThreadPoolExecutor() as pool:
        answers = pool.map(lambda case: ask(simulator, tool, *case), CASES)
    findings = [finding for answer in answers for finding in answer]
    print("\n".join(findings))
    return 1 if findings else 0

if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
