# includes.py: who may include what: the library nothing, the judge and the tool not each other.
# SPDX-License-Identifier: MIT
"""CMake's include paths say the same, but a path can be added in passing."""
import re

from sources import C_SUFFIXES, hand_written, report, root

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
# Folder: the folders whose headers it may include.
MAY = {
    "src": {"src"},
    "common": {"common"},
    "cli": {"cli", "common"},
    "sim": {"sim", "common"},
    "check": {"check", "common"},
}
LIBRARY_MAY = {"stdint.h"}


def problem_with(project, folder, kind, name):
    if kind == "<":
        if folder == "src" and name not in LIBRARY_MAY:
            return f"the library needs <stdint.h> and nothing else, not <{name}>"
        return None
    if "/" in name:
        return f'"{name}": a header is included by its name alone'
    if not any(next((project / other).rglob(name), None) for other in MAY[folder]):
        return f'"{name}" is in none of: {", ".join(sorted(MAY[folder]))}'
    return None


project = root()
findings = []
for path, text in hand_written(project, C_SUFFIXES):
    folder = path.parts[0]
    if folder not in MAY:
        continue
    for number, line in enumerate(text.splitlines(), 1):
        match = INCLUDE.match(line)
        problem = match and problem_with(project, folder, *match.groups())
        if problem:
            findings.append((path, number, problem))
report(findings)
