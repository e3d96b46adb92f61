# files.py: what is no ELF of a Cortex-M, or a damaged one, is refused in one line, or is read as far as it goes.
# SPDX-License-Identifier: MIT
"""files.py CHECK SLOWER"""
import os
import struct
import unittest
from pathlib import Path

from elf_writer import (ATTRIBUTES, FLASH, FUNCTION, HEADER, PROGBITS, PROGRAM, RAM, SECTION, STACK, STRTAB,
                        SYMTAB, Part, attributes, elf, enter, halves, image, vectors, words)
from trial import Trial, main

CODE = halves(0xB510, 0xBD10) + enter()
SOUND = elf([Part(".text", FLASH, vectors() + CODE), Part(".data", RAM, b"data" * 4, False, FLASH + 0x1000)],
            symbols=[("jump", FLASH + 0x41, 20, FUNCTION)], more=[(".ARM.attributes", ATTRIBUTES, attributes())])
AT_PROGRAMS, AT_SECTIONS, AT_PROGRAM_COUNT, AT_SECTION_COUNT = 28, 32, 44, 48
NUMBERS = (0, 1, 0x10, 0x7FFFFFFF, 0x80000000, 0xFFFFFFF0, 0xFFFFFFFF)


def with_word(content, at, number, size=4):
    return content[:at] + struct.pack("<I" if size == 4 else "<H", number) + content[at + size:]


def with_section(content, name, field, number):
    """Changes a field of the first section of this type."""
    start, = struct.unpack_from("<I", content, AT_SECTIONS)
    for at in range(start, len(content), SECTION):
        if struct.unpack_from("<I", content, at + 4)[0] == name:
            return with_word(content, at + 4 * field, number)
    raise ValueError(name)


def with_program(content, number, field, value):
    return with_word(content, HEADER + PROGRAM * number + 4 * field, value)


class Refused(Trial):
    def test_what_is_no_elf(self):
        self.refused("empty", b"")
        self.refused("not an ELF", b"int main(void)\n{\n}\n")
        self.refused("Intel HEX, not an ELF", b":020000040800F2\n:00000001FF\n")
        self.refused("S-records, not an ELF", b"S00600004844521B\nS9030000FC\n")
        self.refused("not an ELF; of a raw binary", vectors() + CODE)
        self.refused("UF2|not an ELF", b"UF2\n" + bytes(508))
        self.refused("not an ELF", bytes(1 << 20))
        self.refused("directory", Path(self.folder.name))
        self.refused("No such file", Path(self.folder.name, "none.elf"))

    @unittest.skipIf(os.name == "nt" or os.geteuid() == 0, "root may read everything")
    def test_what_may_not_be_read(self):
        path = self.file(SOUND)
        path.chmod(0)
        self.refused("Permission denied", path)

    def test_a_pipe_that_nobody_writes_into(self):
        path = Path(self.folder.name, "pipe")
        os.mkfifo(path)
        self.refused("pipe|nobody|empty", path)

    def test_another_machine(self):
        self.refused("x86-64.*not for ARM", elf([Part(".text", FLASH, vectors())], machine=62))
        self.refused("not 32-bit", elf([Part(".text", FLASH, vectors())], bits=2))
        self.refused("little-endian", elf([Part(".text", FLASH, vectors())], order=2))
        self.refused("object file, not linked", elf([], kind=1))
        self.refused("shared library", elf([Part(".text", 0, vectors())], kind=3))
        self.refused("not a program", elf([Part(".text", FLASH, vectors())], kind=4))
        self.refused("without anything to load", elf([]))
        self.refused("built for a Cortex-A", image(CODE, more=[(".a", ATTRIBUTES, attributes(10, "A"))]))
        self.refused("another Arm core", image(CODE, more=[(".a", ATTRIBUTES, attributes(4, "\0"))]))

    def test_tables_that_are_not_there(self):
        self.refused("segments, which no linker", with_word(SOUND, AT_PROGRAM_COUNT, 0x7000, 2))
        self.refused("cut short", with_word(SOUND, AT_PROGRAM_COUNT, 0xFF0, 2))
        self.refused("cut short", with_word(SOUND, AT_PROGRAMS, 0xFFFFFFE0))
        self.refused("cut short", with_word(SOUND, AT_SECTIONS, 0xFFFFFFF0))
        self.refused("cut short", with_word(SOUND, AT_SECTION_COUNT, 0xFEFF, 2))
        many = with_word(with_word(SOUND, AT_SECTION_COUNT, 0, 2), AT_SECTIONS, len(SOUND) - SECTION)
        at = len(SOUND) - SECTION
        self.refused("cut short", with_word(many, at + 20, 0xFFFFFFFF))

    def test_segments(self):
        for size in (0xFFFFFFFF, 0xFFFFFF00, 0x80000000, len(SOUND)):
            self.refused("cut short in the segment", with_program(SOUND, 0, 4, size))
        self.refused("cut short in the segment", with_program(SOUND, 0, 1, 0xFFFFFFFF))
        twice = Part(".other", FLASH + 8, b"\x55" * 32)
        self.refused("twice|two values|differ", elf([Part(".text", FLASH, vectors() + CODE), twice]))
        self.refused("4 GB|address", elf([Part(".text", 0xFFFFFFF0, vectors() + CODE)]))
        self.refused("only partly in a segment|cut short", with_section(SOUND, PROGBITS, 5, len(SOUND)))

    def test_symbols(self):
        self.refused("cut short in its symbols", with_section(SOUND, SYMTAB, 5, 0xFFFFFFF0))
        self.refused("cut short in its symbols", with_section(SOUND, SYMTAB, 4, 0xFFFFFFF0))
        one = elf([Part(".text", FLASH, vectors() + CODE)],
                  symbols=[("f" * 60000, FLASH + 0x41, 2, FUNCTION)] * 20)
        start, = struct.unpack_from("<I", one, AT_SECTIONS)
        table = bytearray(one)  # all have the name of the first one
        symbols = struct.unpack_from("<I", one, start + 2 * SECTION + 16)[0]
        for number in range(1, 21):
            table[symbols + 16 * number:symbols + 16 * number + 4] = words(1)
        self.assertIn(self.look(self.file(bytes(table))).code, (0, 2, 7))

    def test_it_fits_no_chip(self):
        self.refused("fits no STM32", elf([Part(".text", 0x48000000, vectors() + CODE)]))
        self.assertEqual(self.look(self.file(elf([Part(".text", FLASH, b"\0")]))).code, 7)
        self.refused("which no linker makes",
                     elf([Part(f".s{i}", FLASH + 16 * i, bytes(4)) for i in range(4200)]))


