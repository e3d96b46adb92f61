# reader.py: has image_list read bytes as if they were firmware files.
# SPDX-License-Identifier: MIT
import os
import subprocess
import tempfile
import unittest
from dataclasses import dataclass, field
from pathlib import Path

IMAGE_LIST = os.environ["IMAGE_LIST"]
FORMATS = ["elf", "hex", "srec", "dfuse", "uf2", "binary"]
USAGE = 2


@dataclass
class Image:
    form: str = ""
    segments: list = field(default_factory=list)  # (address, bytes)
    notes: list = field(default_factory=list)
    code: int = 0
    why: str = ""  # it was refused


def read_files(paths):
    """An Image for each file."""
    said = subprocess.run([IMAGE_LIST, *paths], check=True, capture_output=True, text=True).stdout
    images = []
    for line in said.splitlines():
        first, _, rest = line.partition(" ")
        if first.startswith("/"):
            images.append(Image())
            if rest.startswith("refused "):
                _, code, why = rest.split(" ", 2)
                images[-1].code, images[-1].why = int(code), why.removeprefix(first)
            else:
                images[-1].form = FORMATS[int(rest)]
        elif first == "note":
            images[-1].notes.append(rest)
        else:
            images[-1].segments.append((int(first, 16), bytes.fromhex(rest)))
    return images


class ReaderTest(unittest.TestCase):
    def read_all(self, contents):
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for number, content in enumerate(contents):
                paths.append(Path(folder, f"{number:05}"))
                paths[-1].write_bytes(content)
            return read_files(paths)

    def read(self, content):
        return self.read_all([content])[0]

    def check(self, content, form, segments, notes=()):
        image = self.read(content)
        self.assertEqual(image.why, "")
        self.assertEqual(image.form, form)
        self.assertEqual(image.segments, segments)
        self.assertEqual(image.notes, list(notes))

    def refuse(self, content, why):
        image = self.read(content)
        self.assertEqual(image.code, USAGE, image)
        self.assertIn(why, image.why)
