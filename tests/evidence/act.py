# act.py: the steps that program.c obeys, and the ELF that they are written into.
# SPDX-License-Identifier: MIT
import struct
from pathlib import Path
from typing import NamedTuple

# As the enumerators of program.c.
ACTS = ("STAY", "WRITE", "CHANGE", "AWAIT", "EXECUTE", "HANDLER", "GO_ON_IF",
        "OTHERWISE", "RESET", "ON_PROCESS_STACK", "ARRIVE", "JUMP", "JUMP_ON", "JUMP_KEEP")
MOST_STEPS = 320
VECTORS = 256
SYSTICK = 15
FAULTS = range(2, 7)  # NMI, HardFault and the others
RETURN = 0x4770  # BX LR
NOTHING = 0xBF00  # NOP
STEP = struct.Struct("<4I")


class Step(NamedTuple):
    """One act; what its numbers mean is said in program.c."""

    act: str
    first: int = 0
    second: int = 0
    third: int = 0

    def packed(self):
        return STEP.pack(ACTS.index(self.act), *(number & 0xFFFFFFFF for number in self[1:]))


def write(address, value):
    return Step("WRITE", address, value)


def change(address, mask, value):
    return Step("CHANGE", address, mask, value)


def set_bits(address, mask):
    return Step("CHANGE", address, mask, mask)


def wait(address, mask, value):
    return Step("AWAIT", address, mask, value)


def execute(first, *code):
    """One to three halfwords of code with `first` in R0."""
    words = [*code, RETURN, NOTHING, NOTHING][:4]
    if words[-1] not in (RETURN, NOTHING):
        raise ValueError(f"{len(code)} halfwords of code: no room for a return")
    return Step("EXECUTE", first, words[0] | words[1] << 16, words[2] | words[3] << 16)


class Program:
    """The ELF of program.c."""

    def __init__(self, path):
        self.content = Path(path).read_bytes()
        self.sections = self._sections()
        self.symbols = self._symbols()

    def _sections(self):
        """(offset in the file, address, size, kind, linked section) of each."""
        start, = struct.unpack_from("<I", self.content, 0x20)
        size, count = struct.unpack_from("<2H", self.content, 0x2E)
        return [struct.unpack_from("<10I", self.content, start + size * i) for i in range(count)]

    def _symbols(self):
        table = next(section for section in self.sections if section[1] == 2)
        names = self.sections[table[6]][4]
        found = {}
        for at in range(table[4], table[4] + table[5], 16):
            name, value = struct.unpack_from("<2I", self.content, at)
            end = self.content.index(b"\0", names + name)
            found[self.content[names + name:end].decode()] = value
        return found

    def _place(self, symbol):
        """Where in the file the bytes of a symbol are."""
        address = self.symbols[symbol]
        for _, kind, _, start, offset, size, *_ in self.sections:
            if kind == 1 and start <= address < start + size:
                return offset + address - start
        raise ValueError(f"{symbol}: in no section of the program")

    def filled(self, steps, stack):
        """The ELF with these steps, and `stack` in word 0 of its vector table."""
        if len(steps) > MOST_STEPS:
            raise ValueError(f"{len(steps)} steps: there is room for {MOST_STEPS}")
        content = bytearray(self.content)
        at = self._place("steps")
        packed = b"".join(step.packed() for step in steps)
        content[at:at + len(packed)] = packed
        at = self._place("vectors")
        content[at:at + 4 * VECTORS] = struct.pack(f"<{VECTORS}I", stack, *self._handlers())
        return bytes(content)

    def _handlers(self):
        yield self.symbols["reset_handler"] | 1
        for number in range(2, VECTORS):
            name = "on_tick" if number == SYSTICK else "on_exception"
            yield self.symbols["on_fault" if number in FAULTS else name] | 1
