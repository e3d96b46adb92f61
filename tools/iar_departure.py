#!/usr/bin/env python3
# iar_departure.py: prints the departure of src/bootleap.c as a file for IAR's assembler.
# SPDX-License-Identifier: MIT
"""iar_departure.py -mcpu=CORE -DPART [-D...]

IAR's compiler takes no directives in its inline assembly, so bootleap_depart() must be in a file of its
own there. This compiles src/bootleap.c with arm-none-eabi-gcc and these flags and writes the function's
instructions and words as IAR's assembler has them, on stdout. Exit code 0. 1: the compiler failed, or
this build has a departure that is more than a piece of its own: with BOOTLEAP_MARK_IN_BACKUP it calls a
function, with BOOTLEAP_ERASE_FIRST_PAGE it copies its code, with BOOTLEAP_EXECUTE_ONLY its words are
elsewhere. 2: wrong use."""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src/bootleap.c"
LINE = re.compile(r" +([0-9a-f]+):\t[0-9a-f ]+\t(\S+)(?:\t([^@]*?))?\s*(?:@ (.*))?")
PLACE = re.compile(r"(?:.*, )?([0-9a-f]+) <")
SAME_TWICE = {"adds", "subs", "bics", "orrs"}  # "bics r4, r2" is BICS R4, R4, R2

HEAD = """\
; bootleap_depart.s: the departure of bootleap, for IAR's assembler. Made by tools/iar_departure.py.
; SPDX-License-Identifier: MIT
;
; From src/bootleap.c with {flags}
; Make it anew when the library, the part or one of these macros changes.

        SECTION .text:CODE:NOROOT(2)
        PUBLIC  bootleap_depart
        THUMB
bootleap_depart:
"""
TAIL = "\n        END\n"


def fail(what):
    sys.exit(f"iar_departure.py: {what}")


def disassemble(flags):
    """The lines of objdump about bootleap_depart()."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, "bootleap.o")
        command = ["arm-none-eabi-gcc", "-std=c99", "-Os", "-mthumb", "-ffreestanding", "-ffunction-sections",
                   *flags, "-c", SOURCE, "-o", made]
        if subprocess.run(command, check=False).returncode:
            fail("arm-none-eabi-gcc does not compile src/bootleap.c with these flags")
        return subprocess.run(["arm-none-eabi-objdump", "-dr", "-j", ".text.bootleap_depart", made],
                              check=True, capture_output=True, text=True).stdout.splitlines()


def read(lines):
    """[(address, mnemonic, operands, the place it refers to or None)]"""
    found = []
    for line in lines:
        match = LINE.fullmatch(line)
        if not match:
            if "R_ARM_" in line:
                fail("the departure of this build needs more than itself: " + line.split()[-1])
            continue
        address, name, operands, comment = match.groups("")
        place = PLACE.match(comment if "pc" in operands else operands)
        found.append((int(address, 16), name if name.startswith(".") else name.split(".")[0], operands.strip(),
                      int(place[1], 16) if place else None))
    return found or fail("this part has no departure: no way into its system bootloader is known")


def instruction(name, operands, place):
    """One line in IAR's words, without the label."""
    if name == "add" and "pc" in operands:
        name = "adr"
    words = [word.strip() for word in operands.split(",")] if "{" not in operands else [operands]
    if place is not None:
        words = [*(words[:1] if name in ("adr", "ldr") else []), f"L_{place:02x}"]
    elif name in ("dsb", "isb"):
        words = []
    elif name in SAME_TWICE and len(words) == 2:
        words = [words[0], *words]
    return f"        {name.upper():7} {', '.join(words).upper()}".rstrip()


def convert(code):
    places = {place for _, _, _, place in code}
    data = [address for address, name, _, _ in code if name == ".word"]
    for _, name, operands, place in code:
        if name == "add" and "pc" in operands and place not in data:
            fail("the departure of this build copies its own code")
    for address, name, operands, place in code:
        if address == min(data):
            yield "\n        ALIGNROM 2\n        DATA"
        if address in places:
            yield f"L_{address:02X}:"
        yield f"        DC32    {operands}" if name == ".word" else instruction(name, operands, place)


def main(*flags):
    if not flags or not all(re.match(r"-(mcpu=|D)", flag) for flag in flags):
        print(__doc__, file=sys.stderr)
        return 2
    code = convert(read(disassemble(flags)))
    print(HEAD.format(flags=" ".join(flags)) + "\n".join(code) + TAIL, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
