# usb_rows.py: the rows whose ROM has USB DFU, and what is flashed into each.
# SPDX-License-Identifier: MIT
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "cmake")]
from rows import table_rows as built_rows  # noqa: E402
from table.load import load_devices  # noqa: E402

BLOCK, BLOCKS, PAGES = 2048, 32, 4
LEAST = 8192  # bytes, whatever the pages are


class Row(NamedTuple):
    slug: str
    elf: Path  # build/matrix has one for each row
    image: bytes  # that ELF's and what makes it longer: at most BLOCKS blocks
    start: int
    block: int  # bytes of a transfer, at most
    enters: bool  # its application can ask for the ROM; otherwise BOOT0 is held high
    notices: bool  # ... and it notices that the ROM has started it
    leaves_first: bool  # the ROM is gone before a host can ask what became of a leave


def image_of(elf, page):
    """PAGES pages of this size, or LEAST bytes; at most BLOCKS blocks of BLOCK bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "image")
        subprocess.run(["arm-none-eabi-objcopy", "-O", "binary", elf, path], check=True)
        code = path.read_bytes()
    size = max(min(BLOCK * BLOCKS, page * PAGES), LEAST)
    return code + random.Random(16).randbytes(size - len(code))


def usb_rows(folder, only=()):
    """Each row whose newest ROM has DFU."""
    elves = {row.slug: row for row in built_rows()}
    for device in load_devices(ROOT / "devices", []):
        dfu = device.get("dfu")
        if not dfu or (only and device.slug not in only):
            continue
        elf = Path(folder, f"{device.slug}.elf")
        start = int(elves[device.slug].flash, 0)
        mechanism = device["entry"]["mechanism"]
        yield Row(device.slug, elf, image_of(elf, device["flash"]["pages"][0]["size"]), start,
                  dfu["transfer_size"], mechanism == "reset", mechanism != "none",
                  dfu.get("leaves_first") == "yes")
