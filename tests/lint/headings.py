# headings.py: each source file begins with its job and its licence.
# SPDX-License-Identifier: MIT
"""First line (after #!): a comment "name: its one job." with the file's own name, except in CMake's
files, which have the job alone. Second line: the licence."""
import re

from sources import hand_written, report, root

COMMENT = {".c": "// ", ".h": "// ", ".S": "// ", ".ld": "/* ", ".py": "# ", ".sh": "# ",
           ".cmake": "# "}
SPDX = "SPDX-License-Identifier: MIT"


def comment_of(path, text):
    """How a comment begins in this file; None where no heading is asked for."""
    if path.name == "CMakeLists.txt":
        return "# "
    if not path.suffix and text.startswith("#!"):
        return "# "
    return COMMENT.get(path.suffix)


findings = []
for path, text in hand_written(root()):
    comment = comment_of(path, text)
    if not comment:
        continue
    lines = [*text.splitlines(), "", ""]
    at = 1 if lines[0].startswith("#!") else 0
    named = path.name != "CMakeLists.txt" and path.suffix != ".cmake"
    start = comment + (f"{path.name}: " if named else "")
    if not re.fullmatch(re.escape(start) + r"\S.+", lines[at]):
        findings.append((path, at + 1, f'should be "{start}its one job."'))
    # On a line of its own: clang-format joins it to a first line that is too long.
    if not re.fullmatch(r"\W*" + SPDX + r"\W*", lines[at + 1]):
        findings.append((path, at + 2, f'should be "{SPDX}"'))
report(findings)
