# rooms.py: the rooms of the host programs, as their CMakeLists.txt names them.
# SPDX-License-Identifier: MIT
"""room(NAME ...) makes one. Every word behind its name that is a room is one that it sees, and so is
what a library without sources of its own hands on: target_link_libraries(NAME INTERFACE ...)."""
import re
from pathlib import Path

ROOM = re.compile(r"^room\((\w+)\b([^)]*)\)", re.MULTILINE)
HANDED_ON = re.compile(r"^target_link_libraries\((\w+) INTERFACE([^)]*)\)", re.MULTILINE)
PROGRAMS = ("common", "host", "cli", "sim", "check")


def read_rooms(project):
    """{room: the rooms that it names}; a room is a folder, as "sim/core"."""
    rooms, handed_on = {}, {}
    for program in PROGRAMS:  # lowest first: what one hands on is known to the next
        path = project / program / "CMakeLists.txt"
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        handed_on |= {name: words.split() for name, words in HANDED_ON.findall(text)}
        for name, words in ROOM.findall(text):
            seen = [other for word in words.split() for other in handed_on.get(word, [word])]
            # sim/ leaves out its own name.
            rooms[f"{program}/{name}"] = {f"{program}/{word}" for word in seen} | {
                word.replace("_", "/", 1) for word in seen}
    return {name: seen & rooms.keys() for name, seen in rooms.items()}


def closure(rooms, name):
    """All rooms that `name` sees, directly or through others, itself included."""
    found, rest = set(), [name]
    while rest:
        one = rest.pop()
        if one not in found:
            found.add(one)
            rest += rooms.get(one, ())
    return found


def circle(graph):
    """The nodes of some circle of {node: nodes}, in order; [] if there is none."""
    state, trail = {}, []

    def visit(node):
        state[node] = "open"
        trail.append(node)
        for other in sorted(graph.get(node, ())):
            if state.get(other) == "open":
                return trail[trail.index(other):]
            found = [] if other in state else visit(other)
            if found:
                return found
        state[node] = "done"
        trail.pop()
        return []

    for node in sorted(graph):
        found = [] if node in state else visit(node)
        if found:
            return found
    return []


def room_of(path):
    """The folder that a file is in: "sim/core", or "sim" for what is in no room."""
    return Path(*path.parts[:-1][:2]).as_posix()
