# names.py: no hand-written C names a chip or series outside comments: differences are data.
# SPDX-License-Identifier: MIT
"""Not looked at: tests/ (they name the chip whose row they test) and board.h of the examples
(a board has one chip). An application of the user's may of course name its chip."""
import re

from sources import C_SUFFIXES, hand_written, report, root

# File and name that may stay, with the reason.
ALLOWED = {
    ("sim/run/scenario_options.c", "STM32H723xx"): "an example in the help text",
    ("cli/verbs/cmd_devices.c", "STM32H723ZGT6"): "an example in the help text",
    ("cli/verbs/cmd_pins.c", "STM32H723ZGT6"): "an example in the help text",
    ("cli/verbs/cmd_example.c", "STM32F411CE"): "an example in the help text",
}
COMMENT_OR_STRING = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"', re.DOTALL)
CHIP = re.compile(r"\bSTM32[A-Z0-9]\w*")
SLUG = re.compile(r'^slug = "(\w+)"', re.MULTILINE)


def without_comments(text):
    def blank(match):
        found = match.group()
        return found if found[0] == '"' else "\n" * found.count("\n")
    return COMMENT_OR_STRING.sub(blank, text)


def slugs(folder):
    return {slug for path in sorted(folder.glob("*.toml"))
            for slug in SLUG.findall(path.read_text(encoding="utf-8"))}


project = root()
slug = re.compile(r'"(' + "|".join(sorted(slugs(project / "devices"))) + r')"')
findings = []
for path, text in hand_written(project, C_SUFFIXES):
    if path.parts[0] == "tests" or path.name == "board.h":
        continue
    for number, line in enumerate(without_comments(text).splitlines(), 1):
        for name in CHIP.findall(line) + slug.findall(line):
            if name and (path.as_posix(), name) not in ALLOWED:
                findings.append((path, number, f"names {name}"))
report(findings)
