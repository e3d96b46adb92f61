# includes.py: who may include what: rooms one way, the judge and the tool not each other.
# SPDX-License-Identifier: MIT
"""CMake's include paths say the same, but a path can be added in passing, and a compiler does not
mind a circle. A unit is a source and the header of its name; no two units include each other, not
even through others."""
import re
from collections import defaultdict

from rooms import circle, closure, read_rooms, room_of
from sources import C_SUFFIXES, hand_written, report, root

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
HIDDEN = re.compile(r"^\s*(/\*.*\*/)?\s*#\s*include\b")  # what INCLUDE does not read
# A function that some other file defines, at the beginning of a line.
PROTOTYPE = re.compile(r"^(?!static\b|typedef\b)[a-z][\w ]*[ *]\w+\([^;{}]*\);", re.MULTILINE)
# Folder: the folders whose headers it may include.
MAY = {
    "src": {"src"},
    "common": {"common"},
    "host": {"host", "common"},
    "cli": {"cli", "host", "common"},
    "sim": {"sim", "common"},
    "check": {"check", "common"},
}
LIBRARY_MAY = {"stdint.h"}


def header_for(headers, rooms, path, name):
    """The header that `path` may include under this name, and why there is none."""
    folder, room = path.parts[0], room_of(path)
    found = [one for one in headers.get(name, ()) if one.parts[0] in MAY[folder]]
    seen = closure(rooms, room) | {"common", "src"}
    if not found:
        return None, f'"{name}" is in none of: {", ".join(sorted(MAY[folder]))}'
    if room in rooms and room_of(found[0]) not in seen:
        return None, f'"{name}" is in {room_of(found[0])}, which {room} does not see'
    return found[0], None


def look_at(headers, rooms, path, kind, name):
    """(header of the project or None, problem or None) of one line."""
    if kind == "<":
        if path.parts[0] == "src" and name not in LIBRARY_MAY:
            return None, f"the library needs <stdint.h> and nothing else, not <{name}>"
        return None, None
    if "/" in name:
        return None, f'"{name}": a header is included by its name alone'
    return header_for(headers, rooms, path, name)


def look_around_includes(path, text):
    """(line, problem) of each way to use another file that is no plain include."""
    for number, line in enumerate(text.splitlines(), 1):
        if HIDDEN.match(line) and not INCLUDE.match(line):
            yield number, "an include stands alone on its line and names its header"
    host = path.suffix == ".c" and path.parts[0] != "src"  # src/ declares what the linker makes
    for match in PROTOTYPE.finditer(text) if host else ():
        yield text.count("\n", 0, match.start()) + 1, "declares a function that a header declares"


def main():
    project = root()
    rooms = read_rooms(project)
    files = [(p, t) for p, t in hand_written(project, C_SUFFIXES) if p.parts[0] in MAY]
    headers, units, findings = defaultdict(list), defaultdict(set), []
    for path in (*project.glob("common/*.h"), *project.glob("src/*.h")):  # generated ones too
        headers[path.name].append(path.relative_to(project))
    for path, _ in files:
        if path.suffix == ".h" and path not in headers[path.name]:
            headers[path.name].append(path)
    for path, text in files:
        findings += [(path, *finding) for finding in look_around_includes(path, text)]
        for number, line in enumerate(text.splitlines(), 1):
            match = INCLUDE.match(line)
            header, problem = look_at(headers, rooms, path, *match.groups()) if match else (None, None)
            if problem:
                findings.append((path, number, problem))
            if header and header.with_suffix("") != path.with_suffix(""):
                units[path.with_suffix("").as_posix()].add(header.with_suffix("").as_posix())
    for what, graph in (("rooms see", rooms), ("units include", units)):
        names = circle(graph)
        if names:
            findings.append((names[0], 1, f"{what} each other in a circle: {' -> '.join(names)}"))
    report(findings)


main()
