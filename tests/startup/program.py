# program.py: makes the table of replay.c from the trace of a start-up.
# SPDX-License-Identifier: MIT
"""usage: program.py TRACE.csv TABLE.c"""
import csv
import sys
from pathlib import Path

EXCEPTIONS = 256
KINDS = {"read": "ACCESS_READ", "write": "ACCESS_WRITE", "wait": "ACCESS_WAIT",
         "acknowledge": "ACCESS_ACKNOWLEDGE", "interrupt": "ACCESS_INTERRUPT"}


def access(row):
    """One line of the table."""
    words = [row["address"] or "0", row["value"] or "0", row["mask"] or "0"]
    return (f"    {{{KINDS[row['access']]}, {row['bytes'] or 0}, {row['exception'] or 0}, "
            f"{', '.join(word + 'u' for word in words)}}},  // {row['in']}")


def table(trace):
    """The C file for the trace of this name."""
    with open(trace, encoding="ascii") as file:
        lines = [access(row) for row in csv.DictReader(line for line in file if line[0] != "#")]
    vectors = ["reset_handler"] + ["handler"] * (EXCEPTIONS - 2)
    return "\n".join([
        f"// made from {Path(trace).name}", '#include "replay.h"', "",
        "extern uint32_t stack_top[];", "",
        '__attribute__((section(".vectors"), used)) static const struct {',
        "    uint32_t *stack;", f"    void (*handlers[{EXCEPTIONS - 1}])(void);", "} vectors = {",
        f"    stack_top, {{{', '.join(vectors)}}}}};", "",
        "const struct access accesses[] = {", *lines, "};",
        "const uint32_t access_count = sizeof accesses / sizeof accesses[0];", ""])


def main():
    """Writes the table."""
    trace, output = sys.argv[1:]
    Path(output).write_text(table(trace), encoding="ascii")


if __name__ == "__main__":
    main()
