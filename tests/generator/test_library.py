# test_library.py: the library compiles for every part of the table, with GCC and Clang.
# SPDX-License-Identifier: MIT
import shutil
import subprocess
import sys
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
from devices_load import load_devices  # noqa: E402

SOURCES = sorted((ROOT / "src").glob("*.c"))
# The rest knows nothing of the part: it is compiled for one.
LIBRARY = [path for path in SOURCES if '"bootleap_devices.h"' in path.read_text(encoding="utf-8")]
COMPILERS = (["arm-none-eabi-gcc"], ["clang", "--target=arm-none-eabi"])
OPTIONS = """-std=c11 -ffreestanding -mthumb -Os -Wall -Wextra -Wconversion -Wshadow -Wpedantic
    -Wundef -Werror -c""".split()
HEADER_USE = """
#include "bootleap.h"
#include "bootleap_strerror.h"
int used() { return bootleap_on_reset() + bootleap_enter() + bootleap_probe(); }
const char *said() { return bootleap_strerror(BOOTLEAP_UNPRIVILEGED); }
"""


def compile_library(compiler, core, part, sources=tuple(LIBRARY)):
    command = [*compiler, *OPTIONS, f"-mcpu={core}", f"-D{part}", *map(str, sources)]
    with tempfile.TemporaryDirectory() as folder:
        return subprocess.run(command, text=True, capture_output=True, cwd=folder)


class Library(unittest.TestCase):
    def test_every_part(self):
        refusals = []
        devices = load_devices(ROOT / "devices", refusals)
        self.assertEqual(refusals, [])
        parts = [(device["core"]["name"], part) for device in devices for part in device["parts"]]
        self.assertGreater(len(parts), 0)
        for compiler in COMPILERS:
            self.assertTrue(shutil.which(compiler[0]), compiler[0])
            result = compile_library(compiler, *parts[0], SOURCES)
            self.assertEqual(result.returncode, 0, result.stderr)
            with ThreadPoolExecutor(2) as pool:
                results = pool.map(lambda pair: compile_library(compiler, *pair), parts)
                for (_, part), result in zip(parts, results):
                    with self.subTest(compiler=compiler[0], part=part):
                        self.assertEqual(result.returncode, 0, result.stderr)

    def test_header_is_cpp(self):
        command = ["g++", "-x", "c++", "-std=c++11", "-fsyntax-only", "-Wall", "-Wextra", "-Werror"]
        result = subprocess.run(
            [*command, f"-I{ROOT / 'src'}", "-"], input=HEADER_USE, text=True, capture_output=True
        )
        self.assertEqual(result.returncode, 0, result.stderr)


if __name__ == "__main__":
    unittest.main()
