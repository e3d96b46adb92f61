# test_library.py: the library compiles for every part of the table, with GCC and Clang.
# SPDX-License-Identifier: MIT
"""A file of the library sees of the part what bootleap_devices.h defines for it, and its core. So
parts for which the macros that a file names mean the same are one configuration of this file,
which is compiled once."""
import re
import subprocess
import sys
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from configurations import macros_of_parts, parts

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
from table.load import load_devices  # noqa: E402

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
COMMENT_OR_STRING = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"', re.DOTALL)
WORD = re.compile(r"\w+")
INCLUDED = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)


def words_of(path):
    """Every word of the file and of the private headers that it includes, but for the table's."""
    text = path.read_text(encoding="utf-8")
    text = COMMENT_OR_STRING.sub(lambda found: found[0] if found[0][0] == '"' else " ", text)
    words = set(WORD.findall(text))
    for name in INCLUDED.findall(text):
        if name != "bootleap_devices.h":
            words |= words_of(path.parent / name)
    return words


def configuration(words, macros):
    """What these words mean: each macro among them, and those that their definitions name."""
    found, names = {}, set(words)
    while names := {name for name in names if name in macros and name not in found}:
        found |= {name: macros[name] for name in names}
        names = {word for name in names for word in WORD.findall(macros[name])}
    return frozenset(found.items())


def configurations(rows, macros):
    """(file, core, meaning of its words): the parts for which it is so."""
    found = {}
    for path in LIBRARY:
        words = words_of(path)
        for core, part in rows:
            key = (path, core, configuration(words, macros[part]))
            found.setdefault(key, []).append(part)
    return found


def compile_library(compiler, core, part, sources):
    command = [*compiler, *OPTIONS, f"-mcpu={core}", f"-D{part}", *map(str, sources)]
    with tempfile.TemporaryDirectory() as folder:
        return subprocess.run(command, text=True, capture_output=True, cwd=folder)


class Library(unittest.TestCase):
    def setUp(self):
        refusals = []
        devices = load_devices(ROOT / "devices", refusals)
        self.assertEqual(refusals, [])
        self.rows = [(device["core"]["name"], part) for device in devices for part in device["parts"]]
        self.assertGreater(len(self.rows), 0)
        self.assertEqual(sorted(part for _, part in self.rows), sorted(parts()))

    def macros(self):
        """Of each part, on its core; both compilers say the same."""
        macros = {}
        for core in sorted({core for core, _ in self.rows}):
            chosen = [part for own, part in self.rows if own == core]
            options = ["-mthumb", f"-mcpu={core}"]
            gcc, clang = (macros_of_parts([*one, *options], chosen) for one in COMPILERS)
            self.assertEqual(sorted(gcc), sorted(chosen))
            for part in chosen:
                table = [{name: said[part][name] for name in said[part] if is_ours(name)}
                         for said in (gcc, clang)]
                self.assertEqual(*table, part)
                macros[part] = table[0]
        return macros

    def test_every_part(self):
        found = configurations(self.rows, self.macros())
        compiled = sorted((path, part) for (path, *_), some in found.items() for part in some)
        wanted = sorted((path, part) for path in LIBRARY for _, part in self.rows)
        self.assertEqual(compiled, wanted, "a part is in no configuration")
        # Files of one first part are one command.
        commands = {}
        for (path, core, _), some in found.items():
            commands.setdefault((core, some[0]), []).append(path)
        print(f"{len(self.rows)} parts, {len(found)} configurations of {len(LIBRARY)} files")
        for compiler in COMPILERS:
            result = compile_library(compiler, *self.rows[0], SOURCES)
            self.assertEqual(result.returncode, 0, result.stderr)
            with ThreadPoolExecutor(2) as pool:
                results = pool.map(
                    lambda one: compile_library(compiler, *one[0], one[1]), commands.items()
                )
                for (_, part), result in zip(commands, results):
                    with self.subTest(compiler=compiler[0], part=part):
                        self.assertEqual(result.returncode, 0, result.stderr)

    def test_header_is_cpp(self):
        command = ["g++", "-x", "c++", "-std=c++11", "-fsyntax-only", "-Wall", "-Wextra", "-Werror"]
        result = subprocess.run(
            [*command, f"-I{ROOT / 'src'}", "-"], input=HEADER_USE, text=True, capture_output=True
        )
        self.assertEqual(result.returncode, 0, result.stderr)


def is_ours(name):
    return name.startswith(("BOOTLEAP", "STM32"))


if __name__ == "__main__":
    unittest.main()
