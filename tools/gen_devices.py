#!/usr/bin/env python3
# gen_devices.py: makes the device table, firmware header and device page from devices/*.toml.
# SPDX-License-Identifier: MIT
"""Writes what is generated, or with --check says whether it is current."""
import argparse
import sys
from pathlib import Path

from coverage import coverage
from devices_check import check_devices
from devices_load import load_devices, load_parts
from write_devices_page import devices_page
from write_firmware_header import firmware_header
from write_host_table import host_table

TRY = "Try: python3 tools/gen_devices.py"
OUTPUTS = {
    "common/devices.c": host_table,
    "src/bootleap_devices.h": firmware_header,
    "docs/devices.md": devices_page,
}


def main(arguments):
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
    options = parser.parse_args(arguments)

    refusals = []
    devices = load_devices(options.root / "devices", refusals)
    parts = load_parts(options.root / "devices" / "parts.txt", refusals)
    check_devices(devices, parts, refusals)
    if refusals:
        print("\n".join(refusals), file=sys.stderr)
        return 1
    if options.coverage:
        print(coverage(devices, parts), end="")
        return 0
    if options.builds:
        print(builds(devices), end="")
        return 0
    return compare(options.root, devices) if options.check else write(options.root, devices)


def builds(devices):
    """What firmware for each device must know: its core, where flash is, where RAM ends, how it enters."""
    lines = ""
    for device in devices:
        if device.get("rom") and device.get("flash") and device.get("ram"):
            ram = max(device["ram"], key=lambda r: r["start"] == 0x20000000)
            core, flash = device["core"]["name"], device["flash"]["start"]
            end = ram["start"] + ram["size"]
            lines += f"{device.slug} {device['parts'][0]} {core} 0x{flash:08X} 0x{end:08X}"
            lines += f" {device['entry']['mechanism']}\n"
    return lines


def write(root, devices):
    for name, make in OUTPUTS.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(make(devices), encoding="utf-8", newline="\n")
    return 0


def compare(root, devices):
    stale = []
    for name, make in OUTPUTS.items():
        path = root / name
        if not path.exists() or path.read_bytes() != make(devices).encode("utf-8"):
            stale.append(name)
    for name in stale:
        print(f"gen_devices: {name} is not what devices/*.toml says.", TRY, file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
