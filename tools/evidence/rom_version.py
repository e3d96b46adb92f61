# rom_version.py: reads the version of a ROM as people write it.
# SPDX-License-Identifier: MIT
import re

VERSION = re.compile(r"V(\d{1,2})\.(\d{1,2})")


def rom_version(text):
    """V9.0 is 0x90, as rom.ids of a row has it; None for what is no version."""
    found = VERSION.fullmatch(text)
    if not found or int(found[2]) > 15:
        return None
    return int(found[1]) << 4 | int(found[2])
