# firmware.py: writes a small firmware file, sound or broken in one way.
# SPDX-License-Identifier: MIT
"""usage: firmware.py FORMAT FILE [KEY=VALUE]...

FORMAT is bin, hex, srec, dfu, uf2 or elf. Keys: start size stack reset (addresses and bytes, any base),
hole=OFFSET (0x400 bytes of 0xFF there), machine (ELF).
The bytes are those of `firmware.py bin` for every format, so that dumps can be compared.
"""
import struct
import sys
import zlib


def content(options):
    size = options["size"]
    data = bytearray((i * 7 + i // 256) & 0xFF for i in range(size))
    vectors = struct.pack("<II", options["stack"], options["reset"])
    data[: min(8, size)] = vectors[:size]
    hole = options["hole"]
    if hole:
        data[hole : hole + 0x400] = b"\xff" * len(data[hole : hole + 0x400])
    return bytes(data)


def record(kind, offset, data):
    body = struct.pack(">BHB", len(data), offset, kind) + data
    return ":" + (body + bytes([-sum(body) & 0xFF])).hex().upper() + "\n"


def as_hex(data, start):
    lines = []
    upper = None
    for i in range(0, len(data), 16):
        address = start + i
        if address >> 16 != upper:
            upper = address >> 16
            lines.append(record(4, 0, struct.pack(">H", upper)))
        lines.append(record(0, address & 0xFFFF, data[i : i + 16]))
    lines.append(record(1, 0, b""))
    return "".join(lines).encode()


def as_srec(data, start):
    lines = []
    for i in range(0, len(data), 16):
        chunk = data[i : i + 16]
        body = struct.pack(">BI", len(chunk) + 5, start + i) + chunk
        lines.append("S3" + (body + bytes([~sum(body) & 0xFF])).hex().upper() + "\n")
    return ("S0030000FC\n" + "".join(lines) + "S70500000000FA\n").encode()


def as_dfu(data, start):
    """One target of two elements, the second one first."""
    half = len(data) // 2
    elements = b"".join(
        struct.pack("<II", start + at, len(part)) + part
        for at, part in ((half, data[half:]), (0, data[:half]))
    )
    target = struct.pack("<6sBI255sII", b"Target", 0, 1, b"Flash", len(elements), 2) + elements
    content = struct.pack("<5sBIB", b"DfuSe", 1, 11 + len(target), 1) + target
    content += struct.pack("<HHHH3sB", 0xFFFF, 0xDF11, 0x0483, 0x011A, b"UFD", 16)
    return content + struct.pack("<I", zlib.crc32(content) ^ 0xFFFFFFFF)


def as_uf2(data, start):
    parts = [data[i : i + 256] for i in range(0, len(data), 256)]
    return b"".join(
        struct.pack("<8I476sI", 0x0A324655, 0x9E5D5157, 0, start + 256 * number, len(part), number,
                    len(parts), 0, part, 0x0AB16F30)
        for number, part in enumerate(parts)
    )


def as_elf(data, start, machine):
    """Two segments: the second one's load address follows the first one's, its run address is in RAM."""
    half = len(data) // 2 & ~3
    offset = 52 + 2 * 32
    ident = b"\x7fELF" + bytes([1, 1, 1]) + bytes(9)
    header = ident + struct.pack(
        "<HHIIIIIHHHHHH", 2, machine, 1, start, 52, 0, 0x05000000, 52, 32, 2, 0, 0, 0
    )
    code = struct.pack("<IIIIIIII", 1, offset, start, start, half, half, 5, 4)
    rest = len(data) - half
    values = struct.pack(
        "<IIIIIIII", 1, offset + half, 0x20000000, start + half, rest, rest + 64, 6, 4
    )
    return header + code + values + data


DEFAULTS = {"start": 0x08000000, "size": 3001, "stack": 0x20001000, "reset": 0x08000101, "hole": 0,
            "machine": 40}


def elf(**options):
    options = DEFAULTS | options
    return as_elf(content(options), options["start"], options["machine"])


def main():
    options = dict(DEFAULTS)
    form, path, *pairs = sys.argv[1:]
    for pair in pairs:
        key, value = pair.split("=")
        options[key] = int(value, 0)
    data = content(options)
    simple = {"hex": as_hex, "srec": as_srec, "dfu": as_dfu, "uf2": as_uf2}
    if form in simple:
        data = simple[form](data, options["start"])
    elif form == "elf":
        data = as_elf(data, options["start"], options["machine"])
    with open(path, "wb") as file:
        file.write(data)


if __name__ == "__main__":
    main()
