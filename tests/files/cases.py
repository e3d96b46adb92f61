# cases.py: `bootleap flash` on files as people have them: read, or refused for the right reason.
# SPDX-License-Identifier: MIT
"""usage: cases.py BOOTLEAP

Every file goes to a chip that is named and a port that is not there: one that is accepted fails at the
port, after what there is to say of it was said.
"""
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))

from firmware import as_hex, as_srec, record  # noqa: E402

CHIP, NO_PORT = "STM32G071xx", "/nonexistent/port"
START, SIZE = 0x08000000, 0x100
ACCEPTED = "/nonexistent/port"


def application(start=START):
    code = bytearray((i * 7) & 0xFF for i in range(SIZE))
    code[:8] = struct.pack("<II", 0x20009000, start + 0xC1)
    return bytes(code)


def hex_of(start, data, end=True):
    text = as_hex(data, start).decode()
    return text if end else text.replace(END, "")


END = record(1, 0, b"")
WHOLE = hex_of(START, application())
OPTIONS = hex_of(0x1FFF7800, bytes.fromhex("AAFEFFDF55010020"))
BOTH = WHOLE.replace(END, "") + OPTIONS
# name: (content, options, parts of what is said)
CASES = {
    "mark.hex": ("\ufeff" + WHOLE, [], [ACCEPTED]),
    "comment.hex": ("; made by a tool\n" + WHOLE, [], [ACCEPTED]),
    "hash.hex": (WHOLE.replace("\n", "\n# note\n", 3), [], [ACCEPTED]),
    "ctrlz.hex": (WHOLE + "\x1A", [], [ACCEPTED]),
    "nul.hex": (WHOLE + "\0" * 60, [], [ACCEPTED]),
    "options.hex": (BOTH, [], ["8 bytes for 0x1FFF7800, option bytes: outside the flash",
                               "Try: --only-flash"]),
    "flash.hex": (BOTH, ["--only-flash"],
                  ["note: left out: 8 bytes for 0x1FFF7800, option bytes\n", ACCEPTED]),
    "merged.hex": (WHOLE + hex_of(0x08008000, application(0x08008000)), [],
                   ["note: data behind the end record, at line 19: read as two files in one",
                    ACCEPTED]),
    "overlap.hex": (WHOLE + hex_of(START + 8, b"!"), [],
                    ["at 0x08000008: the file has this byte twice, as 0x"]),
    "app.s19": (as_srec(application(), START), [], [ACCEPTED]),
    "page.hex": ("\n\n<!DOCTYPE html>\n<html></html>\n", [], ["page.hex: this is a web page"]),
    "cut.hex": (WHOLE[:300], [], ["at line 8: the record ends"]),
    "no-end.hex": (hex_of(START, application(), end=False), [], ["without an end record"]),
    "settings.json": ('{"baud": 115200}\n', [], ["this is a text, not firmware"]),
    "settings.txt": ('{"baud": 115200}\n', ["--address", "0x08010000"], [ACCEPTED]),
    "slot.bin": (application(0x08004000), [],
                 ["an application for 0x08004000, not for 0x08000000", "--address 0x08004000"]),
    "at-slot.bin": (application(0x08004000), ["--address", "0x08004000"], [ACCEPTED]),
    "broken.HEX": (b"\0" + WHOLE.encode(), [], ["its name says Intel HEX, its content does not"]),
    "hex.": (application(), [], [ACCEPTED]),
    "blank.bin": (b"\xFF" * 64, [], ["there is none, only bytes 0xFF"]),
    "large.hex": (hex_of(0x0801FFFE, b"abcd"), [], ["too large, the flash of STM32G07xxx"]),
}


def wrong_with(program, folder, name):
    content, options, parts = CASES[name]
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    done = subprocess.run([program, "flash", name, NO_PORT, "--device", CHIP, *options],
                          cwd=folder, capture_output=True, text=True)
    missing = [part for part in parts if part not in done.stderr]
    if missing or done.returncode == 0:
        return f"{name}: exit code {done.returncode}, lacks {missing} in:\n{done.stderr}"
    return None


with tempfile.TemporaryDirectory() as name:
    found = [wrong_with(sys.argv[1], Path(name), case) for case in CASES]
    sys.exit("\n".join(filter(None, found)) or 0)
