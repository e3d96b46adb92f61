# trip_svg.py: draws a run of the simulator as a sequence: from the application to the ROM and back.
# SPDX-License-Identifier: MIT
"""trip_svg.py EVENTS

Prints an SVG to stdout. EVENTS is what `bootleap-sim run --events FILE` wrote; script/pictures makes
both. An event that the story needs and EVENTS does not have is an error.
"""
import json
import sys
from pathlib import Path
from xml.sax.saxutils import escape

LANES = ("host", "application", "reset handler", "system bootloader")
HOST, APPLICATION, RESET, ROM = range(len(LANES))
LEFT, LANE, TOP, STEP, WIDTH = 90, 200, 70, 46, 900
COLORS = ("#eeeeee", "#dcebf9", "#e4efe0", "#f6d9a8")


class Step:
    """One line of the sequence: from a lane to a lane, or within one. `at`: instructions, or None
    before the request, where the number says how long the chip has waited."""

    def __init__(self, at, start, end, text):
        self.at, self.start, self.end, self.text = at, start, end, text


def find(events, kind, **wanted):
    """Takes the next event of this kind out of the list, with all that was before it."""
    while events:
        event = events.pop(0)
        if event["event"] == kind and all(event.get(key) == value for key, value in wanted.items()):
            return event
    sys.exit(f"the run has no event {kind} {wanted} where the story needs one")


def quoted(event):
    """The end of a line that the application prints: why it runs."""
    return f"\u201c{event['text'].rsplit(', ', 1)[-1]}\u201d"


def story(events):
    find(events, "start", reset="power-on", starts="application")
    yield Step(None, RESET, APPLICATION, "power-on: bootleap_on_reset() returns FROM_RESET")
    text = find(events, "text")
    yield Step(None, APPLICATION, HOST, quoted(text))
    reset = find(events, "start", reset="software")
    yield Step(None, HOST, APPLICATION, "asks for the bootloader")
    yield Step(reset["at"], APPLICATION, RESET, "bootleap_enter(): writes the mark, resets the chip")
    handoff = find(events, "handoff", outcome="served")
    points = handoff["contract"]
    good = sum(point["ok"] for point in points)
    yield Step(handoff["at"], RESET, ROM,
               f"jumps after {handoff['instructions']} instructions: {good} of {len(points)} checks hold")
    go = find(events, "go")
    if not go["bytes_written"] or not go["pages_erased"]:
        sys.exit("the host has written nothing in this run")
    yield Step(go["at"], HOST, ROM,
               f"erases {go['pages_erased']} pages, writes {go['bytes_written']} bytes, says Go")
    yield Step(go["at"], ROM, RESET, "starts the application: clocks, VTOR, interrupts are the ROM's")
    again = find(events, "start", reset="software")
    yield Step(again["at"], RESET, RESET, "bootleap_on_reset() resets once more")
    yield Step(again["at"], RESET, APPLICATION, "... and returns FROM_ROM: all is as after a reset")
    text = find(events, "text")
    if "from the ROM" not in text["text"]:
        sys.exit(f"the application says {text['text']!r}")
    yield Step(text["at"], APPLICATION, HOST, quoted(text))


def place(lane):
    return LEFT + LANE // 2 + LANE * lane


def arrow(step, y):
    """An arrow from lane to lane, or a loop at one."""
    start, end = place(step.start), place(step.end)
    if start == end:
        yield (f'<path d="M {start} {y} h 40 v 16 h -34" class="line" '
               f'marker-end="url(#head)"/>')
        yield f'<text x="{start + 48}" y="{y + 12}">{escape(step.text)}</text>'
        return
    tip = end - 6 if end > start else end + 6
    yield f'<line x1="{start}" y1="{y}" x2="{tip}" y2="{y}" class="line" marker-end="url(#head)"/>'
    middle = min(max((start + end) // 2, 310), WIDTH - 230)
    yield f'<text x="{middle}" y="{y - 7}" text-anchor="middle">{escape(step.text)}</text>'


def draw(steps):
    height = TOP + STEP * (len(steps) + 1)
    yield (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
           f'height="{height}" role="img">')
    yield "<title>From the application to the system bootloader, and back</title>"
    yield ("<style>text { font: 13px sans-serif; fill: #222; paint-order: stroke; stroke: #fff; "
           "stroke-width: 4px } .lane { font-weight: bold; stroke: none } .at { fill: #777; font-size: "
           "11px } .line { stroke: #222; stroke-width: 1.5; fill: none } .life { stroke: #aaa }</style>")
    yield ('<defs><marker id="head" markerWidth="8" markerHeight="8" refX="6" refY="3" orient="auto">'
           '<path d="M 0 0 L 7 3 L 0 6 z" fill="#222"/></marker></defs>')
    yield f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>'
    for lane, name in enumerate(LANES):
        x = place(lane)
        yield (f'<rect x="{x - 90}" y="14" width="180" height="28" rx="4" fill="{COLORS[lane]}" '
               f'stroke="#888"/>')
        yield f'<text x="{x}" y="33" text-anchor="middle" class="lane">{escape(name)}</text>'
        yield f'<line x1="{x}" y1="42" x2="{x}" y2="{height - 12}" class="life"/>'
    yield '<text x="8" y="25" class="at">instructions</text>'
    yield '<text x="8" y="39" class="at">since the reset</text>'
    begin = next(step.at for step in steps if step.at is not None)
    for number, step in enumerate(steps):
        y = TOP + STEP // 2 + STEP * number
        if step.at is not None:
            yield f'<text x="8" y="{y + 4}" class="at">{step.at - begin}</text>'
        yield from arrow(step, y)
    yield "</svg>"


def main(arguments):
    if len(arguments) != 1:
        sys.exit(__doc__)
    lines = Path(arguments[0]).read_text(encoding="utf-8").splitlines()
    print("\n".join(draw(list(story([json.loads(line) for line in lines])))))


if __name__ == "__main__":
    main(sys.argv[1:])
