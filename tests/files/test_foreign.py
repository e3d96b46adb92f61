# test_foreign.py: files that people give by mistake are refused by name.
# SPDX-License-Identifier: MIT
import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile

from reader import ReaderTest

CODE = struct.pack("<16I", 0x20001000, *[0x08000041] * 15) + b"\x10\xB5" * 40


def zip_archive():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("app.bin", CODE)
    return out.getvalue()


def tar_archive():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("app.bin"), io.BytesIO(b""))
    return out.getvalue()


def windows_program():
    return b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x80) + bytes(64) + b"PE\0\0"


LFS = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"
HEX = ":0200000061623B\r\n:00000001FF\r\n"
NAMED = [
    ("a web page", b"\n\n<!DOCTYPE html>\n<html>"),
    ("a web page", b"\xEF\xBB\xBF <HTML lang=en>"),
    ("an XML text", b"<?xml version='1.0'?>"),
    ("a zip archive", zip_archive()),
    ("a gzip archive", gzip.compress(CODE)),
    ("an xz archive", lzma.compress(CODE)),
    ("a bzip2 archive", bz2.compress(CODE)),
    ("a tar archive", tar_archive()),
    ("a 7z archive", b"7z\xBC\xAF\x27\x1C" + CODE),
    ("a rar archive", b"Rar!\x1A\x07\x01\0" + CODE),
    ("a zstd archive", b"\x28\xB5\x2F\xFD" + CODE),
    ("a static library", b"!<arch>\napp.o/ "),
    ("a PDF document", b"%PDF-1.4\n"),
    ("a program for Windows", windows_program()),
    ("a program for macOS (Mach-O)", b"\xCF\xFA\xED\xFE" + CODE),
    ("a pointer of Git LFS, not the file itself", LFS),
    ("a text in UTF-16", HEX.encode("utf-16")),
    ("a text in UTF-16", b"\xFE\xFF" + HEX.encode("utf-16-be")),
    ("a text in UTF-16", HEX.encode("utf-16-le")),
    ("a text in UTF-16", HEX.encode("utf-16-be")),
]
# What begins a little like one of them.
BINARIES = [
    CODE,
    b"MZ" + CODE,
    b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0xFFFFFFFF),
    b"PK" + CODE,
    b"\xFF\xFE" + CODE,
    b":" + CODE,
    b"S3" + CODE,
    b"\x7FELK" + CODE,
    b"UF2\n" + CODE,
]


class Foreign(ReaderTest):
    def test_named(self):
        for (what, _), image in zip(NAMED, self.read_all(content for _, content in NAMED)):
            self.assertEqual((image.code, image.why), (2, f": this is {what}"))

    def test_binaries(self):
        for content, image in zip(BINARIES, self.read_all(BINARIES)):
            self.assertEqual((image.form, image.segments), ("binary", [(0x08000000, content)]))
