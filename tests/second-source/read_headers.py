# read_headers.py: makes header-layout.csv again from ST's CMSIS device headers.
# SPDX-License-Identifier: MIT
"""usage: read_headers.py FOLDER >header-layout.csv

FOLDER has the headers (stm32f405xx.h) somewhere in it. A part of which it has none is left out.
arm-none-eabi-gcc says where members are and what macros are worth; Arm's core headers are not
needed. Takes some minutes. The comment above the table is that of the file which is there."""
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "tools"))

from claims import rows_of  # noqa: E402
from header_facts import bits_named, registers_named, touched  # noqa: E402
from table.restored import load_restored  # noqa: E402
from table.row_registers import row_registers  # noqa: E402

CORES = ("cm0", "cm0plus", "cm3", "cm4", "cm7", "cm33", "cm55")
CORE = "#include <stdint.h>\n" + "".join(
    f"#define {name} volatile\n" for name in ("__I", "__IM", "__O", "__OM", "__IO", "__IOM")
)
STRUCTURE = re.compile(r"typedef\s+struct\s*\w*\s*\{([^{}]*)\}\s*(\w+)\s*;")
MEMBER = re.compile(r"\buint(?:8|16|32)_t\s+(\w+)\s*(?:\[\s*(\w+)\s*\])?\s*;")
INSTANCE = re.compile(r"\(?\s*\(\s*(\w+)\s*\*\s*\)\s*\(?\w+\)?\s*\)?")


class Layout:
    """The registers of one part: `names` by address, and `bits` by address: name and mask. Of two
    cores it is that of the row."""

    def __init__(self, header, part, core, cores):
        self._options = ["-xc", "-w", f"-I{cores}", f"-I{header.parent}", f"-D{part}"]
        self._options.append(f"-DCORE_CM{core.removeprefix('cortex-m').upper()}")
        self._first = f'#include "{header.name}"\n'
        self.names, self.bits = defaultdict(set), defaultdict(dict)
        macros = dict(re.findall(r"^#define (\w+) (.+)$", self._gcc("-E", "-dM").stdout, re.M))
        at = self._registers(macros)
        prefixes = defaultdict(set)
        for (kind, instance, name), address in at.items():
            self.names[address].add(f"{instance}_{name}")
            for owner in (kind, instance):
                prefixes[f"{owner}_{name}"].add(address)
        self._add_bits(macros, prefixes)

    def _gcc(self, *options, text=""):
        command = ["arm-none-eabi-gcc", *self._options, *options, "-o-", "-"]
        return subprocess.run(command, input=self._first + text, capture_output=True, text=True)

    def _values(self, expressions):
        """What the compiler makes of them; those that are no constants are left out."""
        while True:
            lines = "".join(f"(unsigned)({one}),\n" for one in expressions)
            result = self._gcc("-S", text=f"const unsigned values[] = {{\n{lines}}};\n")
            wrong = {int(n) - 3 for n in re.findall(r"<stdin>:(\d+):\d+: (?:error|note: in expansion)", result.stderr)}
            if not wrong:
                return dict(zip(expressions, _words(result.stdout), strict=True))
            expressions = [one for i, one in enumerate(expressions) if i not in wrong]

    def _registers(self, macros):
        """(kind, instance, register) -> address, for all but the secure view."""
        members = {name: body for body, name in STRUCTURE.findall(self._gcc("-E", "-P").stdout)}
        found = {}
        for instance, body in macros.items():
            match = INSTANCE.fullmatch(macros.get(body, body))
            if match and match[1] in members and not instance.endswith("_S"):
                kind = re.sub("_(Global)?TypeDef", "", match[1])
                for name, expression in _elements(members[match[1]], instance):
                    found[expression] = kind, instance.removesuffix("_NS"), name
        values = self._values(list(found))
        return {found[expression]: address for expression, address in values.items()}

    def _add_bits(self, macros, prefixes):
        owners = {}
        for name in macros:
            words = name.removesuffix("_Msk").split("_")
            heads = ("_".join(words[:n]) for n in range(len(words) - 1, 1, -1))
            owner = next((head for head in heads if head in prefixes), None)
            if owner and not name.endswith(("_Pos", "_BASE", "_IRQn")):
                owners[name] = owner
        for name, mask in self._values(list(owners)).items():
            for address in prefixes[owners[name]]:
                short = name.removesuffix("_Msk")[len(owners[name]) + 1 :]
                self.bits[address].setdefault(short, mask)


