# page.py: what docs/arduino.md and docs/platformio.md show is what the tests link and run.
# SPDX-License-Identifier: MIT
"""page.py SIM IMAGES

The sketch of each page is the example that builders.py links. The page's platformio.ini has options
that PlatformIO knows, and fits library.json. The page's commands run as they stand there, on the
image that builders.py made, put where the page says that the builder puts it; the board is a
virtual chip, with its USART as the port."""
import configparser
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from builders import ROOT, SERIAL

sys.path.append(str(ROOT / "tests/example"))
from virtual_board import VirtualBoard  # noqa: E402

COMMANDS = {"arduino": ["-E", "run", "flash", "pins"], "platformio": ["run", "flash", "pins"]}
PAGES = {"arduino": ROOT / "docs/arduino.md", "platformio": ROOT / "docs/platformio.md"}
BOARD, DEVICE, PORT = "nucleo_g0b1re", "STM32G0B1xx", "/dev/ttyACM0"
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
    if len(sections) != 1 or one["board"] != name or name != BOARD:
        yield f"platformio.ini: {sections}, board {one['board']}: the tests run {BOARD}"
    if one["platform"] != manifest["platforms"] or manifest["frameworks"] != "*":
        yield "platformio.ini: library.json is for another platform"
    if not set(one) <= OPTIONS:
        yield f"platformio.ini: options {set(one) - OPTIONS}"
    if not re.fullmatch(r"symlink://\.\./bootleap", one["lib_deps"]):
        yield f"platformio.ini: lib_deps {one['lib_deps']}"


def place(folder, page, images):
    """Puts the ELF and the file .bin where the page's builder does; returns their paths."""
    paths = [Path(folder, name) for block in blocks(page, "") for name in
             re.findall(r"\S+\.(?:elf|bin)\b", block)]
    image = Path(images, f"{page}-serial-{BOARD}.elf")
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".elf":
            path.write_bytes(image.read_bytes())
        else:
            subprocess.run(["arm-none-eabi-objcopy", "-O", "binary", image, path], check=True)
    return paths


def end_of(command, folder, programs):
    """The command's exit code, and the last line of what it said."""
    path = f"{programs}:{os.environ['PATH']}"
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False,
                          timeout=60, shell=True, env={**os.environ, "PATH": path})
    lines = (done.stdout + done.stderr).splitlines()
    return done.returncode, lines[-1] if lines else ""


def on_a_chip(command, elf, folder, programs):
    """The same while a virtual chip runs the ELF, whose USART is the page's port."""
    with VirtualBoard(Path(programs, "bootleap-sim"), DEVICE, "USART2", [], elf) as port:
        return end_of(command.replace(PORT, port), folder, programs)


def pack(command, programs):
    """The library as one folder, which is what Arduino's tools take, with all of src/ in it."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "bootleap").symlink_to(ROOT)
        code, last = end_of(command, folder, programs)
        if code:
            yield f"{command}: exit code {code}, {last}"
            return
        with zipfile.ZipFile(Path(folder, "bootleap.zip")) as archive:
            names = {name for name in archive.namelist() if not name.endswith("/")}
        needed = {f"bootleap/{path.relative_to(ROOT)}"
                  for path in [*(ROOT / "src").rglob("*"), SERIAL, ROOT / "library.properties"]
                  if path.is_file()}
        if not needed <= names or any(not name.startswith("bootleap/") for name in names):
            yield f"{command}: lacks {needed - names}"


def run_commands(sim, images):
    """Each command of a page in a block of its own, and each `bootleap pins` in its text."""
    programs = Path(sim).resolve().parent
    for page, path in PAGES.items():
        text = path.read_text(encoding="utf-8")
        commands = [line for block in blocks(page, "") for line in block.splitlines()]
        commands += re.findall(r"`(bootleap pins [^`]*)`", text)
        if [command.split()[1] for command in commands] != COMMANDS[page]:
            yield f"{path.name}: {commands}"
        for command in commands:
            if "zip" in command:
                yield from pack(command, programs)
                continue
            with tempfile.TemporaryDirectory() as folder:
                elf = place(folder, page, images)[0]
                code, last = (on_a_chip(command, elf, folder, programs) if PORT in command
                              else end_of(command, folder, programs))
                if code or (f"`{last}`" not in text and "pins" not in command):
                    yield f"{command}: exit code {code}, {last}"


def main(sim, images):
    findings = [*check_sketches(), *check_project(), *run_commands(sim, images)]
    print("\n".join(findings) or "the pages and the tests show the same")
    return 1 if findings else 0


sys.exit(main(*sys.argv[1:]))
