#!/usr/bin/env python3
# record.py: what the tests of bootleap.exe came to, as two tables of docs/windows.md.
# SPDX-License-Identifier: MIT
"""record.py TESTS.XML    what ctest --output-junit wrote"""
import sys
import xml.etree.ElementTree as xml

# The first whose start a name has.
GROUPS = (
    ("unit.", "unit tests of `common/`, `host/` and `cli/`"),
    ("check.", "unit tests of `check/`"),
    ("cli.fault.", "a fault at each step of the protocol (`tests/cli/fault.py`)"),
    ("cli.", "the tool with a chip on a port (`tests/cli`)"),
    ("windows.round-trip", "enter, info, flash, verify, read, erase, go on a virtual NUCLEO-H723ZG"),
    ("windows.check", "`bootleap-check.exe` on each image of `tests/check`"),
    ("windows.", "names of ports and files, ends of lines, figures (`tests/windows`)"),
)
HEAD = "| disturbed | rows | sessions | right | one message | silent | bytes outside | options | longest wait |"


def group_of(name):
    return next(text for start, text in GROUPS if name.startswith(start))


def main():
    cases = list(xml.parse(sys.argv[1]).getroot().iter("testcase"))
    passed = {text: 0 for _, text in GROUPS}
    counts = dict(passed)
    for case in cases:
        counts[group_of(case.get("name"))] += 1
        passed[group_of(case.get("name"))] += case.get("status") == "run"
    print("| as `.exe` under Wine | passed |\n|---|---|")
    for text, count in counts.items():
        print(f"| {text} | {passed[text]} of {count} |")
    outputs = [case.findtext("system-out") or "" for case in cases if case.get("name").startswith("windows.")]
    lines = [line for output in outputs for line in output.splitlines()]
    print("".join(f"\n{line}\n" for line in lines if line.startswith("Of ")), end="")
    print("\nThese figures are the same as on Linux, character by character:\n")
    print(HEAD + "\n" + "|---" * HEAD.count(" |") + "|")
    print("\n".join(line for line in lines if line.startswith("| ")))
    print("\n| `bootleap flash` | bytes in both directions | the fewest that can do it |\n|---|---|---|")
    row = ""
    for line in lines:
        if line.startswith("  ") and "minimum" in line:
            what, sizes = line.strip().split(": ")
            is_, least = sizes.split(" bytes, minimum ")
            print(f"| {what}, {row} | {int(is_):,} | {int(least):,} |")
        elif line and " " not in line:
            row = line


if __name__ == "__main__":
    main()
