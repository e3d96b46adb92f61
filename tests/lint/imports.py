# imports.py: the rooms of tools/ use each other in one direction only.
# SPDX-License-Identifier: MIT
import ast

from sources import hand_written, report, root

# Room: the rooms that it may import from. What is in none, the commands, may use all of them.
MAY = {
    "c_literals": set(),
    "schema": set(),
    "table": {"schema"},
    "checks": {"schema", "table"},
    "evidence": {"schema", "table"},
    "host_table": {"c_literals", "evidence", "schema", "table"},
    "firmware_header": {"c_literals", "schema", "table"},
    "pages": {"evidence", "schema", "table"},
}


def imported(text):
    """(line, first part of the name) of each module that is imported."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name.split(".")[0]) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, (node.module or "").split(".")[0]


findings = []
for path, text in hand_written(root(), {".py"}):
    if path.parts[0] != "tools":
        continue
    room = path.parts[1].removesuffix(".py")
    if len(path.parts) > 2 and room not in MAY:
        findings.append((path, 1, f"{room} is no room that imports.py knows"))
    for line, name in imported(text):
        if room in MAY and name in MAY and name not in MAY[room] | {room}:
            findings.append((path, line, f"{room} must not use {name}"))
        if room in MAY and (root() / "tools" / f"{name}.py").exists() and name not in MAY:
            findings.append((path, line, f"{room} must not use the command {name}"))
report(findings)
