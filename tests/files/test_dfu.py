# test_dfu.py: DfuSe files, and raw binaries with a DFU suffix.
# SPDX-License-Identifier: MIT
import struct
import zlib

from reader import ReaderTest

CODE = bytes(range(1, 40))
OPTIONS = bytes.fromhex("AAFEFFDF55010020")


def with_suffix(content, vendor=0x0483, product=0xDF11, version=0x011A, extra=b""):
    content += extra + struct.pack("<HHHH3sB", 0xFFFF, product, vendor, version, b"UFD",
                                   16 + len(extra))
    return content + struct.pack("<I", zlib.crc32(content) ^ 0xFFFFFFFF)


def target(elements, setting=0, name=b"Internal Flash"):
    data = b"".join(struct.pack("<II", at, len(content)) + content for at, content in elements)
    return struct.pack("<6sBI255sII", b"Target", setting, bool(name), name, len(data),
                       len(elements)) + data


def prefixed(*targets):
    body = b"".join(targets)
    return struct.pack("<5sBIB", b"DfuSe", 1, 11 + len(body), len(targets)) + body


def dfuse(*targets):
    return with_suffix(prefixed(*targets))


class Dfu(ReaderTest):
    def test_elements(self):
        content = dfuse(target([(0x08004000, CODE), (0x08000000, CODE), (0x08000000 + 39, b"!")]))
        self.check(content, "dfuse", [(0x08000000, CODE + b"!"), (0x08004000, CODE)])

    def test_another_memory_is_named(self):
        content = dfuse(target([(0x08000000, CODE)], name=b""),
                        target([(0x1FFF7800, OPTIONS)], 1, b"Option\nBytes"))
        self.check(content, "dfuse", [(0x08000000, CODE), (0x1FFF7800, OPTIONS)],
                   ['target "Option?Bytes" is for alternate setting 1: 8 bytes, from 0x1FFF7800 on'])

    def test_refused(self):
        good = target([(0x08000000, CODE)])
        self.refuse(prefixed(good), "does not end with a DFU suffix")
        self.refuse(b"DfuSe", "does not end with a DFU suffix")
        self.refuse(with_suffix(prefixed(good)[:-1]), "DfuSe of version 1 with 332 bytes")
        self.refuse(with_suffix(prefixed(good).replace(b"DfuSe\1", b"DfuSe\2")), "of version 2")
        self.refuse(dfuse(good.replace(b"Target", b"target")), "without a target at byte 11")
        self.refuse(dfuse(good, b"Target"), "cut short at byte 332")
        self.refuse(dfuse(good + b"!"), "with 1 bytes behind its last target")
        self.refuse(dfuse(), "no data in it")
        for size in (0xFFFFFFFF, 40, 38):  # of the element
            wrong = good.replace(struct.pack("<I", 39) + CODE, struct.pack("<I", size) + CODE)
            self.refuse(dfuse(wrong), "more than its elements" if size < 39 else "cut short")
        for elements in (2, 0xFFFFFFFF):
            wrong = good.replace(struct.pack("<II", 47, 1), struct.pack("<II", 47, elements))
            self.refuse(dfuse(wrong), "cut short at byte 332")

    def test_suffix_of_a_binary(self):
        note = "a DFU suffix, for USB device 0483:DF11, is cut off"
        self.check(with_suffix(CODE), "binary", [(0x08000000, CODE)], [note])
        self.check(with_suffix(CODE, version=0x0100), "binary", [(0x08000000, CODE)], [note])
        self.check(with_suffix(CODE, extra=b"more"), "binary", [(0x08000000, CODE)], [note])
        self.check(with_suffix(CODE, 0x2341, 0x035B), "binary", [(0x08000000, CODE)],
                   ["a DFU suffix, for USB device 2341:035B, is cut off"])
        text = b":0200000061623B\n:00000001FF\n"
        self.check(with_suffix(text), "hex", [(0, b"ab")], [note])
        self.refuse(with_suffix(b""), "nothing but a DFU suffix")

    def test_a_suffix_that_is_wrong(self):
        good = with_suffix(CODE)
        right = int.from_bytes(good[-4:], "little")
        wrong = zlib.crc32(b"!" + good[1:-4]) ^ 0xFFFFFFFF
        self.refuse(b"!" + good[1:], f"its DFU suffix is 0x{right:08X}, should be 0x{wrong:08X}")
        for length in (15, 200):
            self.refuse(CODE + good[len(CODE):-5] + bytes([length]) + good[-4:],
                        f"a DFU suffix of {length} bytes, which cannot be")

    def test_damaged_anywhere(self):
        good = dfuse(target([(0x08000000, CODE)]))
        spoiled = [good[:at] + bytes([good[at] ^ 0x10]) + good[at + 1:] for at in range(len(good))]
        cut = [good[:size] for size in range(5, len(good))]
        for image in self.read_all(spoiled[:5] + spoiled[5:-16:9] + spoiled[-5:] + cut[::9]):
            self.assertTrue(image.why or image.form == "binary", image)
