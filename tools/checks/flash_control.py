# flash_control.py: checks how an application programs the flash.
# SPDX-License-Identifier: MIT
from table.regions import inside

REGISTERS = (
    "control",
    "status",
    "flags",
    "clear",
    "page_address",
    "key_register",
    "program_key_register",
)
MOST = 2  # that the virtual chip has room for
PROGRAM_LOCK = ("program_key_register", "program_keys", "program_lock")


def check_flash_control(device, report):
    flash, listed = device["flash"], device["flash_control"]["list"]
    blocks = [p for p in device["peripherals"]["list"] if p["block"] == "flash"]
    for one in listed:
        for problem in _problems(one, blocks):
            report("flash_control.list", f"{one['name']}: {problem}")
        if "size" in one and not inside(one["start"], one["size"], [flash]):
            report("flash_control.list", f"{one['name']}: programs what is outside the flash")
    if len(listed) > MOST:
        report("flash_control.list", f"more than {MOST}")
    if len({one["name"] for one in listed}) != len(listed):
        report("flash_control.list", "two have the same name")


def _problems(one, blocks):
    for key in REGISTERS:
        if key in one and (one[key] % 4 or not inside(one[key], 4, blocks)):
            yield f"{key} is no register of FLASH"
    if ("start" in one) != ("size" in one):
        yield "start and size go together"
    if len({key in one for key in PROGRAM_LOCK}) != 1:
        yield f"{', '.join(PROGRAM_LOCK)} go together"
    for key in ("keys", "program_keys"):
        if len(one.get(key, (0, 0))) != 2:
            yield f"{key} are two"
    if not 1 <= one["widths"] <= 7:
        yield "widths is a sum of 1, 2 and 4"
    unit = one.get("unit", 4)
    if unit & (unit - 1) or not 4 <= unit <= 64:
        yield "unit is 8, 16, 32 or 64"
    if "page_erase" in one and "start_bit" in one and ("page" in one) == ("page_address" in one):
        yield "a page has one of page and page_address"
