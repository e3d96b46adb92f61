# first_pages.py: writes how the first pages of flash are erased.
# SPDX-License-Identifier: MIT
from firmware_header.lines import words


def first_page_words(first, start):
    """Size register, start of flash, busy register; groups of a page, how many writes, the
    writes as register and value; 0."""
    out = words(first["size_register"], start, first["busy_register"])
    out += _writes(first["writes"], start)
    for page in first["addresses"]:
        out += _writes(first["erase"], page)
    out += _writes(first["lock"], start) if "lock" in first else ""
    return out + words(0)


def _writes(writes, page):
    out = words(page, len(writes))
    for write in writes:
        register, value = write["register"], write["value"]
        if register == 0:
            register = page  # the store into the page that erases it
        elif value == 0:
            value = page  # the register that takes the page's address
        out += words(register, value)
    return out
