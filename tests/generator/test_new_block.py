# test_new_block.py: a new IP block is three edits: with them and a line in a row it works.
# SPDX-License-Identifier: MIT
"""usage: test_new_block.py COMPILER LIBRARY... -- [OPTION]...

Follows docs/adding-a-block.md in a copy of the project, and counts the edits. What they change is
compiled and linked with the libraries of the build: a new kind comes behind all others, so it
changes nothing in them."""
import difflib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "adding-a-block.md"
NEEDED = ("common", "devices", "sim", "src", "tests/generator", "tests/lint", "tests/unit", "tools")
BLOCK, WORDS = "sim/blocks/countdown.c", "tools/schema/words.py"
TABLE, ROW = "sim/blocks/blocks.c", "devices/f4.toml"
STRICT = "-std=c11 -Wall -Wextra -Wconversion -Wshadow -Wpedantic -Wundef -Werror".split()


def run_in(folder, *command):
    """How it ended, and all that it printed."""
    command = [str(part) for part in command]
    result = subprocess.run(command, cwd=folder, text=True, capture_output=True, timeout=300)
    return result.returncode, result.stdout + result.stderr


def examples():
    """The block's file, its line in the schema, in the table and in a row."""
    text = GUIDE.read_text(encoding="utf-8")
    return [
        re.findall(rf"^```{language}\n(.*?)^```$", text, re.M | re.S)[number]
        for language, number in (("c", 0), ("python", 0), ("c", 1), ("toml", 0))
    ]


def insert(path, line, before):
    """Puts a line in front of the one place where this pattern matches."""
    text = path.read_text(encoding="utf-8")
    (match,) = re.finditer(before, text, re.M)
    path.write_text(text[: match.start()] + line + text[match.start() :], encoding="utf-8")


class NewBlock(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        for name in NEEDED:
            skip = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, self.root / name, ignore=skip)

    def apply(self, left_out=None):
        """The three edits; the row is data that comes after them."""
        file, word, entry, self.row = examples()
        if left_out != BLOCK:
            (self.root / BLOCK).write_text(file, encoding="utf-8")
        if left_out != WORDS:
            insert(self.root / WORDS, word, r"(?<=\n)\}\n(?=# Blocks whose interrupt lines)")
        if left_out != TABLE:
            insert(self.root / TABLE, entry, r"^ +BLOCK\(\w+, \w+\)$")

    def list_it(self):
        """In the row, and in all that the generator writes."""
        rest = r'slug = "f405"(?:.|\n)*?\[device\.peripherals\]\nlist = \[\n'
        path = self.root / ROW
        text = path.read_text(encoding="utf-8")
        end = re.search(rest, text).end()
        path.write_text(text[:end] + self.row + text[end:], encoding="utf-8")
        return run_in(self.root, sys.executable, "-B", "tools/gen_devices.py")

    def changes(self):
        """The paths of the files that differ from the project's."""
        found = set()
        for name in NEEDED:
            for path in sorted((self.root / name).rglob("*")):
                relative = str(path.relative_to(self.root))
                old = ROOT / relative
                if path.is_file() and not (old.exists() and old.read_bytes() == path.read_bytes()):
                    found.add(relative)
        return found

    def hunks(self, relative):
        """(lines that went, lines that came) of each place where a file differs."""
        before, after = ((root / relative).read_text(encoding="utf-8").splitlines()
                         for root in (ROOT, self.root))
        opcodes = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        return [(j - i, n - m) for what, i, j, m, n in opcodes if what != "equal"]

    def build(self, test):
        """Compiles what has changed with a test of the chip, against the libraries."""
        rooms = [path for path in (self.root / "sim").iterdir() if path.is_dir()]
        folders = ["common", "tests/unit", *rooms]
        sources = [test, BLOCK, TABLE, "common/devices.c", "tests/unit/bench.c"]
        found = [self.root / source for source in sources if (self.root / source).exists()]
        packages = ("pkg-config", "--cflags", "--libs", "unicorn", "jansson", "cmocka")
        _, flags = run_in(self.root, *packages)
        return run_in(
            self.root, COMPILER, *STRICT, "-D_GNU_SOURCE", *(f"-I{one}" for one in folders), *found,
            "-Wl,--start-group", *LIBRARIES, "-Wl,--end-group", *flags.split(), *OPTIONS, "-o", "check",
        )

    def test_three_edits_and_it_works(self):
        self.apply()
        edits = {BLOCK, WORDS, TABLE}
        self.assertEqual(self.changes(), edits)
        self.assertFalse((ROOT / BLOCK).exists(), "it is a new file")
        for changed in (WORDS, TABLE):
            self.assertEqual(self.hunks(changed), [(0, 1)], "one line comes, and none goes")
        self.assertEqual(self.list_it(), (0, ""))
        written = {ROW, "common/devices.c", "common/devices_blocks.h"}
        self.assertEqual(self.changes() - edits, written, "no other file follows")
        self.assertEqual(self.build("tests/generator/new_block_check.c"), (0, ""))
        code, text = run_in(self.root, "./check")
        self.assertEqual(code, 0, text)
        self.assertIn("[  PASSED  ] 3 test(s).", text)
        for check in ("blocks", "includes"):
            command = (sys.executable, "-B", f"tests/lint/{check}.py", self.root)
            self.assertEqual(run_in(self.root, *command), (0, ""), check)

    def test_without_its_group_the_row_is_refused(self):
        self.apply(left_out=WORDS)
        code, text = self.list_it()
        self.assertNotEqual(code, 0)
        self.assertRegex(text, "peripherals.list.*must be one of")

    def test_without_its_line_nobody_models_it(self):
        self.apply(left_out=TABLE)
        self.assertEqual(self.list_it(), (0, ""))
        self.assertEqual(self.build("tests/unit/test_blocks.c"), (0, ""))
        code, text = run_in(self.root, "./check")
        self.assertNotEqual(code, 0)
        self.assertIn("f405: nobody models CTDN", text)

    def test_without_its_file_nothing_links(self):
        self.apply(left_out=BLOCK)
        self.assertEqual(self.list_it(), (0, ""))
        code, text = self.build("tests/generator/new_block_check.c")
        self.assertNotEqual(code, 0)
        self.assertIn("countdown_type", text)


if __name__ == "__main__":
    COMPILER, *rest = sys.argv[1:]
    end = rest.index("--")
    LIBRARIES, OPTIONS = rest[:end], [option for option in rest[end + 1:] if option]
    unittest.main(argv=sys.argv[:1])
