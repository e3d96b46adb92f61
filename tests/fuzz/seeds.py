# seeds.py: writes first inputs for the fuzz targets, out of the project's own firmware.
# SPDX-License-Identifier: MIT
"""seeds.py FOLDER SLUGS ELF...: FOLDER gets a folder a target. SLUGS are all rows of the table in
order, with commas; an ELF is called SLUG.elf, or NAME.SLUG.BUILD.elf if it is for bootleap-check."""
import struct
import sys
from pathlib import Path

EHDR, PHDR, SHDR = struct.Struct("<16sHHIIIIIHHHHHH"), struct.Struct("<8I"), struct.Struct("<10I")
LOAD, NOBITS = 1, 8
HEX_LINE = 16


def squeezed(elf):
    """The same ELF without the gaps that a linker leaves for pages: (bytes, loaded segments)."""
    header = list(EHDR.unpack_from(elf))
    programs = [list(PHDR.unpack_from(elf, header[5] + i * PHDR.size)) for i in range(header[10])]
    sections = [list(SHDR.unpack_from(elf, header[6] + i * SHDR.size)) for i in range(header[12])]
    programs = [program for program in programs if program[0] == LOAD and program[4]]
    data, loaded = b"", []
    start = EHDR.size + len(programs) * PHDR.size
    moved = {}
    for program in programs:
        content = elf[program[1]:program[1] + program[4]]
        moved[program[1]] = start + len(data)
        loaded.append((program[3], content))
        program[1] = start + len(data)
        data += content + bytes(-len(content) % 4)
    for section in sections:
        if section[1] in (0, NOBITS):
            continue
        content = elf[section[4]:section[4] + section[5]]
        place = moved.get(section[4], start + len(data))
        if place == start + len(data):
            data += content + bytes(-len(content) % 4)
        section[4] = place
    header[5], header[6], header[10] = EHDR.size, start + len(data), len(programs)
    return (EHDR.pack(*header) + b"".join(PHDR.pack(*program) for program in programs) + data
            + b"".join(SHDR.pack(*section) for section in sections)), loaded


def hex_record(kind, offset, data):
    body = bytes([len(data), offset >> 8, offset & 0xFF, kind]) + data
    return f":{(body + bytes([-sum(body) & 0xFF])).hex().upper()}\n"


def as_hex(loaded):
    text = ""
    for address, content in loaded:
        text += hex_record(4, 0, (address >> 16).to_bytes(2, "big"))
        for at in range(0, len(content), HEX_LINE):
            text += hex_record(0, address + at & 0xFFFF, content[at:at + HEX_LINE])
    return (text + hex_record(1, 0, b"")).encode()


def checked(*data, start=0):
    """What a host sends: the bytes and their XOR."""
    total = start
    for byte in data:
        total ^= byte
    return bytes([*data, total])


def command(code):
    return bytes([code, code ^ 0xFF])


def sessions():
    """Each command of AN3155 once, behind the byte that finds the host."""
    flash = checked(0x08, 0, 0, 0)
    return {
        "ask": command(0) + command(1) + command(2),
        "read": command(0x11) + flash + command(15),
        "write": command(0x31) + flash + checked(7, *range(8)),
        "erase": command(0x44) + checked(0, 0, 0, 0),
        "erase-all": command(0x44) + checked(0xFF, 0xFF),
        "go": command(0x21) + flash,
        "protect": command(0x63) + checked(1, 0, 1) + b"\x7f" + command(0x73),
        "readout": command(0x82) + b"\x7f" + command(0x11) + command(0x92),
    }


def dfu_sessions():
    """Each command of DFU once, as fuzz_dfu.c reads requests."""
    def tell(request, value=0, data=b""):
        return struct.pack(">BHH", request, value, len(data)) + data

    def ask(request, length, value=0):
        return struct.pack(">BHH", 0x80 | request, value, length)

    detach, download, upload, status, clear, state, abort = range(7)
    told = ask(status, 6) * 2
    idle = ask(status, 6) + tell(clear) + tell(abort)
    begin = tell(clear) + tell(download, 0, b"\x21\0\0\0\x08") + told
    return {
        "ask": idle + ask(upload, 4) + ask(upload, 2) + ask(state, 1) + tell(11, 1),
        "read": begin + tell(abort) + ask(upload, 64, 2) + ask(upload, 64, 3),
        "write": begin + tell(download, 2, bytes(range(32))) + told + tell(download, 4, b"abc") + told,
        "erase": begin + tell(download, 0, b"\x41\0\0\x01\x08") + told + tell(clear) * 2,
        "erase-all": begin + tell(download, 0, b"\x41") + told,
        "unprotect": begin + tell(download, 0, b"\x92") + told,
        "leave": begin + tell(download) + told + idle + tell(detach),
    }


