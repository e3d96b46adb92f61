# parts.py: prints PART:CORE of one part of each file of devices/ and of each that is special.
# SPDX-License-Identifier: MIT
"""Special are, in each file, the first row in which the ROM may start a bank, the first with the
mark in backup registers, the first whose ROM looks at flash: each has code of its own."""
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
from table.load import load_devices  # noqa: E402


def kind(device):
    return (
        device.series,
        device["boot"]["dual_bank"] in ("bfb2", "ndboot"),
        device["mark"].get("place", "ram"),
        device["entry"]["mechanism"],
        device["manners"]["self_reset"],
    )


refusals = []
firsts = {}
for one in load_devices(ROOT / "devices", refusals):
    if one.enters():
        firsts.setdefault(kind(one), f"{one['parts'][0]}:{one['core']['name']}")
print(" ".join(firsts.values()))
sys.exit(bool(refusals))
