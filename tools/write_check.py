#!/usr/bin/env python3
# write_check.py: puts what bootleap-check says of the fixtures of each rule into docs/check.md.
# SPDX-License-Identifier: MIT
"""write_check.py [--check] [--build FOLDER]

For each rule two images of tests/check: one that breaks it, and one that does not. Of each report the head of
the entry, the findings of the rule, and the lines of what is ok and what is as it was found are shown.

With --check nothing is written: the page must be what would be written, addresses and instructions left
aside, which depend on the compiler's version."""
import argparse
import difflib
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/check.md"
BEGIN, END = "<!-- examples -->\n", "<!-- end of examples -->\n"
# The rule, what its title says, and the two images.
PAIRS = (
    ("E1", "the target is read through the new stack", "grid/late_call.h723.clang-O0",
     "grid/right.h723.clang-O0"),
    ("E2", "a task jumps", "grid/task.h723.clang-O0", "grid/right.h723.clang-O0"),
    ("E3", "interrupts are masked", "grid/masked.g0b1.gcc-Os", "grid/right.g0b1.gcc-Os"),
    ("E4", "the remap is written without its clock", "grid/unclocked.g0b1.gcc-Os",
     "grid/right.g0b1.gcc-Os"),
    ("E5", "SysTick is started again", "grid/on_again.g0b1.gcc-Os", "grid/right.g0b1.gcc-Os"),
    ("E6", "start-up code clears the request", "fixtures/request_cleared.g0b1.gcc-Os",
     "fixtures/request_kept.g0b1.gcc-Os"),
    ("E7", "the request stays in the cache", "fixtures/cache_dirty.h723.gcc-Os",
     "fixtures/cache_cleaned.h723.gcc-Os"),
    ("E8", "an interrupt comes before VTOR is set", "fixtures/go_rom_vectors.g0b1.gcc-Os",
     "fixtures/go_own_vectors.g0b1.gcc-Os"),
    ("E9", "a handler jumps", "fixtures/in_handler.g47.gcc-Os", "fixtures/in_main.g47.gcc-Os"),
    ("B1", "the hook comes too late", "fixtures/hook_late.u575.gcc-Os",
     "fixtures/hook_early.u575.gcc-Os"),
)
FINDING = re.compile(r"  (error|warning|note|unknown)\s+(\w+) ")
# What the version of a compiler decides: addresses, places within functions, instructions, lines' ends.
COMPILED = re.compile(r"0x[0-9A-F]{8}|\+0x[0-9A-F]+|^ +>? 0x.*$", re.M)


def blocks(text):
    """(heading, lines) of each part of a report: an entry, the program."""
    for part in text.split("\n\n"):
        heading, *rest = part.splitlines()
        if heading.startswith(("entry", "program", "no entry")):
            yield heading, rest


def shown(lines, rule):
    """Of a part: its lines before the first finding, the findings of the rule, and what is ok."""
    kept, keeps = [], True
    for line in lines:
        finding = FINDING.match(line)
        if finding:
            keeps = finding[2] == rule
        elif line.startswith(("  as found ", "  ok ")):
            keeps = True
        if keeps:
            kept.append(line)
    return kept


def said(build, image, rule):
    """What the page shows of the report on one image."""
    slug = image.split(".")[1]
    done = subprocess.run([build / "bootleap-check", ROOT / f"build/check/{image}.elf", "--device", slug],
                          capture_output=True, text=True, check=False)
    if done.returncode not in (0, 7):
        raise SystemExit(f"{image}: exit code {done.returncode}: {done.stderr}")
    parts = []
    for heading, lines in blocks(done.stdout):
        kept = shown(lines, rule)
        about_rule = any((FINDING.match(line) or ("", "", ""))[2] == rule for line in kept)
        if heading.startswith("entry") or about_rule or rule in "".join(kept):
            parts.append("\n".join([heading, *kept]))
    return "\n\n".join(parts)


def examples(build):
    for rule, title, before, after in PAIRS:
        yield (f"### {rule}: {title}\n\n`{before}.elf`:\n\n```text\n{said(build, before, rule)}\n```\n\n"
               f"`{after}.elf`:\n\n```text\n{said(build, after, rule)}\n```\n")


def compared(page):
    return [line.rstrip() for line in COMPILED.sub("", page).splitlines() if line.strip()]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--build", type=Path, default=ROOT / "build")
    options = parser.parse_args()
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    written = before + BEGIN + "\n" + "\n".join(examples(options.build)) + "\n" + END + rest.split(END)[1]
    if not options.check:
        PAGE.write_text(written, encoding="utf-8")
        return 0
    different = list(difflib.unified_diff(compared(page), compared(written), "docs/check.md",
                                          "what it prints now", lineterm=""))
    print("\n".join(different) or f"{len(PAIRS)} rules")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
