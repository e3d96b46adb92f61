# parts.py: finds what of an entry is there on one part of a row.
# SPDX-License-Identifier: MIT


def is_part(part, pattern):
    """A macro, or the beginning of macros with a * behind."""
    return part.startswith(pattern[:-1]) if pattern.endswith("*") else part == pattern


def has_part(entry, part):
    """True if the entry is about this part, or if no part is asked for: None is all of a row."""
    patterns = entry.get("parts")
    return part is None or patterns is None or any(is_part(part, p) for p in patterns)


def bits_on(entry, part):
    """All bits of a word, but for those that `only` other parts than this have."""
    lacks = 0
    for one in entry.get("only", []):
        if not has_part(one, part):
            lacks |= one["mask"]
    return ~lacks
