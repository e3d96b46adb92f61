# regions.py: compares regions of memory.
# SPDX-License-Identifier: MIT


def inside(start, size, regions):
    """True if [start, start + size) lies in one of the regions."""
    return any(r["start"] <= start and start + size <= r["start"] + r["size"] for r in regions)


def overlap(a, b):
    return a["start"] < b["start"] + b["size"] and b["start"] < a["start"] + a["size"]
