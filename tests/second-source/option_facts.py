# option_facts.py: the facts of a row's option bytes: the masks of their fields.
# SPDX-License-Identifier: MIT

# The claims give the width of the series' largest part.
WIDE = ("_STRT", "_END", "_PSTRT", "_PEND", "SEC_SIZE", "SEC_SIZE1", "SEC_SIZE2", "SEC_SIZE_1")


def facts_of_option_fields(group):
    """(key, value, rule) of each fact; what the second source calls it is the key."""
    for one in group["list"]:
        for name, mask in one["fields"].items():
            rule = "subset" if name.endswith(WIDE) or "WRP" in name else "each"
            yield f"option_fields.{name}.mask", mask, rule
