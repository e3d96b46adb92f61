# project_copy.py: a copy of devices/ that a test may spoil, and the generator run on it.
# SPDX-License-Identifier: MIT
"""The generator runs in the test's own process: most runs differ from the one before in one row, and
starting Python and reading the others again takes ten times as long as what is tested. A row is read
again if one byte of it changed, and all is done again if one byte of devices/ changed. run_command()
starts the generator as people do."""
import contextlib
import functools
import hashlib
import io
import marshal
import shutil
import subprocess
import sys
import tempfile
import unittest
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parents[2]
GENERATOR = ROOT / "tools" / "gen_devices.py"
sys.path.insert(0, str(ROOT / "tools"))

import gen_devices  # noqa: E402
from table import load, registers, toml_file  # noqa: E402
from toml_pieces import parse  # noqa: E402

device_of = load.device_of
rows_of = functools.lru_cache(maxsize=None)(load.rows_of)
registers_of = functools.lru_cache(maxsize=None)(registers.registers_of)
read_facts, outputs = gen_devices.read_facts, gen_devices.outputs


known_devices = {}


def known_device_of(file, series, shared, row, refusals):
    """Of a row that says the same, in a file whose rows share the same, the Device is the same."""
    key = (file, series, marshal.dumps((shared, row), 2))
    if key not in known_devices:
        wrong = []
        known_devices[key] = device_of(file, series, shared, row, wrong), wrong
    device, wrong = known_devices[key]
    refusals += wrong
    return device


def copy_series(series, folder):
    """The files of the series alone, as they are: others take time and say nothing of its rows."""
    shutil.rmtree(folder)
    for path in [*(ROOT / "devices").rglob(f"{series}*.toml"), ROOT / "devices/parts.txt"]:
        if path.stem.partition("-")[0] in (series, "parts"):
            copy = folder / path.relative_to(ROOT / "devices")
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)


@dataclass(frozen=True)
class Content:
    """A folder, which equals another with the same files in it."""

    digest: bytes
    folder: Path = field(compare=False)


def content_of(folder, but=None):
    """Of all its files, but one of this name."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != but:
            data = path.read_bytes()
            digest.update(f"{path.relative_to(folder)} {len(data)} ".encode() + data)
    return Content(digest.digest(), folder)


@functools.lru_cache(maxsize=4)
def facts_of(content):
    return read_facts(content.folder)


@functools.lru_cache(maxsize=4)
def outputs_of(content):
    devices, registers, *_ = facts_of(content)
    return outputs(devices, registers)


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
        content = content_of(self.root / "devices")
        with (
            mock.patch.object(gen_devices, "read_facts", lambda _: facts_of(content)),
            mock.patch.object(gen_devices, "outputs", lambda *_: dict(outputs_of(content))),
            mock.patch.object(toml_file, "parse", parse),
            mock.patch.object(load, "rows_of", rows_of),
            mock.patch.object(load, "device_of", known_device_of),
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
