# test_library.py: the library compiles for every part of the table, with GCC and Clang.
# SPDX-License-Identifier: MIT
"""A file of the library sees of the part what bootleap_devices.h defines for it, and its core. So
parts for which the macros that a file names mean the same are one configuration of this file,
which is compiled once. Starting Clang takes as long as compiling a file: one process compiles many."""
import re
import shlex
import shutil
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
GCC, CLANG = COMPILERS = (["arm-none-eabi-gcc"], ["clang", "--target=arm-none-eabi"])
AT_ONCE = 40  # files
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


def clang_for(core):
    """The command with which Clang's driver compiles a file for this core, without the file: unlike the
    driver, which starts it once a file, it takes several."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "one.c").touch()
        command = [*CLANG, "-###", *OPTIONS, f"-mcpu={core}", "one.c"]
        said = subprocess.run(command, text=True, capture_output=True, cwd=folder, check=True).stderr
    words = shlex.split(said.splitlines()[-1])
    for option, value in (("-main-file-name", "one.c"), ("-o", "one.o")):
        place = words.index(option)
        if words[place : place + 2] != [option, value]:
            raise AssertionError(said)
        del words[place : place + 2]
    words.remove("one.c")
    return [word for word in words if word != "-disable-free"]


def compile_with_clang(command, files):
    """Of each (part, source) a file that defines the macro of the part. Returns what Clang says of
    each that it refuses: it ends at the first, and is started again for those behind it."""
    said = []
    with tempfile.TemporaryDirectory() as folder:
        names = [f"{part}-{source.name}" for part, source in files]
        for name, (part, source) in zip(names, files):
            text = f'#define {part} 1\n#include "{source}"\n'
            Path(folder, name).write_text(text, encoding="utf-8")
        while names:
            result = subprocess.run([*command, *names], text=True, capture_output=True, cwd=folder)
            left = [name for name in names if not Path(folder, name).with_suffix(".o").exists()]
            if left or result.returncode:
                said.append(f"{(left or names)[0]}: {result.stderr}")
            names = left[1:]
    return said


def instructions(stays):
    """Of bootleap.c for one part, as objdump prints them, with this value of CLEAR_STAYS."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "src", folder, dirs_exist_ok=True)
        header = Path(folder) / "bootleap_devices.h"
        text = header.read_text(encoding="utf-8")
        header.write_text(re.sub(r"(_CLEAR_STAYS) \d", rf"\1 {stays}", text), encoding="utf-8")
        subprocess.run(["arm-none-eabi-gcc", *OPTIONS, "-mcpu=cortex-m0plus", "-DSTM32G0B1xx",
                        "bootleap.c"], cwd=folder, check=True)
        text = subprocess.run(["arm-none-eabi-objdump", "-d", "--no-show-raw-insn", "bootleap.o"],
                              cwd=folder, check=True, text=True, capture_output=True).stdout
    lines = (line.split("\t") for line in text.splitlines())
    return [" ".join(line[1:3]) for line in lines if len(line) > 2]


class Library(unittest.TestCase):
    def find_rows(self):
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
        self.find_rows()
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
        self.compile_with_gcc(commands)
        self.compile_with_clang(commands)

    def compile_with_gcc(self, commands):
        with ThreadPoolExecutor(2) as pool:
            results = pool.map(lambda one: compile_library(GCC, *one[0], one[1]), commands.items())
            for (_, part), result in zip(commands, results):
                with self.subTest(compiler="gcc", part=part):
                    self.assertEqual(result.returncode, 0, result.stderr)

    def compile_with_clang(self, commands):
        of_core = {}
        for (core, part), sources in commands.items():
            of_core.setdefault(core, []).extend((part, source) for source in sources)
        batches = [
            (clang_for(core), files[first : first + AT_ONCE])
            for core, files in of_core.items()
            for first in range(0, len(files), AT_ONCE)
        ]
        with ThreadPoolExecutor(2) as pool:
            for refused in pool.map(lambda batch: compile_with_clang(*batch), batches):
                with self.subTest(compiler="clang"):
                    self.assertEqual(refused, [])

    def test_clear_bit_that_stays(self):
        """Where RMVF does not go back to 0 by itself, the library writes that 0, and only there."""
        cleared = ["orrs r4, r2", "str r4, [r1, #0]"]
        written_back = ["bics r4, r2", "str r4, [r1, #0]"]
        for stays in 0, 1:
            code = instructions(stays)
            first = code.index(cleared[0])
            self.assertEqual(code[first : first + 2], cleared)
            self.assertEqual(code[first + 2 : first + 4] == written_back, bool(stays))

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
