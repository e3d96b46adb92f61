# hostile.py: writes ELF files of which each has one thing wrong, and one that is right.
# SPDX-License-Identifier: MIT
"""hostile.py FOLDER"""
import struct
import sys
from pathlib import Path

ELF32, ELF64, ARM, X86_64, LOAD = 1, 2, 40, 62, 1
FLASH, RAM_END = 0x08000000, 0x20001000
HEADER, PROGRAM = 52, 32


def elf(stack=RAM_END, reset=FLASH + 9, place=FLASH, machine=ARM, bits=ELF32, data=None):
    """Two words of vector table, and `b .` behind them."""
    data = struct.pack("<IIHH", stack, reset, 0xE7FE, 0xE7FE) if data is None else data
    offset = HEADER + PROGRAM
    ident = b"\x7fELF" + bytes([bits, 1, 1]) + bytes(9)
    return (ident + struct.pack("<HHIIIIIHHHHHH", 2, machine, 1, reset, HEADER, 0, 0, HEADER,
                                PROGRAM, 1, 0, 0, 0)
            + struct.pack("<8I", LOAD, offset, place, place, len(data), len(data), 5, 4) + data)


FILES = {
    "good": elf(),
    "x86": elf(machine=X86_64),
    "64-bit": elf(bits=ELF64),
    "in-ram": elf(place=0x20000000),
    "behind-flash": elf(data=bytes(0x100001)),
    "offset": elf(place=FLASH + 0x4000),
    "one-word": elf(data=struct.pack("<I", RAM_END)),
    "no-stack": elf(stack=0xFFFFFFFF),
    "stack-in-flash": elf(stack=FLASH + 0x100),
    "even": elf(reset=FLASH + 8),
    "reset-in-ram": elf(reset=0x20000001),
    "reset-nowhere": elf(reset=0xFFFFFFFF),
}
for name, content in FILES.items():
    (Path(sys.argv[1]) / f"{name}.elf").write_bytes(content)
