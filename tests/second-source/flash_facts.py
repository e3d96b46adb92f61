# flash_facts.py: the facts of a row's flash controllers: where their registers and bits are.
# SPDX-License-Identifier: MIT

# Keys, ranges and units stand in manuals and in ST's code only.
SAID_NOWHERE = {"name", "parts", "start", "size", "keys", "program_keys", "widths", "unit", "errors_block"}
# A part with fewer pages has fewer bits; a flag of two may be one that the part has alone.
SUBSETS = {"page", "busy"}


def facts_of_flash_control(group):
    """(key, value, rule) of each fact; what the second source calls it is the key."""
    for one in group["list"]:
        for key in one.keys() - SAID_NOWHERE:
            rule = "subset" if key in SUBSETS else "each"
            yield f"flash_control.{one['name'].replace(' ', '_')}.{key}", one[key], rule