class Read(Trial):
    """Damage that leaves something to read."""

    def test_cut_anywhere(self):
        step = 7 if self.slower == 1 else 37
        for size in range(0, len(SOUND), step):
            done = self.look(self.file(SOUND[:size]))
            self.assertEqual(done.code, 2, size)

    def test_every_word_of_the_tables(self):
        start, = struct.unpack_from("<I", SOUND, AT_SECTIONS)
        places = [*range(16, HEADER + 2 * PROGRAM, 4), *range(start, len(SOUND), 4)]
        for turn, at in enumerate(places[::1 if self.slower == 1 else 7]):
            for number in NUMBERS[turn % 2::2]:
                self.look(self.file(with_word(SOUND, at, number)))

    def test_vectors_that_lead_nowhere(self):
        for stack, reset in ((STACK, 0xFFFFFFFF), (STACK, FLASH), (STACK, FLASH + 0xFFF1), (0, FLASH + 0x41),
                             (0xFFFFFFFF, FLASH + 0x41), (STACK, RAM + 1), (RAM, FLASH + 0x41),
                             (STACK, 0x1FFF0001)):
            content = elf([Part(".text", FLASH, vectors(stack, reset) + CODE)])
            self.assertIn(self.look(self.file(content)).code, (0, 2, 7))

    def test_strings_out_of_range(self):
        for field, number in ((6, 0xFFFFFFFF), (6, 0), (6, 1)):
            self.assertIn(self.look(self.file(with_section(SOUND, SYMTAB, field, number))).code, (0, 7))
        for field, number in ((4, 0xFFFFFFFF), (5, 0xFFFFFFFF), (5, 0), (1, 0)):
            self.assertIn(self.look(self.file(with_section(SOUND, STRTAB, field, number))).code, (0, 7))

    def test_debug_information_that_leads_astray(self):
        unit = struct.pack("<IHIB", 0x7FFFFFF0, 4, 0, 4)
        for data in (b"", unit, unit * 1000, words(0xFFFFFFFF, 0xFFFFFFFF), bytes(100000), b"\xff" * 100000,
                     self.cyclic(), b"\x01" * 100000):
            for size in (None, 0xFFFFFFF0):
                content = image(CODE, more=[(".debug_info", PROGBITS, data),
                                            (".debug_abbrev", PROGBITS, bytes([1, 0x11, 1, 0x55, 0x17, 0, 0, 0])),
                                            (".debug_line", PROGBITS, data), (".debug_ranges", PROGBITS, data)])
                if size:
                    start, = struct.unpack_from("<I", content, AT_SECTIONS)
                    content = with_word(content, start + 2 * SECTION + 20, size)
                self.assertIn(self.look(self.file(content)).code, (0, 7))

    @staticmethod
    def cyclic():
        """A function that is an instance of itself, in a unit that holds all addresses."""
        abbreviation = 1
        die = bytes([abbreviation]) + words(0, 0xFFFFFFFF)
        body = struct.pack("<HIB", 4, 0, 4) + die + bytes([2]) + words(11) * 3 + bytes(4)
        return words(len(body)) + body

    def test_many_of_something(self):
        names = [(f"f{i}", FLASH + 0x41 + 4 * (i % 10), 0xFFFFFFFF - i, FUNCTION) for i in range(100000)]
        self.assertIn(self.look(self.file(image(CODE, symbols=names))).code, (0, 7))
        spread = [(f"f{i}", FLASH + 0x41 + 2 * i, 2, FUNCTION) for i in range(100000)]
        calls = halves([0xF7FF, 0xFFFE] * 50000)
        self.assertIn(self.look(self.file(image(CODE + calls, symbols=spread))).code, (0, 7))
        sections = [(f".s{i}", PROGBITS, b"") for i in range(60000)]
        self.assertIn(self.look(self.file(image(CODE, more=sections))).code, (0, 7))
        parts = [Part(f".s{i}", FLASH + 0x10000 + 32 * i, bytes(4)) for i in range(4000)]
        text = Part(".text", FLASH, vectors() + CODE)
        self.assertIn(self.look(self.file(elf([text, *parts]))).code, (0, 2, 7))


main()
