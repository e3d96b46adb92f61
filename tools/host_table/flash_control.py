# flash_control.py: writes how an application programs the flash.
# SPDX-License-Identifier: MIT
from c_literals import flag, text, word
from schema.words import FLASH_NUMBERS

ADDRESSES = ("start", "control", "status", "page_address")
# What is no member of the same name, but written with others.
COMBINED = ("size", "program_key_register", "program_lock", "unit", *ADDRESSES)
MASKS = (*(name for name in FLASH_NUMBERS if name not in COMBINED), "busy", "end")


def flash_control_arrays(device):
    """An array is (type in C, name, elements, what ends it)."""
    listed = device.get("flash_control", {}).get("list", [])
    yield "struct flash_controller ", "flash_controllers", map(_controller, listed), "{0}"


def _controller(one):
    words = {name: one.get(name, 0) for name in ADDRESSES + MASKS}
    words |= {name: one.get(name, one["status"]) for name in ("flags", "clear")}
    fields = [f".{name} = {word(value)}" for name, value in words.items() if value]
    locks = [_lock(one, "key_register", "keys", "lock")]
    if "program_lock" in one:
        locks.append(_lock(one, "program_key_register", "program_keys", "program_lock"))
    return (
        f"{{.name = {text(one['name'])}, .size = 0x{one.get('size', 0):X}u,"
        f" .locks = {{{', '.join(locks)}}}, {', '.join(fields)}, .unit = {one.get('unit', 0)},"
        f" .widths = {one['widths']}, .errors_block = {flag(one.get('errors_block', False))}}}"
    )


def _lock(one, register, keys, mask):
    values = ", ".join(map(word, one[keys]))
    return f"{{{word(one[register])}, {{{values}}}, {word(one[mask])}}}"
