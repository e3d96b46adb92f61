# flash_minimum.py: the fewest bytes with which AN3155 brings an image into a chip, each way.
# SPDX-License-Identifier: MIT
"""docs/benchmarks.md explains the formula. Offsets are from the start of flash."""
from dataclasses import dataclass

BLOCK = 256
WORD = 4
GET, ERASE = 0x00, 0x43


@dataclass(frozen=True)
class Bytes:
    """How many bytes go to the ROM, and how many to the host."""

    to_rom: int = 0
    to_host: int = 0

    def __add__(self, other):
        return Bytes(self.to_rom + other.to_rom, self.to_host + other.to_host)

    def total(self):
        return self.to_rom + self.to_host


def pages_of(row, size):
    """The pages that an image of this size touches, as {start, size}, sorted."""
    flash = row["flash"]
    pages = []
    for run in flash["pages"]:
        first = run["start"] - flash["start"]
        pages += [{"start": first + i * run["size"], "size": run["size"]} for i in range(run["count"])]
    return [page for page in pages if page["start"] < size]


def reads(data):
    """All blocks: command, address, length, each with a checksum and an ACK; then the bytes."""
    total = Bytes()
    for at in range(0, len(data), BLOCK):
        total += Bytes(2 + 5 + 2, 3 + len(data[at : at + BLOCK]))
    return total


def _written(block, unit):
    """How many bytes of a block: without the units at its ends that stay erased."""
    units = [block[at : at + unit] for at in range(0, len(block), unit)]
    kept = [i for i, one in enumerate(units) if one != b"\xff" * len(one)]
    return (kept[-1] - kept[0] + 1) * unit if kept else 0


def writes(row, data):
    """The blocks: command, address, and length with bytes, each with a checksum and an ACK."""
    unit = max(row["flash"]["program_bytes"], WORD)
    total = Bytes()
    for at in range(0, len(data), BLOCK):
        size = _written(data[at : at + BLOCK], unit)
        if size:
            total += Bytes(2 + 5 + 1 + size + 1, 3)
    return total


def erase(row, count):
    """One command for all pages: how many, their numbers, a checksum."""
    number = 1 if ERASE in row["protocol"]["commands"] else 2
    return Bytes(2 + number + number * count + 1, 2) if count else Bytes()


def session(row):
    """Sync, Get, Get ID, and Go."""
    get = Bytes(2, 1 + 1 + 1 + len(row["protocol"]["commands"]) + 1)
    return Bytes(1, 1) + get + Bytes(2, 5) + Bytes(2 + 5, 2)


def search(before, data, page):
    """Reading a page in order up to its first block that differs."""
    for at in range(page["start"], page["start"] + page["size"], BLOCK):
        if before[at : at + BLOCK] != data[at : at + BLOCK]:
            return reads(data[page["start"] : at + BLOCK])
    return Bytes()


def minimum(row, data, rewritten):
    """Where the pages `rewritten` are erased and written, and every byte of all is read once."""
    total = session(row) + erase(row, len(rewritten)) + reads(data)
    for page in rewritten:
        total += writes(row, data[page["start"] : page["start"] + page["size"]])
    return total
