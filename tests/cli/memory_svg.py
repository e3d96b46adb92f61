# memory_svg.py: `bootleap devices NAME --svg` draws what the table says, for every row.
# SPDX-License-Identifier: MIT
#
# memory_svg.py BOOTLEAP BATCH
import json
import re
import sys
import xml.etree.ElementTree as xml

from questions import Answers, check, finish

SPACE = "{http://www.w3.org/2000/svg}"
RANGE = re.compile(r"0x([0-9A-F]{8}) to 0x([0-9A-F]{8})")
LOST, MARK = "the bootloader overwrites this", "the mark, the request that survives the reset"

tool = Answers(*sys.argv[1:3])
rows = json.loads(tool.run("devices", "--json").out)["devices"]


def ranges(texts, holds):
    """(first, last) of each line of text for which this holds."""
    return [tuple(int(place, 16) for place in RANGE.search(text).groups())
            for text in texts if holds(text)]


def is_inside(picture):
    """Whether each rectangle and the beginning of each text is in the picture."""
    width, height = (float(picture.get(key)) for key in ("width", "height"))
    for one in picture.iter():
        x, y = float(one.get("x", 0)), float(one.get("y", 0))
        wide, high = float(one.get("width", 0)), float(one.get("height", 0))
        if x < 0 or y < 0 or x + wide > width or y + high > height:
            return False
    return True


def overwritten(row):
    """The parts of the RAMs of a row that the ROM uses."""
    parts = []
    for ram in row["ram"]:
        start, end = int(ram["start"], 16), int(ram["start"], 16) + ram["size"]
        for used in row["rom_ram"]:
            first = int(used["start"], 16)
            if max(start, first) < min(end, first + used["size"]):
                parts.append((max(start, first), min(end, first + used["size"]) - 1))
    return parts


def draw(row, drawn):
    """Holds the picture of one row against the row."""
    picture = xml.fromstring(drawn)
    texts = [text.text for text in picture.iter(SPACE + "text")]
    check(texts[0] == row["name"], f"{row['slug']}: the title is {texts[0]}")
    check(is_inside(picture), f"{row['slug']}: something is outside of the picture")
    check(ranges(texts, lambda text: LOST in text) == overwritten(row),
          f"{row['slug']}: another part is overwritten")
    mark = row["mark"] and int(row["mark"], 16)
    check(ranges(texts, lambda text: MARK in text) == ([(mark, mark + 7)] if mark else []),
          f"{row['slug']}: the mark is elsewhere")
    bars = ranges([text for text in texts if "KB" in text or "bytes" in text], lambda _: True)
    for ram in row["ram"]:
        start = int(ram["start"], 16)
        check((start, start + ram["size"] - 1) in bars, f"{row['slug']}: no bar for {ram['name']}")


def svg():
    """Each row's memories, and nothing else."""
    answers = tool.ask(("devices", row["slug"], "--svg") for row in rows)
    for row, answer in zip(rows, answers):
        draw(row, answer.out)
    for words in (("--svg",), ("f405", "--svg", "--json")):
        tool.run("devices", *words, code=2).expect(2, "bootleap devices NAME --svg")


finish(svg)
