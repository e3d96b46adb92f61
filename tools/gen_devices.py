#!/usr/bin/env python3
# gen_devices.py: makes the device table, firmware header and device pages from devices/*.toml.
# SPDX-License-Identifier: MIT
"""Writes what is generated, or with --check says whether it is current."""
import argparse
import sys
from itertools import groupby
from pathlib import Path

from checks.all import check_devices
from checks.registers import check_registers
from checks.restored import check_restored
from firmware_header.header import firmware_header
from host_table.blocks import block_kinds
from host_table.clock_trees import ClockTrees
from host_table.option_fields import OptionFields
from host_table.registers import RegisterLists
from host_table.table import host_table
from pages.boards import boards_page
from pages.index import index_page
from pages.series import series_page
from table.builds import builds
from table.coverage import coverage
from table.device import Device
from table.load import load_devices, load_parts
from table.registers import load_registers
from table.restored import add_restored

TRY = "Try: python3 tools/gen_devices.py"
PAGES = "docs/devices"
BOARDS = "docs/boards.md"


def main(arguments):
    options = _parser().parse_args(arguments)
    devices, registers, parts, refusals = read_facts(options.root / "devices")
    if refusals:
        print("\n".join(refusals), file=sys.stderr)
        return 1
    if options.coverage:
        print(coverage(devices, parts), end="")
        return 0
    if options.builds:
        print(builds(devices), end="")
        return 0
    files = outputs(devices, registers)
    boards = options.root / BOARDS
    if boards.exists():  # people write this page, but for a line
        files[BOARDS] = boards_page(boards.read_text(encoding="utf-8"), devices)
    return compare(options.root, files) if options.check else write(options.root, files)


def read_facts(folder):
    """The rows of devices/, what its registers/ and parts.txt say, and what is wrong with any of it."""
    refusals = []
    devices = load_devices(folder, refusals)
    registers = load_registers(folder / "registers", refusals)
    parts = load_parts(folder / "parts.txt", refusals)
    check_devices(devices, parts, refusals)
    if not refusals:  # a row that was refused would seem to lack its series
        check_registers(registers, devices, refusals)
    if not refusals:
        add_restored(devices, registers)
        check_restored(devices, refusals)
    return devices, registers, parts, refusals


def _parser():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if a file is not current"
    )
    parser.add_argument(
        "--coverage", action="store_true", help="write nothing; print how well the facts are cited"
    )
    parser.add_argument(
        "--builds",
        action="store_true",
        help="write nothing; print SLUG PART CORE FLASH STACK MECHANISM of each device that has a ROM",
    )
    parser.add_argument(
        "--root",
        type=Path,
        default=Path(__file__).resolve().parent.parent,
        help="folder with devices/",
    )
    return parser


def outputs(devices, registers):
    """The text of each generated file, by its path from the root."""
    series = {page: list(members) for page, members in groupby(devices, Device.page)}
    lists = RegisterLists(devices, registers)
    trees, options = ClockTrees(devices), OptionFields(devices)
    files = {
        "common/devices.c": host_table(devices, lists, trees, options),
        "common/devices_clock_trees.c": trees.source(),
        "common/devices_clock_trees.h": trees.header(),
        "common/devices_option_fields.c": options.source(),
        "common/devices_option_lists.h": options.header(),
        "common/devices_registers.c": lists.source(),
        "common/devices_register_lists.h": lists.header(),
        "common/devices_blocks.h": block_kinds(),
        "src/bootleap_devices.h": firmware_header(devices),
        f"{PAGES}.md": index_page(series),
    }
    pages = {f"{PAGES}/{page}.md": series_page(page, members) for page, members in series.items()}
    return files | pages


def _left_over(root, files):
    """Pages of series that are not there any more."""
    names = (f"{PAGES}/{path.name}" for path in sorted((root / PAGES).glob("*.md")))
    return [name for name in names if name not in files]


def write(root, files):
    for name in _left_over(root, files):
        (root / name).unlink()
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return 0


def compare(root, files):
    stale = _left_over(root, files)
    for name, text in files.items():
        path = root / name
        if not path.exists() or path.read_bytes() != text.encode("utf-8"):
            stale.append(name)
    for name in stale:
        print(f"gen_devices: {name} is not what devices/*.toml says.", TRY, file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
