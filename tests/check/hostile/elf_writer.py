# elf_writer.py: writes ELF files for a Cortex-M from parts, and code from halfwords.
# SPDX-License-Identifier: MIT
import struct
from typing import NamedTuple

FLASH, RAM, STACK = 0x08000000, 0x20000000, 0x20004000
VECTOR_WORDS = 16
HEADER, PROGRAM, SECTION, SYMBOL = 52, 32, 40, 16
FUNCTION, OBJECT = 0x12, 0x11  # global, of st_info
PROGBITS, SYMTAB, STRTAB, ATTRIBUTES = 1, 2, 3, 0x70000003


class Part(NamedTuple):
    """A section with a segment of its own."""

    name: str
    address: int
    data: bytes
    code: bool = True
    load: int | None = None


def halves(*codes):
    """Numbers and lists of them, as halfwords."""
    flat = []
    for code in codes:
        flat += code if isinstance(code, list) else [code]
    return struct.pack(f"<{len(flat)}H", *flat)


def words(*numbers):
    return struct.pack(f"<{len(numbers)}I", *(number & 0xFFFFFFFF for number in numbers))


def wide(number):
    """The two halfwords of a 32-bit instruction."""
    return [number >> 16, number & 0xFFFF]


def padded(data):
    return data + bytes(-len(data) % 4)


class Writer:
    """Collects what stands behind the program headers."""

    def __init__(self, start):
        self.start, self.body, self.names, self.sections = start, b"", b"\0", [(0,) * 10]

    def add(self, name, kind, data, flags=0, address=0, link=0, each=0):
        self.sections.append((len(self.names), kind, flags, address, self.start + len(self.body), len(data),
                              link, 1 if kind == SYMTAB else 0, 4, each))
        self.names += name.encode() + b"\0"
        self.body += padded(data)

    def add_symbols(self, symbols):
        texts, table = b"\0", bytes(SYMBOL)
        for name, address, size, info in symbols:
            table += struct.pack("<IIIBBH", len(texts), address, size, info, 0, 1)
            texts += name.encode() + b"\0"
        self.add(".symtab", SYMTAB, table, link=len(self.sections) + 1, each=SYMBOL)
        self.add(".strtab", STRTAB, texts)


def elf(parts, symbols=(), more=(), kind=2, machine=40, bits=1, order=1, sections=True):
    """`more`: (name, type, bytes) of sections that nobody loads."""
    writer = Writer(HEADER + PROGRAM * len(parts))
    programs = b""
    for part in parts:
        load = part.address if part.load is None else part.load
        offset = writer.start + len(writer.body)
        programs += words(1, offset, part.address, load, len(part.data), len(part.data),
                          5 if part.code else 6, 4)
        writer.add(part.name, PROGBITS, part.data, 6 if part.code else 3, part.address)
    for name, of_kind, data in more:
        writer.add(name, of_kind, data)
    if symbols:
        writer.add_symbols(symbols)
    writer.add(".shstrtab", STRTAB, b"")
    last = list(writer.sections[-1])
    last[5] = len(writer.names)
    writer.sections[-1] = tuple(last)
    writer.body += padded(writer.names)
    table = b"".join(struct.pack("<10I", *section) for section in writer.sections) if sections else b""
    count = len(writer.sections) if sections else 0
    place = writer.start + len(writer.body) if sections else 0
    return (b"\x7fELF" + bytes([bits, order, 1]) + bytes(9)
            + struct.pack("<HHIIIIIHHHHHH", kind, machine, 1, FLASH | 1, HEADER, place, 0x05000200, HEADER,
                          PROGRAM, len(parts), SECTION, count, max(count - 1, 0))
            + programs + writer.body + table)


def vectors(stack=STACK, reset=FLASH + 4 * VECTOR_WORDS):
    return words(stack, reset | 1) + bytes(4 * VECTOR_WORDS - 8)


def image(code, **options):
    """Vectors, and code behind them that the reset runs."""
    return elf([Part(".text", FLASH, vectors() + code)], **options)


def attributes(architecture=13, profile="M"):
    body = bytes([6, architecture, 7, ord(profile)])
    return b"A" + words(16 + len(body) - 1 + 4)[:4] + b"aeabi\0" + bytes([1]) + words(len(body) + 5) + body


def enter(table=0x1FFF0000):
    """A jump into a ROM: MSR MSP and BX by the words of its table."""
    return halves(0x4B03, 0x681A, 0xF382, 0x8808, 0x685B, 0x4718, 0xBF00, 0xBF00) + words(table)
