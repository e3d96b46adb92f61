# command_line.py: what bootleap-check refuses, and what its options and its input change.
# SPDX-License-Identifier: MIT
"""command_line.py CHECK BUILD STRIP

CHECK is run on what cannot be checked, on stripped files, and with its output cut off."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

CHECK, BUILD, STRIP = sys.argv[1:4]
FOLDER = Path(BUILD, "check")
GOOD = str(FOLDER / "fixtures/cache_cleaned.h723.gcc-Os.elf")
BAD = str(FOLDER / "fixtures/cache_dirty.h723.gcc-Os.elf")
# A jump in a handler: its callers decide some of it; bootleap twice with one mark.
DIFFERS = str(FOLDER / "fixtures/backup_open.g47.gcc-Os.elf")  # without --device, from row to row
AS_FOUND = str(FOLDER / "fixtures/in_handler.g47.gcc-Os.elf")
MARK = str(FOLDER / "fixtures/hook_early.u575.gcc-Os.elf")
SAME_MARK = str(FOLDER / "fixtures/hook_late.u575.clang-Os.elf")
NOTHING = str(FOLDER / "no_entry/scheduler.h723.gcc-Os.elf")
STRIPPED = ("fixtures/cache_dirty.h723.gcc-Os.elf", "fixtures/request_cleared.g0b1.clang-Os.elf",
            "fixtures/in_handler.g47.gcc-Os.elf", "grid/task.h723.clang-O0.elf",
            "grid/on_again.h723.clang-O0.elf", "grid/other_rom.h723.clang-O0.elf")
ONE_LINE = re.compile(r"bootleap-check: .+\. Try: .+\n")


def run(*words, **more):
    return subprocess.run([CHECK, *map(str, words)], capture_output=True, text=True, check=False,
                          stdin=subprocess.DEVNULL, **more)


def findings(*words):
    """What is found without its names: where, by addresses, and what follows from it."""
    report = json.loads(run(*words, "--json").stdout)

    def told(finding):
        place = finding["place"] or {}
        return (finding["rule"], finding["about"], finding["verdict"], finding["severity"],
                place.get("pc"))
    return ([(entry["pc"], entry["origin"], entry["points"], [told(one) for one in entry["findings"]])
             for entry in report["entries"]], [told(one) for one in report["findings"]])


class CommandLine(unittest.TestCase):
    def refused(self, pattern, *words, code=2):
        done = run(*words)
        self.assertEqual(done.returncode, code, words)
        self.assertRegex(done.stderr, pattern)
        self.assertTrue(ONE_LINE.fullmatch(done.stderr), done.stderr)
        self.assertEqual(done.stdout, "")

    def test_the_words(self):
        self.refused("no ELF is named", "--strict")
        self.refused("2 files are too many", GOOD, BAD)
        self.refused("--devcie: .*Try: --device", GOOD, "--devcie", "h723")
        self.refused('"h724": no device.*Try: --device h723', GOOD, "--device", "h724")
        self.refused("the name of the device: it is empty", GOOD, "--device", "")
        self.refused("4 devices fit", GOOD, "--device", "STM32H7")
        self.refused("option --device: its value is missing", GOOD, "--device")
        self.refused("--quiet=1: it takes no value", GOOD, "--quiet=1")
        self.refused("-x: is not an option of bootleap-check", "-x", GOOD)
        self.refused("--accept nothing: .*Try: one of: no-entry", GOOD, "--accept", "nothing")
        self.refused("--explain E10: there is no such rule", "--explain", "E10")
        self.refused("--explain E10: there is no such rule", "--explain=E10")
        self.refused("--explain takes one rule, and no ELF", GOOD, "--explain", "E1")

    def test_the_file(self):
        with tempfile.TemporaryDirectory() as name:
            folder, whole = Path(name), Path(GOOD).read_bytes()
            (folder / "a.hex").write_text(":00000001FF\n", encoding="ascii")
            (folder / "empty").touch()
            (folder / "short").write_bytes(whole[:200])
            (folder / "big-endian").write_bytes(whole[:5] + b"\x02" + whole[6:])
            (folder / "mips").write_bytes(whole[:18] + b"\x08" + whole[19:])
            (folder / "binary").write_bytes(whole[0x1000:0x1400] or b"\x00")
            for pattern, file in (
                    ("No such file", "none"), ("Is a directory", "."), ("Intel HEX, not an ELF", "a.hex"),
                    ("the file is empty", "empty"), ("cut short", "short"), ("endian", "big-endian"),
                    ("MIPS|machine 8", "mips"), ("not an ELF", "binary")):
                self.refused(pattern, folder / file)
                self.refused(pattern, GOOD, "--with", folder / file)
        self.refused("Input/output error", "/proc/self/mem")  # as unreadable for root, too

    def test_an_error_is_in_the_json(self):
        done = run("none.elf", "--json")
        report = json.loads(done.stdout)
        self.assertEqual((done.returncode, report["exit_code"]), (2, 2))
        self.assertIn("No such file", report["error"]["what"])
        self.assertTrue(ONE_LINE.fullmatch(done.stderr), done.stderr)

    def test_exit_codes(self):
        for code, words in ((0, [GOOD]), (7, [BAD]), (7, [NOTHING]),
                            (0, [NOTHING, "--accept", "no-entry"]), (7, [BAD, "--accept", "no-entry"])):
            self.assertEqual(run(*words, "--device", "h723").returncode, code, words)

    def test_strict(self):
        self.assertIn(" 1 unknown; exit code 0", run(DIFFERS).stdout)
        done = run(DIFFERS, "--strict")
        self.assertEqual(done.returncode, 7)
        self.assertIn("exit code 7 (unknown, with --strict)", done.stdout)
        self.assertEqual(run(GOOD, "--device", "h723", "--strict").returncode, 0)

    def test_with_another_image(self):
        for code, other, says in ((0, SAME_MARK, "both images have the mark at 0x20008000"),
                                  (0, GOOD, "has not: a request of the one")):
            done = run(MARK, "--device", "u575", "--with", other, "-v")
            self.assertEqual(done.returncode, code, other)
            self.assertIn(says, " ".join(done.stdout.split()))

    def test_verbose(self):
        short, full = (run(AS_FOUND, "--device", "g47", *more).stdout for more in ((), ("-v",)))
        self.assertRegex(short, r"\n  as found  .*of H2: control, fpu")
        self.assertNotIn("fix: write 0 to PRIMASK", short)
        self.assertIn("fix: write 0 to PRIMASK", full)
        self.assertNotIn("  as found", full)

    def test_quiet(self):
        silent, loud = (run(file, "--device", "h723", "--quiet") for file in (GOOD, BAD))
        self.assertEqual((silent.stdout, silent.returncode), ("", 0))
        self.assertIn("  error     E7 ", loud.stdout)
        self.assertNotIn("result", loud.stdout)

    def test_version_and_explanations(self):
        self.assertRegex(run("--version").stdout, r"^bootleap-check \d+\.\d+\.\d+\n$")
        self.assertEqual(run("--explain").stdout.count("\nE"), 8)
        self.assertEqual(run("--explain", "e5").stdout, run("--explain=E5").stdout)
        self.assertIn("HAL_RCC_DeInit", run("--explain", "E5").stdout)
        done = run()
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertTrue(done.stderr.startswith("usage: bootleap-check ELF [options]\n"))

    def test_a_stripped_file_has_the_same_findings(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in STRIPPED:
                slug = name.split(".")[1]
                stripped = shutil.copy(FOLDER / name, folder)
                subprocess.run([STRIP, "--strip-all", stripped], check=True)
                whole = findings(FOLDER / name, "--device", slug)
                self.assertEqual(findings(stripped, "--device", slug), whole, name)
                self.assertTrue(whole[0], name)
                text = run(stripped, "--device", slug).stdout
                self.assertRegex(text, r"sub_08[0-9A-F]{6}", name)
                self.assertNotRegex(text, r"reset_handler|\.c:", name)

    def test_output_that_cannot_be_written(self):
        with open("/dev/full", "w", encoding="ascii") as full:
            done = subprocess.run([CHECK, BAD], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertTrue(ONE_LINE.fullmatch(done.stderr), done.stderr)
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run([CHECK, BAD], stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
        os.close(writer)
        self.assertNotIn(done.returncode, (0, 7))
        self.assertLessEqual(done.stderr.count("\n"), 1)


unittest.main(argv=sys.argv[:1])