def submit(where, sequence, length, setup=bytes(8)):
    return bytes([3, where, sequence]) + struct.pack(">H", length) + setup


def usbip_acts():
    """fuzz_usbip.c's acts: a device is plugged in, a client connects and imports it; what follows."""
    connect, send, imports, unlink, read, close, serve, plug, unplug, give = \
        (bytes([number]) for number in (0, 1, 2, 4, 5, 6, 7, 8, 9, 10))
    begin = plug + connect + imports + serve
    ask = b"".join(submit(0x80, number, 64, setup) + serve for number, setup in enumerate((
        bytes.fromhex("8006000100004000"), bytes.fromhex("800600020000ff00"),
        bytes.fromhex("800601030904ff00"), bytes.fromhex("8008000000000100"),
        bytes.fromhex("810a000000000100"), bytes.fromhex("c001000000000400"),
        bytes.fromhex("c003000000000400"), bytes.fromhex("a103000000000600"))))
    tell = b"".join(submit(0, number, len(data), setup) + send + bytes([len(data)]) + data + serve
                    for number, (setup, data) in enumerate((
                        (bytes.fromhex("0009010000000000"), b""),
                        (bytes.fromhex("010b010000000000"), b""),
                        (bytes.fromhex("4002000000000400"), b"abcd"),
                        (bytes.fromhex("2120000000000700"), bytes.fromhex("b0040000000008")),
                        (bytes.fromhex("2122000000000000"), b""),
                        (bytes.fromhex("2100e80300000000"), b""))))
    bulk = submit(0x81, 1, 64) + submit(0x81, 2, 64) + submit(0x02, 3, 4) + send + b"\4abcd" + serve
    return {
        "list": plug + connect + send + b"\x08" + bytes.fromhex("0111800500000000") + serve + read,
        "ask": begin + ask + read,
        "tell": begin + tell + read + close,
        "bulk": begin + bulk + give + b"\x40" + serve + unlink + b"\2" + serve + unplug + read,
        "nonsense": begin + send + bytes([48]) + bytes(48) + serve + read + unplug,
    }


COMMANDS = {
    "go": "run a.elf --device {} --host go --send b --limit 0x1000 --seed 7",
    "state": "run --enter-at application --host end a.elf --device {} --state masked --json",
    "stack": "run a.elf --device {} --stack-over-mark -40 --noise-mark 3 --power-cycles 2",
    "link": "run a.elf --device {} --usart USART1=/nowhere/a --press PC13=1 --events /nowhere/e",
    "option": "run --device {} --option rdp-level-2 --empty --bfb2 --parity --crystal-after 3",
    "matrix": "matrix /nowhere --device {} --build gcc-Os --jobs 2 --json",
}


def write(folder, name, content):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)


folder, slugs = Path(sys.argv[1]), sys.argv[2].split(",")
for name, acts in usbip_acts().items():
    for kind in range(3):
        write(folder / "usbip", f"{name}-{kind}", bytes([kind]) + acts)
for path in map(Path, sys.argv[3:]):
    slug = path.stem
    elf, loaded = squeezed(path.read_bytes())
    if "." in slug:  # of tests/check: NAME.SLUG.COMPILER-LEVEL
        row = slugs.index(slug.split(".")[1]) + 1
        for number in (0, row):
            write(folder / "check", f"{slug}-{number}", elf[:15] + bytes([number]) + elf[16:])
        write(folder / "thumb", slug, bytes([row]) + max(loaded, key=lambda one: len(one[1]))[1])
        continue
    for how in (0, 1, 3):
        chosen = elf[:13] + bytes([how, 1, slugs.index(slug)]) + elf[16:]
        write(folder / "run", f"{slug}-{how}", chosen)
    for target in ("image", "elf"):
        write(folder / target, f"{slug}-elf", elf)
    for target in ("image", "hex"):
        write(folder / target, f"{slug}-hex", as_hex(loaded))
    for name, session in sessions().items():
        write(folder / "protocol", f"{slug}-{name}",
              bytes([slugs.index(slug), 0x7F]) + session)
    for name, session in dfu_sessions().items():
        write(folder / "dfu", f"{slug}-{name}", bytes([slugs.index(slug), 0]) + session)
    for name, line in COMMANDS.items():
        write(folder / "command", f"{slug}-{name}",
              line.format(slug).replace(" ", "\n").encode())
