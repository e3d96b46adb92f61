# json_document.py: what docs/cli-json.md says of keys, and whether reports are as it says.
# SPDX-License-Identifier: MIT
import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs/cli-json.md"
SHARED = ("Every verb", "The chip")
OVER_USB = "Over USB: "  # begins the meaning of a key that only a ROM on USB has
TYPES = {str: "string", bool: "boolean", int: "integer", float: "number", list: "array",
         dict: "object", type(None): "null"}
ROW = re.compile(r"^\| `(?P<path>[^`]+)` \| (?P<types>[a-z ]+) \| (?P<meaning>.+) \|$")


class Section:
    """The keys under one heading: what they may be, and which of them are its own."""

    def __init__(self, title, text, shared=()):
        lines = [line for line in text.splitlines() if line.startswith("| `") and line.count("|") > 3]
        rows = [ROW.match(line) for line in lines]
        self.title = title
        self.malformed = [line for line, row in zip(lines, rows) if row is None]
        self.own = {row["path"]: set(row["types"].split(" or ")) for row in rows if row}
        self.over_usb = {row["path"] for row in rows if row and row["meaning"].startswith(OVER_USB)}
        self.types = dict(self.own)
        for one in shared:
            self.types.update(one.own)


def sections(page=PAGE):
    """What all verbs share, and a section for each verb."""
    parts = re.split(r"^## (.+)$", page.read_text(encoding="utf-8"), flags=re.M)
    texts = dict(zip(parts[1::2], parts[2::2]))
    every, chip = (Section(title, texts[title]) for title in SHARED)
    verbs = {}
    for title, text in texts.items():
        if title.startswith("`"):
            shared = (every, chip) if "[The chip](#the-chip)" in text else (every,)
            verbs[title.strip("`")] = Section(title.strip("`"), text, shared)
    return (every, chip), verbs


def paths_of(value, path=""):
    """Each path of a value with its type: `pages[].start`. A list of devices is told as one."""
    if path:
        yield path.replace("devices[]", "device"), TYPES[type(value)]
    if isinstance(value, dict):
        for key, one in value.items():
            yield from paths_of(one, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for one in value:
            yield from paths_of(one, f"{path}[]")


def types_of(reports):
    """All that these reports have: the types of each path."""
    seen = {}
    for report in reports:
        for path, kind in paths_of(report):
            seen.setdefault(path, set()).add(kind)
    return seen


def undocumented(section, reports):
    """What these reports have and the page does not say."""
    for line in section.malformed:
        yield f"{section.title}: not a row of key, types, meaning: {line}"
    for path, kinds in sorted(types_of(reports).items()):
        one_board = path.removeprefix("boards[].")  # has what the report of one board has
        allowed = section.types.get(path) or section.types.get(one_board, set())
        for kind in sorted(kinds - allowed):
            if not (kind == "integer" and "number" in allowed):
                yield f"{section.title}: {path} is {kind}, which the page does not say"


def unseen(section, reports, over_usb=True, rare=frozenset()):
    """What the page says and none of these reports has, but for what is `rare`."""
    seen = types_of(reports)
    for path, kinds in sorted(section.own.items()):
        if path in section.over_usb and not over_usb:
            continue
        for kind in sorted(kinds - seen.get(path, set())):
            if (path, kind) not in rare:
                yield f"{section.title}: {path} may be {kind}, the page says; no run has that"
