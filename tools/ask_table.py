# ask_table.py: writes the table of applications that `bootleap --ask` knows into its page.
# SPDX-License-Identifier: MIT
"""ask_table.py [--check]

Replaces what stands between <!-- ways --> and <!-- end of ways --> of docs/getting-in.md by a table of
host/ask/peers. With --check it writes nothing, and fails if the page is not up to date."""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE, PEERS = ROOT / "docs/getting-in.md", ROOT / "host/ask/peers"
BEGIN, END = "<!-- ways -->\n", "<!-- end of ways -->\n"
TEXT = r'"((?:[^"\\]|\\.)*)"'
SOURCE = re.compile(r"(\S+/\S+) ([0-9a-f]{8}) ([^:\s]+)(?:: (.*))?")


def code(text):
    return f"`{text}`"


def step(word, text, rest):
    """How the table tells of one line of a file; None of one that is no step."""
    if word == "send":
        return f"sends {code(text)}"
    if word == "expect":
        return f"awaits {code(text)}"
    if word == "touch":
        return f"{rest or 1200} baud, DTR low"
    if word == "refuse":
        return f"nothing: {text}"
    return None


def source(text):
    """A link to the file at its commit, where the source names one."""
    match = SOURCE.fullmatch(text)
    if not match:
        return text
    repository, commit, path, note = match.groups()
    link = f"[{repository} {path}](https://github.com/{repository}/blob/{commit}/{path})"
    return f"{link}: {note}" if note else link


def row(path):
    steps, sources, rom, baud = [], [], "", None
    for line in path.read_text(encoding="utf-8").splitlines():
        match = re.fullmatch(rf"(\w+)(?: {TEXT})?(?: (.*))?", line)
        if not match or line.startswith("#"):
            continue
        word, text, rest = match.groups()
        if word == "source":
            sources.append(source(text))
        elif word == "rom":
            rom = text
        elif word == "baud":
            baud = rest
        else:
            steps.append(step(word, text, rest))
    what = "; ".join(filter(None, steps)) + (f" ({baud} baud on a UART)" if baud else "")
    return f"| {code(path.stem)} | {what} | {rom or '-'} | {'<br>'.join(sources)} |\n"


def table():
    rows = [row(path) for path in sorted(PEERS.glob("*.ask"))]
    return "".join(["| `--ask` | what `bootleap` does | where the ROM answers | source |\n",
                    "|---|---|---|---|\n", *rows])


def main():
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    wanted = before + BEGIN + table() + END + rest.split(END)[1]
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(wanted, encoding="utf-8")
    elif wanted != page:
        sys.exit(f"{PAGE.relative_to(ROOT)}: the table is not that of {PEERS.relative_to(ROOT)}. "
                 "Try: python3 tools/ask_table.py")


main()
