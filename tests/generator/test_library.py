# test_library.py: src/bootleap.c compiles for each row of the table, with GCC and Clang.
# SPDX-License-Identifier: MIT
"""One part of each row: all parts of a row have the same constants (test_firmware_header.py
compiles the header for every part)."""
import shutil
import subprocess
import sys
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
from devices_load import load_devices  # noqa: E402

LIBRARY = ROOT / "src" / "bootleap.c"
COMPILERS = (["arm-none-eabi-gcc"], ["clang", "--target=arm-none-eabi"])
OPTIONS = """-std=c11 -ffreestanding -mthumb -Os -Wall -Wextra -Wconversion -Wshadow -Wpedantic
    -Wundef -Werror -c -o /dev/null""".split()
HEADER_USE = """
#include "bootleap.h"
int used() { return bootleap_on_reset() + bootleap_enter(); }
"""


def compile_library(compiler, device):
    command = [*compiler, *OPTIONS, f"-mcpu={device['core']['name']}", f"-D{device['parts'][0]}"]
    return subprocess.run([*command, str(LIBRARY)], text=True, capture_output=True)


class Library(unittest.TestCase):
    def test_every_row(self):
        refusals = []
        devices = load_devices(ROOT / "devices", refusals)
        self.assertEqual(refusals, [])
        for compiler in COMPILERS:
            if not shutil.which(compiler[0]):
                continue
            with ThreadPoolExecutor(2) as pool:
                results = pool.map(lambda device: compile_library(compiler, device), devices)
                for device, result in zip(devices, results):
                    with self.subTest(compiler=compiler[0], device=device.slug):
                        self.assertEqual(result.returncode, 0, result.stderr)

    def test_header_is_cpp(self):
        if not shutil.which("g++"):
            self.skipTest("g++ is not installed")
        command = ["g++", "-x", "c++", "-std=c++11", "-fsyntax-only", "-Wall", "-Wextra", "-Werror"]
        result = subprocess.run(
            [*command, f"-I{LIBRARY.parent}", "-"], input=HEADER_USE, text=True, capture_output=True
        )
        self.assertEqual(result.returncode, 0, result.stderr)


if __name__ == "__main__":
    unittest.main()
