# test_uf2.py: UF2 files, sound and broken.
# SPDX-License-Identifier: MIT
import struct

from reader import ReaderTest

STM32G0, ESP32, NOBODY = 0x300F5633, 0x1C5F21B0, 0x12345678
FAMILY = 0x2000


def block(number, count, address, data, family=STM32G0, flags=FAMILY, size=None):
    size = len(data) if size is None else size
    return struct.pack("<8I476sI", 0x0A324655, 0x9E5D5157, flags, address, size, number, count,
                       family, data, 0x0AB16F30)


def page(seed):
    return bytes((seed + i) & 0xFF for i in range(256))


def uf2(count, **options):
    return [block(i, count, 0x08000000 + 256 * i, page(i), **options) for i in range(count)]


class Uf2(ReaderTest):
    def test_blocks_in_any_order(self):
        whole = [(0x08000000, page(0) + page(1) + page(2))]
        self.check(b"".join(uf2(3)), "uf2", whole)
        self.check(b"".join(reversed(uf2(3))), "uf2", whole)
        self.check(b"".join(uf2(3, family=0, flags=0)), "uf2", whole)
        self.check(block(0, 1, 0x08001000, page(1) + page(2)[:220]), "uf2",
                   [(0x08001000, page(1) + page(2)[:220])])

    def test_other_memories_are_left_out(self):
        content = uf2(2)
        content[0] = block(0, 2, 0x10000000, page(9), ESP32, FAMILY | 1)
        self.check(b"".join(content), "uf2", [(0x08000100, page(1))],
                   ["1 of 2 blocks are not for the main flash: left out"])
        self.refuse(block(0, 1, 0x08000000, b"a", flags=1), "no data in it")
        self.refuse(block(0, 1, 0x08000000, b"a", flags=0x1001), "carries files, not flash")

    def test_families(self):
        self.refuse(b"".join(uf2(2, family=ESP32)), "UF2 file for ESP32")
        mixed = uf2(1) + [block(1, 2, 0x08000100, page(1), NOBODY)]
        mixed[0] = block(0, 2, 0x08000000, page(0))
        self.refuse(b"".join(mixed), "several kinds of chip, 0x300F5633 and 0x12345678")
        self.check(b"".join(uf2(1, family=NOBODY)), "uf2", [(0x08000000, page(0))],
                   ["UF2 family 0x12345678 is not known: it is not compared with the chip"])

    def test_refused(self):
        good = uf2(3)
        self.refuse(b"".join(good)[:-1], "cut short in its block 2, at byte 1535")
        self.refuse(b"".join(good[:2]), "UF2 file with 2 blocks, block 0 says that they are 3")
        self.refuse(good[0] + good[1] + good[1], "UF2 file with two of block 1")
        self.refuse(good[0] + good[1] + block(3, 3, 0, b""), "no place for block 3")
        self.refuse(good[0] + good[1] + bytes(512), "block 2 of the UF2 file does not look like one")
        self.refuse(good[0] + good[1] + good[2][:-1] + b"!", "block 2 of the UF2 file does not look")
        self.refuse(block(0, 1, 0x08000000, b"", size=477), "477 bytes of data, at most 476 fit")
        self.refuse(block(0, 1, 0xFFFFFFFE, b"abc"), "end of the address space")
        twice = block(0, 2, 0x08000000, b"ab") + block(1, 2, 0x08000001, b"c")
        self.refuse(twice, "at 0x08000001: the file has this byte twice, as 0x")
