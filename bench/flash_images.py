# flash_images.py: firmware images for the benchmark of `bootleap flash`, and an ELF to start from.
# SPDX-License-Identifier: MIT
import random
import struct

SIZE = 0x10000
VECTORS = 48
# The reset handler, behind the table: WFI for ever. So the application is silent, and its chip leaves
# this machine to the one that is still being flashed.
HANDLER = 0x200
ENDLESS = b"\x30\xbf\xfd\xe7"
CHANGED = 64  # bytes, where one page differs


def firmware(row, seed):
    """SIZE bytes of no pattern behind a vector table that is valid on this row."""
    start = row["flash"]["start"]
    ram = row["ram"][0]
    data = bytearray(random.Random(seed).randbytes(SIZE))
    table = [ram["start"] + ram["size"]] + [start + HANDLER + 1] * (VECTORS - 1)
    data[: 4 * VECTORS] = struct.pack(f"<{VECTORS}I", *table)
    data[HANDLER : HANDLER + len(ENDLESS)] = ENDLESS
    return bytes(data)


def half_erased(data):
    """As with a settings area between code and constants: the second and third quarter are 0xFF."""
    quarter = len(data) // 4
    return data[:quarter] + b"\xff" * (2 * quarter) + data[3 * quarter :]


def one_page_changed(data, page):
    """The same with other bytes in the middle of a page, as after a small change of one function."""
    middle = page["start"] + page["size"] // 2 - CHANGED // 2
    changed = bytes(byte ^ 0x5A for byte in data[middle : middle + CHANGED])
    return data[:middle] + changed + data[middle + CHANGED :]


def elf(data, start):
    """With one segment: what bootleap-sim has in flash when it starts."""
    header = struct.pack(
        "<16sHHIIIIIHHHHHH", b"\x7fELF\x01\x01\x01", 2, 40, 1, start + HANDLER + 1, 52, 0, 0x05000000, 52, 32,
        1, 0, 0, 0
    )
    return header + struct.pack("<8I", 1, 84, start, start, len(data), len(data), 5, 4) + data
