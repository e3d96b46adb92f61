#!/usr/bin/env python3
# gen_evidence.py: makes common/evidence.[ch] and docs/evidence.md from evidence/*.toml.
# SPDX-License-Identifier: MIT
"""Writes what is generated, or with --check says whether it is current."""
import argparse
import sys
from pathlib import Path

from evidence.check import check_evidence
from evidence.load import load_leftovers, read_observations
from host_table.evidence import evidence_header, evidence_source
from pages.evidence import evidence_page
from table.load import load_devices

TRY = "Try: python3 tools/gen_evidence.py"
ROOT = Path(__file__).resolve().parent.parent


def main(arguments):
    options = _parser().parse_args(arguments)
    refusals = []
    devices = {device.slug: device for device in load_devices(ROOT / "devices", refusals)}
    files = outputs(options.root / "evidence", devices, refusals)
    if refusals:
        print("\n".join(refusals), file=sys.stderr)
        return 1
    return compare(options.root, files) if options.check else write(options.root, files)


def _parser():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if a file is not current"
    )
    parser.add_argument("--root", type=Path, default=ROOT, help="folder with evidence/")
    return parser


def outputs(folder, devices, refusals):
    """The text of each generated file, by its path from the root. `devices`: the rows, by slug. What
    is wrong goes to `refusals`."""
    leftovers = load_leftovers(folder, refusals)
    observations = sorted(
        read_observations(folder, refusals), key=lambda one: (one.file, one["id"])
    )
    check_evidence(observations, leftovers, devices, refusals)
    if refusals:
        return {}
    return {
        "common/evidence.h": evidence_header(leftovers),
        "common/evidence.c": evidence_source(observations, leftovers),
        "docs/evidence.md": evidence_page(observations, leftovers, devices),
    }


def write(root, files):
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return 0


def compare(root, files):
    stale = [
        name
        for name, text in files.items()
        if not (root / name).exists() or (root / name).read_bytes() != text.encode("utf-8")
    ]
    for name in stale:
        print(f"gen_evidence: {name} is not what evidence/*.toml says.", TRY, file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
