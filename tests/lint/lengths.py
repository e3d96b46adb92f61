# lengths.py: hand-written C files have at most 400 lines, their functions at most 40.
# SPDX-License-Identifier: MIT
"""A function is what lies between a line "{" and the next line "}", both in column 1, and the
declarator above it. That is exact for this project because lint.format enforces the layout:
braces of everything else open at the end of a line or are indented."""
from sources import C_SUFFIXES, hand_written, report, root

FILE_LINES = 400
FUNCTION_LINES = 40


def functions(lines):
    """(first line, last line), counted from 1, of each function."""
    first = None
    for number, line in enumerate(lines, 1):
        if line == "{":
            first = number
            # Back to where the declarator begins: after a blank line, a comment, a statement.
            while first > 1 and lines[first - 2].strip() and not lines[first - 2].startswith(
                    ("//", "#", "}", "*/")) and not lines[first - 2].endswith(";"):
                first -= 1
        elif line == "}" and first:
            yield first, number
            first = None


findings = []
for path, text in hand_written(root(), C_SUFFIXES):
    lines = text.splitlines()
    if len(lines) > FILE_LINES:
        findings.append((path, len(lines), f"{len(lines)} lines, {FILE_LINES} are allowed"))
    for first, last in functions(lines):
        if last - first + 1 > FUNCTION_LINES:
            findings.append((path, first, f"a function of {last - first + 1} lines, "
                                          f"{FUNCTION_LINES} are allowed"))
report(findings)
