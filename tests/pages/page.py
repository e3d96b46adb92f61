#!/usr/bin/env python3
# page.py: a page's code is what the tests build, and its commands end clean.
# SPDX-License-Identifier: MIT
#
# page.py PAGE SOURCE...   run in the project's folder. Each block of code of PAGE that is marked as
# C, assembly, Make, linker script or configuration must stand in one SOURCE as it is. Each command
# of the page that starts the simulator is run: it must end with 0.
import pathlib
import re
import subprocess
import sys

TESTED = ("asm", "c", "conf", "ld", "make")


def blocks(text):
    """(language, lines) of each fenced block."""
    for language, body in re.findall(r"^```(\w*)\n(.*?)^```$", text, re.M | re.S):
        yield language, body


def wrong_blocks(text, sources):
    tested = [body for language, body in blocks(text) if language in TESTED]
    return tested, [body for body in tested if not any(body in source for source in sources)]


def failed_commands(text):
    commands = [line for _, body in blocks(text) for line in body.splitlines()
                if line.startswith("build/bootleap-sim ")]
    return commands, [line for line in commands
                      if subprocess.run(["bash", "-c", line], stdout=subprocess.DEVNULL).returncode]


def main(page, *names):
    text = pathlib.Path(page).read_text()
    tested, wrong = wrong_blocks(text, [pathlib.Path(name).read_text() for name in names])
    commands, failed = failed_commands(text)
    for body in wrong:
        print(f"{page}: not in {' '.join(names)}:\n{body}")
    for line in failed:
        print(f"{page}: does not end with 0: {line}")
    print(f"{page}: {len(tested)} blocks, {len(commands)} commands")
    return 1 if wrong or failed or not tested or not commands else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
