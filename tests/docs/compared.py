# compared.py: each cell of ours in docs/compared.md names a test that exists, or says why there is nothing.
# SPDX-License-Identifier: MIT
"""compared.py ROOT BUILD"""
import re
import subprocess
import sys
from pathlib import Path

NAME = re.compile(r"`([a-z-]+\.[\w.+=-]+)`")
NOTHING = re.compile(r"no: \S+ \S+ \S+")  # and why, in some words
PAGE = re.compile(r"\[page\]\(([\w-]+\.md)\)")  # of a script that ctest does not run


def rows(page):
    """(line number, cells) of each row of a table whose second column is ours."""
    ours = False
    for number, line in enumerate(page.splitlines(), 1):
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if len(cells) > 1 and cells[0] == "feature":
            ours, width = cells[1] == "bootleap", len(cells)
        elif not cells:
            ours = False
        elif ours and not line.startswith("|---"):
            yield number, cells, width


def wrong_with(cells, width, tests, root):
    if len(cells) != width or not all(cells):
        yield "a cell is empty or missing"
        return
    ours = cells[1]
    named = NAME.findall(ours)
    for name in named:
        if name not in tests:
            yield f"there is no test {name}"
    pages = PAGE.findall(ours)
    if not named and not NOTHING.match(ours) and not any((root / "docs" / page).is_file() for page in pages):
        yield f"no test and no reason: {ours}"


def main(root, build):
    listed = subprocess.run(["ctest", "-N"], cwd=build, text=True, capture_output=True, check=True)
    tests = set(re.findall(r"Test +#\d+: (\S+)", listed.stdout))
    found = list(rows((root / "docs/compared.md").read_text(encoding="utf-8")))
    wrong = [f"docs/compared.md:{number}: {cells[0]}: {what}" for number, cells, width in found
             for what in wrong_with(cells, width, tests, root)]
    if len(found) < 40:
        wrong.append(f"only {len(found)} rows: the tables were not found")
    print("\n".join(wrong) or f"{len(found)} rows")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
