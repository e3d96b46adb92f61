# blocks.py: an IP block is named in its own file and in the table of blocks, and nowhere else in sim/.
# SPDX-License-Identifier: MIT
"""Core, bus, chip, judge and main loop ask for roles, so a new block changes none of them. Neither do
they look for an instance by the name that a row gives it."""
import re

from sources import C_SUFFIXES, hand_written, report, root

LINE = re.compile(r"^\s*BLOCK\((BLOCK_\w+), (\w+)_type\)", re.MULTILINE)
INSTANCE = re.compile(r'name = "(\w+)", (?:block = "|apb = )')
COMMENT = re.compile(r"//[^\n]*")
COMMENT_OR_STRING = re.compile(r'//[^\n]*|"(?:\\.|[^"\\\n])*"')

project = root()
table = project / "sim/blocks/blocks.c"
lines = LINE.findall(table.read_text(encoding="utf-8")) if table.is_file() else []
kinds = {kind for kind, _ in lines}
files = {name for _, name in lines}
code = re.compile(r"\b(" + "|".join(sorted(kinds) + [f"{name}_type" for name in sorted(files)]) + r")\b")
# A header of another room may have the name of a block: ports/usb.h is no block's.
others = {path.stem for path in project.glob("sim/*/*.h") if path.parent.name != "blocks"}
header = re.compile(r'#\s*include\s*"(' + "|".join(sorted(files - others)) + r')\.h"')
rows = "".join(path.read_text(encoding="utf-8") for path in sorted(project.glob("devices/**/*.toml")))
instance = re.compile('"(' + "|".join(sorted(set(INSTANCE.findall(rows))) or ["a^"]) + ')"')
findings = []
if not lines:
    findings.append(("sim/blocks/blocks.c", 1, "no line BLOCK(BLOCK_<KIND>, <file>_type) is found"))
for path, text in hand_written(project, C_SUFFIXES) if lines else ():
    if path.parts[0] != "sim" or path.parts[1] == "blocks":
        continue
    for number, line in enumerate(text.splitlines(), 1):
        match = (header.search(line) or code.search(COMMENT_OR_STRING.sub("", line))
                 or instance.search(COMMENT.sub("", line)))
        if match:
            findings.append((path, number, f"names a block: {match.group()}"))
report(findings)
