# page.py: what docs/arduino.md and docs/platformio.md show is what the tests link and run.
# SPDX-License-Identifier: MIT
"""page.py SIM IMAGES

The sketch of each page is the example that builders.py links. The page's platformio.ini has options
that PlatformIO knows, and fits library.json. The page's commands run as they stand there, on the
image that builders.py made, put where the page says that the builder puts it."""
import configparser
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from builders import BOARDS, ROOT, SERIAL

PAGES = {"arduino": ROOT / "docs/arduino.md", "platformio": ROOT / "docs/platformio.md"}
# platformio-core 145142e platformio/project/options.py; upload and build options of a board's
# manifest may be set with "board_".
OPTIONS = {"platform", "board", "framework", "monitor_speed", "lib_deps", "build_flags",
           "upload_protocol", "board_upload.use_1200bps_touch"}


def blocks(page, language):
    """The texts of the page's blocks in this language."""
    text = PAGES[page].read_text(encoding="utf-8")
    found = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [block for name, block in found if name == language]


def check_sketches():
    example = SERIAL.read_text(encoding="utf-8")
    code = example[example.index("#include"):]
    if blocks("arduino", "cpp") != [code]:
        yield "docs/arduino.md: the sketch is not examples/EnterBySerial"
    if blocks("platformio", "cpp") != ["#include <Arduino.h>\n" + code]:
        yield "docs/platformio.md: the sketch is not examples/EnterBySerial with Arduino.h"


def check_project():
    """platformio.ini: the first block is whole, the second adds lines to it."""
    whole, more = blocks("platformio", "ini")
    manifest = json.loads((ROOT / "library.json").read_text(encoding="utf-8"))
    project = configparser.ConfigParser()
    project.read_string(whole + more)
    sections = project.sections()
    name = sections[0].removeprefix("env:")
    one = dict(project[sections[0]])
    if len(sections) != 1 or one["board"] != name or name not in BOARDS:
        yield f"platformio.ini: {sections}, board {one['board']}: builders.py does not link it"
    if one["platform"] != manifest["platforms"] or manifest["frameworks"] != "*":
        yield "platformio.ini: library.json is for another platform"
    if not set(one) <= OPTIONS:
        yield f"platformio.ini: options {set(one) - OPTIONS}"
    if not re.fullmatch(r"symlink://\.\./bootleap", one["lib_deps"]):
        yield f"platformio.ini: lib_deps {one['lib_deps']}"


def run_commands(sim, images):
    """Each command of a page that stands in a block of its own begins with bootleap-sim."""
    for page in PAGES:
        commands = [line for block in blocks(page, "") for line in block.splitlines()]
        if len(commands) != 1:
            yield f"{PAGES[page].name}: {len(commands)} commands"
        for command in commands:
            with tempfile.TemporaryDirectory() as folder:
                words = shlex.split(command)
                elf = Path(folder, words[2])
                elf.parent.mkdir(parents=True)
                elf.write_bytes(Path(images, f"{page}-serial-nucleo_f446re.elf").read_bytes())
                path = f"{Path(sim).parent}:{os.environ['PATH']}"
                done = subprocess.run(words, cwd=folder, capture_output=True, text=True,
                                      check=False, env={**os.environ, "PATH": path})
                text = PAGES[page].read_text(encoding="utf-8")
                last = done.stdout.splitlines()[-1:] or [""]
                if done.returncode or f"`{last[0]}`" not in text:
                    yield f"{command}: exit code {done.returncode}, {last[0]}\n{done.stderr}"


def main(sim, images):
    findings = [*check_sketches(), *check_project(), *run_commands(sim, images)]
    print("\n".join(findings) or "the pages and the tests show the same")
    return 1 if findings else 0


sys.exit(main(*sys.argv[1:]))
