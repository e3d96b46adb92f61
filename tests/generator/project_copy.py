# project_copy.py: a copy of devices/ that a test may spoil, and the generator run on it.
# SPDX-License-Identifier: MIT
"""The generator runs in the test's own process: most runs differ from the one before in one file,
and starting Python and reading the others again takes ten times as long as what is tested.
What a file says is read again if one byte of it changed. run_command() starts it as people do."""
import contextlib
import functools
import io
import shutil
import subprocess
import sys
import tempfile
import unittest
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parents[2]
GENERATOR = ROOT / "tools" / "gen_devices.py"
sys.path.insert(0, str(ROOT / "tools"))

import gen_devices  # noqa: E402
from table import load, registers  # noqa: E402

rows_of = functools.lru_cache(maxsize=None)(load.rows_of)
registers_of = functools.lru_cache(maxsize=None)(registers.registers_of)


def copy_series(series, folder):
    """The files of the series alone, as they are: others take time and say nothing of its rows."""
    shutil.rmtree(folder)
    for path in [*(ROOT / "devices").rglob(f"{series}*.toml"), ROOT / "devices/parts.txt"]:
        if path.stem.partition("-")[0] in (series, "parts"):
            copy = folder / path.relative_to(ROOT / "devices")
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)


@dataclass
class Result:
    returncode: int
    stdout: str
    stderr: str


class ProjectCopy(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        shutil.copytree(ROOT / "devices", self.root / "devices")

    def keep_all(self):
        shutil.rmtree(self.root / "devices")
        shutil.copytree(ROOT / "devices", self.root / "devices")

    def keep_series(self, series):
        copy_series(series, self.root / "devices")

    def run_it(self, *arguments):
        """main() with these arguments; an exception of it is one of the test."""
        out, err = io.StringIO(), io.StringIO()
        with (
            mock.patch.object(load, "rows_of", rows_of),
            mock.patch.object(registers, "registers_of", registers_of),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            code = gen_devices.main(["--root", str(self.root), *arguments])
        return Result(code, out.getvalue(), err.getvalue())

    def run_command(self, *arguments):
        """The same from a command line."""
        command = [sys.executable, "-B", GENERATOR, "--root", self.root, *arguments]
        result = subprocess.run(command, text=True, capture_output=True)
        return Result(result.returncode, result.stdout, result.stderr)

    def change(self, file, old, new, slug="-"):
        """In the row of this slug, or where the row has it not, in the whole file."""
        path = self.root / "devices" / file
        text = path.read_text(encoding="utf-8")
        self.assertIn(old, text, "the test looks for text that is gone")
        start = max(text.find(f'slug = "{slug}"'), 0)
        start = start if text.find(old, start) >= 0 else 0
        path.write_text(text[:start] + text[start:].replace(old, new, 1), encoding="utf-8")