def _words(assembly):
    """The numbers of an array; zeros are written as the space that they take."""
    for kind, number in re.findall(r"\.(word|space)\t(-?\d+)", assembly):
        yield from [int(number) & 0xFFFFFFFF] if kind == "word" else [0] * (int(number) // 4)


def _elements(body, instance):
    """(name, expression) of each register of a structure; EXTICR counts from 1 on."""
    for name, count in MEMBER.findall(body):
        if name.lower().startswith("reserved"):
            continue
        if not count:
            yield name, f"&{instance}->{name}"
            continue
        first = int(name == "EXTICR")
        for i in range(int(count.rstrip("uUlL"), 0)):
            yield f"{name}{first + i}", f"&{instance}->{name}[{i}]"


def wanted(device, registers):
    """Names of registers of a row, and names of bits by address."""
    names, bits = set(), defaultdict(set)
    for _, name, address in registers_named(device):
        names.update(name.split("|"))
        bits[address].update()
    for _, address, name, _ in bits_named(device):
        bits[address].add(name)
    for address, _ in touched(device, None):
        bits[address].update()
    for of_part in row_registers(device, registers).values():
        names.update(of_part.known)
        for known in of_part.known.values():
            bits[known.address].update()
        for register, name in of_part.masks:
            bits[of_part.known[register].address].add(name)
    return names, bits


def lines_of(layout, names, bits):
    """(address, register, all bits, bits) of what is wanted of one part."""
    for address, found in layout.names.items():
        if address not in bits and found.isdisjoint(names):
            continue
        union, there = 0, layout.bits.get(address, {})
        for mask in there.values():
            union |= mask
        known = sorted((there[name], name) for name in bits.get(address, ()) if name in there)
        text = " ".join(f"{name}:0x{mask:X}" for mask, name in known)
        yield address, "|".join(sorted(found & names) or sorted(found)[:1]), union, text


def short(parts, every):
    """The cell `parts`: beginnings with a * where all that begin so are there."""
    left, words = set(parts), []
    while left:
        part = min(left)
        word, hits = part, {part}
        for length in range(len(part), 1, -1):
            some = {one for one in every if one.startswith(part[:length])}
            if some <= parts and len(some) > 1:
                word, hits = part[:length] + "*", some
        words.append(word)
        left -= hits
    return " ".join(words)


def main(folder):
    headers = {path.stem: path for path in folder.rglob("stm32*.h")}
    every = [row["part"] for row in rows_of(HERE / "core.csv")]
    devices, registers = load_restored(HERE.parents[1] / "devices", [])
    rows = defaultdict(set)
    with tempfile.TemporaryDirectory() as cores:
        for core in CORES:
            Path(cores, f"core_{core}.h").write_text(CORE, encoding="utf-8")
        for device in devices:
            names, bits = wanted(device, registers)
            for part in device["parts"]:
                header = headers.get(part.lower())
                if header and part.removeprefix("STM32") in every:
                    layout = Layout(header, part, device["core"]["name"], cores)
                    for line in lines_of(layout, names, bits):
                        rows[line].add(part.removeprefix("STM32"))
    with open(HERE / "header-layout.csv", encoding="utf-8") as old:
        print("".join(line for line in old if line.startswith("#")), end="")
    print("register,address,defined,bits,parts")
    for (address, name, union, text), parts in sorted(rows.items()):
        print(f"{name},0x{address:08X},0x{union:08X},{text},{short(parts, every)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
