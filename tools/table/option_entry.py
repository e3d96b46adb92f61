# option_entry.py: the numbers by which option bytes start the ROM, 0 where there is none.
# SPDX-License-Identifier: MIT

REGISTERS = ("start", "busy", "error", "launch")


def numbers_of(entry):
    """(name in C, value) of all that is one number."""
    yield "register", entry.get("register", 0)
    yield "shown", entry.get("shown", entry.get("register", 0))
    for name in ("mask", "value", "restore", "lock_register"):
        yield name, entry.get(name, 0)
    for name in REGISTERS:
        yield f"{name}_register", entry.get(f"{name}_register", 0)
        yield f"{name}_mask", entry.get(f"{name}_mask", 0)
    yield "clear_register", entry.get("clear_register", entry.get("error_register", 0))
