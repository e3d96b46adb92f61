# rows.py: what the build asks of the device table, in one go: how each row's firmware is built.
# SPDX-License-Identifier: MIT
"""Prints the fields of Row of each row that has a ROM, for cmake/firmware.cmake."""
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))
from table.builds import builds  # noqa: E402
from table.load import load_devices  # noqa: E402
from table.mark import mark_can_be_in_backup  # noqa: E402


class Row(NamedTuple):
    slug: str
    part: str
    core: str
    flash: str
    stack: str
    mechanism: str  # how bootleap_enter() gets into the ROM
    runs: int  # 1 where the simulator has the whole chip, so that any of its ways runs
    backup: int  # 1 where the mark can be in backup registers
    first: int  # 1 for the first of its kind, see kind()


def kind(device):
    """What the library has code of its own for, besides one row of each file: a ROM that may
    start a bank, the mark in backup registers, a ROM that looks at flash, one that resets itself."""
    return (
        device.series,
        device["boot"]["dual_bank"] in ("bfb2", "ndboot"),
        device["mark"].get("place", "ram"),
        device["entry"]["mechanism"],
        device["behaviour"]["self_reset"],
    )


def table_rows():
    refusals = []
    devices = {device.slug: device for device in load_devices(ROOT / "devices", refusals)}
    if refusals:
        sys.exit("\n".join(refusals))
    kinds = set()
    for fields in map(str.split, builds(devices.values()).splitlines()):
        device = devices[fields[0]]
        first = device.enters() and kind(device) not in kinds
        if first:
            kinds.add(kind(device))
        yield Row(*fields, int(bool(device.get("clock") and device.get("peripherals"))),
                  int(device.enters() and mark_can_be_in_backup(device)),
                  int(first))


if __name__ == "__main__":
    for one in table_rows():
        print(*one)
