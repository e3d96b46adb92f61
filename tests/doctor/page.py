# page.py: docs/doctor.md has the table of causes as the program has it.
# SPDX-License-Identifier: MIT
"""usage: page.py PAGE PRINT_CAUSES [--write]"""
import subprocess
import sys
from pathlib import Path

BEGIN, END = "<!-- causes -->\n", "<!-- end of causes -->"


def main(page, program, write=None):
    path = Path(page)
    text = path.read_text()
    causes = subprocess.run([program], check=True, capture_output=True, text=True).stdout
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    wanted = before + BEGIN + causes + "\n" + END + after
    if write == "--write":
        path.write_text(wanted)
    elif text != wanted:
        sys.exit(f"{page} is not what the rules say: python3 {sys.argv[0]} {page} {program} --write")


main(*sys.argv[1:])
