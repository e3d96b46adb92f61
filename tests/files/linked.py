# linked.py: links one program in every way in which linkers lay out files, and reads each.
# SPDX-License-Identifier: MIT
"""usage: linked.py IMAGE_LIST

Linkers that align segments to pages put the file's own header in front of the first section. What is
loaded must be what objcopy loads: from the first vector on, and nothing below.
"""
import subprocess
import sys
import tempfile
from pathlib import Path

from against_objcopy import by_objcopy, by_us, difference

SOURCE = """
.syntax unified
.thumb
.section .vectors, "a"
.word 0x20009000, reset + 1
.text
reset: b reset
.data
.word 5
.bss
.space 64
.section .options, "a"
.word 0xDFFFFEAA
"""
SCRIPT = """
MEMORY {{ FLASH (rx): ORIGIN = {origin:#x}, LENGTH = 64K  RAM (rw): ORIGIN = 0x20000000, LENGTH = 36K
         OPTIONS (r): ORIGIN = 0x1FFF7800, LENGTH = 64 }}
SECTIONS {{
 .text : {{ KEEP(*(.vectors)) *(.text) }} >FLASH
 .data : {{ *(.data) }} >RAM AT>FLASH
 .bss (NOLOAD): {{ *(.bss) }} >RAM
 .options : {{ KEEP(*(.options)) }} >OPTIONS
}}
"""
ORIGINS = 0x08000000, 0x08001800, 0x08014000
LINKERS = {
    "ld": ["arm-none-eabi-ld"],
    "ld-pages": ["arm-none-eabi-ld", "-zmax-page-size=65536"],
    "ld-nmagic": ["arm-none-eabi-ld", "--nmagic"],
    "lld": ["ld.lld"],
    "lld-nmagic": ["ld.lld", "--nmagic"],
}


def link_all(folder):
    """{path: origin} of every ELF."""
    source = folder / "program.s"
    source.write_text(SOURCE)
    subprocess.run(["arm-none-eabi-as", "-mcpu=cortex-m0plus", source, "-o", folder / "program.o"],
                   check=True)
    made = {}
    for origin in ORIGINS:
        script = folder / f"{origin:x}.ld"
        script.write_text(SCRIPT.format(origin=origin))
        for name, command in LINKERS.items():
            path = folder / f"{name}-{origin:x}.elf"
            subprocess.run([*command, "-T", script, folder / "program.o", "-o", path], check=True,
                           stderr=subprocess.DEVNULL)
            made[path] = origin
    return made


def has_header_in_a_segment(path):
    said = subprocess.run(["arm-none-eabi-readelf", "-lW", path], check=True, capture_output=True,
                          text=True).stdout
    loads = [line.split() for line in said.splitlines() if line.split()[:1] == ["LOAD"]]
    return any(int(load[1], 16) == 0 and int(load[4], 16) for load in loads)


with tempfile.TemporaryDirectory() as name:
    folder = Path(name)
    made = link_all(folder)
    wrong = []
    for path, (said, memory) in by_us(sys.argv[1], list(made)).items():
        in_flash = sorted(address for address in memory if address >> 24 == 0x08)
        found = said if said.startswith("refused") else None
        found = found or difference(memory, by_objcopy(path, folder / "out.hex"))
        if not found and (in_flash[0] != made[path] or len(in_flash) != 14):
            found = f"{len(in_flash)} bytes from 0x{in_flash[0]:08X} on"
        if found:
            wrong.append(f"{path.name}: {found}")
    headers = sum(map(has_header_in_a_segment, made))
    print(f"{len(made)} ELFs, {headers} with their header in a segment, {len(wrong)} read wrong")
    sys.exit("\n".join(wrong) if wrong else 0 if headers else "no ELF to try this on")
