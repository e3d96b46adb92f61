#!/usr/bin/env python3
# refused.py: what `bootleap example` says no to, in one line, and that nothing is left then.
# SPDX-License-Identifier: MIT
"""refused.py BOOTLEAP"""
import subprocess
import sys
import tempfile
from pathlib import Path

# What is wrong, the arguments before DIR, and words of the message in their order.
BAD = (
    ("no device", [], ("--device is missing", "bootleap devices")),
    ("unknown device", ["--device", "STM32F411CX9"], ("STM32F411CX9",)),
    ("several devices", ["--device", "STM32H7"], ("STM32H7",)),
    ("no way in", ["--device", "wb05"], ("wb05", "no way", "bootleap devices wb05")),
    ("flash must be empty", ["--device", "f04"], ("f04", "first page of flash is erased")),
    ("USART of no ROM", ["--device", "f411", "--usart", "USART6"],
     ("USART6", "f411 does not listen there", "USART1:PA9 (RX PA10), USART2:PD5 (RX PD6)")),
    ("pin of no USART", ["--device", "f405", "--usart", "USART3:PD8"], ("USART3:PB10", "USART3:PC10")),
    ("package lacks it", ["--device", "STM32F411CE", "--usart", "USART2"], ("lacks PD5 or PD6",)),
    ("no pin", ["--device", "f411", "--led", "13"], ('--led "13"', "f411 has no such pin", "A, B, C")),
    ("no such number", ["--device", "f411", "--led", "PC16"], ("PC16", "no such pin")),
    ("no such port", ["--device", "f411", "--led", "PK1"], ("PK1", "no such pin", "H)")),
    ("empty pin", ["--device", "f411", "--led", ""], ("no such pin",)),
    ("pin in use", ["--device", "f411", "--led", "pa10"], ("pa10", "USART1 needs this pin")),
    ("pin in use, other spelling", ["--device", "f411", "--led", "PA09"], ("USART1 needs this pin",)),
    ("no value", ["--device", "f411", "--led"], ("--led",)),
)


def example(bootleap, *arguments):
    return subprocess.run([bootleap, "example", *arguments], capture_output=True, text=True,
                          check=False)


def refusal(done, words):
    """What is not right about a refusal; None if all is."""
    if done.returncode != 2 or done.stdout or done.stderr.count("\n") != 1:
        return f"exit code {done.returncode}: {done.stdout}{done.stderr}"
    place = 0
    for word in words:
        place = done.stderr.find(word, place)
        if place < 0:
            return f"lacks {word!r}: {done.stderr}"
    return None


def folders(bootleap, work):
    """(what, what is not right) about the folder that is written to."""
    good = ["--device", "f411"]
    used = work / "used"
    used.mkdir()
    (used / "mine").write_text("keep")
    yield "folder in use", refusal(example(bootleap, *good, str(used)), ("is not empty",))
    yield "file", refusal(example(bootleap, *good, str(used / "mine")), ("Not a directory",))
    yield "no parent", refusal(example(bootleap, *good, str(work / "a/b")), ("No such file", "whose parent is there"))
    (work / "dangling").symlink_to("nowhere")
    yield "dangling link", refusal(example(bootleap, *good, str(work / "dangling")),
                                   ("File exists", "where you can write"))
    yield "left alone", None if [*used.iterdir()] == [used / "mine"] else "it was changed"
    # Writes fail half-way: a file can hold less than the largest one needs.
    limit = "ulimit -f 100; trap '' XFSZ; exec \"$@\""
    done = subprocess.run(["bash", "-c", limit, "-", bootleap, "example", *good, str(work / "full")],
                          capture_output=True, text=True, check=False)
    yield "disk full", refusal(done, ("full/bootleap/", "File too large"))
    yield "nothing is left", "half a project" if (work / "full").exists() else None
    (work / "empty").mkdir()
    done = subprocess.run(["bash", "-c", limit, "-", bootleap, "example", *good, str(work / "empty")],
                          capture_output=True, text=True, check=False)
    yield "it stays empty", str(done) if [*(work / "empty").iterdir()] else None
    done = example(bootleap, *good, str(work / "empty"))
    yield "empty folder", None if done.returncode == 0 else done.stderr
    here = work / "päth with spaces"
    done = example(bootleap, "--device", "g03", str(here))
    made = (here / "board.h").is_file() and not done.returncode
    other = "SO8, WLCSP18, TSSOP20, UFQFN28: --usart USART1:PA11 instead." in done.stdout
    yield "other pads", None if other else done.stdout
    yield "any name", None if made else done.stderr
    said = [example(bootleap, "--device", part, str(work / part)).stdout
            for part in ("STM32H745ZI", "STM32H743ZI")]
    for code, part in (("STM32F030F4P6", "STM32F030x6"), ("STM32F101C8", "STM32F101xB"),
                       ("STM32F107RB", "STM32F107xC"), ("STM32F411CE", "STM32F411xE")):
        done = example(bootleap, "--device", code, str(work / code))
        yield code, None if f"project for {part} (" in done.stdout else done.stdout + done.stderr
    yield "second core", None if "BCM4 of a new STM32H745" in said[0] else said[0]
    yield "one core", None if "of a new" not in said[1] else said[1]


def main(bootleap):
    bad = 0
    with tempfile.TemporaryDirectory() as scratch:
        for what, arguments, words in BAD:
            tail = [] if what == "no value" else [f"{scratch}/none"]
            why = refusal(example(bootleap, *arguments, *tail), words)
            if why or Path(scratch, "none").exists():
                bad += 1
                print(f"{what}: {why or 'a folder is left'}")
        for what, why in folders(bootleap, Path(scratch)):
            if why:
                bad += 1
                print(f"{what}: {why}")
    return 1 if bad else 0


sys.exit(main(*sys.argv[1:]))
