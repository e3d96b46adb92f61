# size.py: prints what the library costs at -Os on each core with each compiler, and limits it.
# SPDX-License-Identifier: MIT
"""size.py LIST...   a list is build/size/gcc or build/size/clang, see CMakeLists.txt

Code is .text and .rodata of the object files: `way` of bootleap.c, the way through a reset, `probe` of
bootleap_probe.c. Unwind tables (.ARM.exidx) are not counted: no code, and the linker script of the
example discards them. The library has no data at all. `lists` are the registers of the way without
a reset, which differ from part to part."""
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WAY, PROBE = 320, 192
# Opening backup registers for the mark is counted too, and telling the boots that a ROM starts.
WAY_BACKUP, WAY_BANK = 408, 324
# The other files, each for those who use it, are measured and limited alike.
DIRECT, RETURN, FIX, OPTIONS = 760, 96, 88, 560
FILES = {"bootleap": "way", "bootleap_probe": "probe", "bootleap_jump": "direct",
         "bootleap_return": "return", "bootleap_fix_after_rom": "fix",
         "bootleap_option_bytes": "options"}
COLUMNS = ("way", "probe", "direct", "lists", "return", "fix", "options", "data")
CODE = re.compile(r"(\.text|\.rodata|\.bootleap_return)(\.|$)")
DATA = re.compile(r"(\.data|\.bss|COMMON)(\.|$)")
LISTS = re.compile(r"(^|\.)(clock_steps|resets|controllers)(\.|$)")


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def sections(objects):
    """{object: [(section, bytes)]} with one process for all."""
    found, at = {}, None
    for line in output("arm-none-eabi-size", "-A", *objects):
        words = line.split()
        if line.endswith(" :"):
            at = found.setdefault(line.removesuffix(" :").rstrip(), [])
        elif len(words) == 3 and words[1].isdigit():
            at.append((words[0], int(words[1])))
    return {name.rstrip(): rows for name, rows in found.items()}


def lists(objects):
    """{object: bytes of its lists of registers}"""
    found = dict.fromkeys(objects, 0)
    for line in output("arm-none-eabi-nm", "-A", "-S", "-t", "d", *objects):
        name, _, rest = line.partition(":")
        words = rest.split()
        if len(words) == 4 and LISTS.search(words[3]):
            found[name] += int(words[1])
    return found


def way_limit(core, part):
    macros = "\n".join(output("arm-none-eabi-gcc", f"-mcpu={core}", "-mthumb", f"-D{part}", "-dM", "-E",
                              "-include", ROOT / "src/bootleap_devices.h", "-x", "c", "/dev/null"))
    if "BOOTLEAP_BACKUP 1\n" in macros + "\n":
        return WAY_BACKUP
    return WAY_BANK if "BOOTLEAP_ROM_FIRST 1\n" in macros + "\n" else WAY


def measure(path):
    """{(core, part): {column: bytes}} of one compiler."""
    rows = [line.split() for line in Path(path).read_text(encoding="utf-8").splitlines()]
    objects = [row[3] for row in rows]
    sizes, registers, chips = sections(objects), lists(objects), {}
    for core, part, file, name in rows:
        chip = chips.setdefault((core, part), dict.fromkeys(COLUMNS, 0))
        chip[FILES[file]] += sum(size for section, size in sizes[name] if CODE.match(section))
        chip["data"] += sum(size for section, size in sizes[name] if DATA.match(section))
        if file == "bootleap_jump":
            chip["lists"] = registers[name]
            chip["direct"] -= registers[name]
    return chips


def too_large(chip, limit):
    most = {"way": limit, "probe": PROBE, "direct": DIRECT, "return": RETURN, "fix": FIX,
            "options": OPTIONS, "data": 0}
    wrong = [f"{column} is more than {most[column]}" for column in most
             if chip[column] > most[column]]
    return wrong + [f"{column} has no code" for column in ("way", "probe", "direct")
                    if chip[column] == 0]


def main(*paths):
    print(f"Library at -Os, bytes; limits: {WAY} of way ({WAY_BANK} where the ROM starts boots,"
          f" {WAY_BACKUP} with backup\nregisters), {PROBE} of probe, {DIRECT} of direct (its lists"
          f" apart), {RETURN} of return (with its table),\n{FIX} of fix, {OPTIONS} of options, 0 of"
          " data")
    print("core           part           with     way probe direct lists return   fix options  data")
    compilers = {Path(path).name: measure(path) for path in paths}
    chips, bad = next(iter(compilers.values()), {}), 0
    for core, part in chips:
        limit = way_limit(core, part)
        for compiler, found in compilers.items():
            chip = found[core, part]
            print(f"{core:14} {part:14} {compiler:6} {chip['way']:5} {chip['probe']:5}"
                  f" {chip['direct']:6} {chip['lists']:5} {chip['return']:6} {chip['fix']:5}"
                  f" {chip['options']:7} {chip['data']:5}")
            wrong = too_large(chip, limit)
            bad += bool(wrong)
            print("".join(f"^ too large: {one}\n" for one in wrong), end="")
    return 1 if bad or not chips else 0


sys.exit(main(*sys.argv[1:]))
