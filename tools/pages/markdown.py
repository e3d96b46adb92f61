# markdown.py: writes the tables and phrases that all pages have.
# SPDX-License-Identifier: MIT
from table.confidence import confidence_of


def line(cells):
    return "| " + " | ".join(cells) + " |\n"


def head(*columns):
    return line(columns) + "|---" * len(columns) + "|\n"


def items(texts):
    """A list with an item for each text."""
    return "".join(f"- {text}\n" for text in texts)


def versions(ids):
    return ", ".join(f"V{rom_id >> 4}.{rom_id & 15}" for rom_id in ids)


def of_versions(row):
    return f" ({versions(row['versions'])})" if "versions" in row else ""


def range_of(region):
    last = region["start"] + region["size"] - 1
    return f"0x{region['start']:08X} to 0x{last:08X}"


def ranges(regions):
    return ", ".join(f"{range_of(region)} ({region['name']})" for region in regions)


def sure(group, key):
    """How sure the key of a group is, in brackets."""
    return f" ({confidence_of(group, key)})"
