# options_check.py: checks that option bits and first pages fit the device.
# SPDX-License-Identifier: MIT
from devices_schema import REFUSALS
from regions import inside


def check_options(device, report):
    checks = device["options"]["list"]
    order = [REFUSALS.index(check["refuses"]) for check in checks]
    if order != sorted(order):
        report("options.list", f"is not in the order {', '.join(REFUSALS)}")
    listed = device.get("peripherals", {}).get("list", [])
    blocks = [p for p in listed if p["block"] in ("flash", "pwr", "syscfg")]
    for check in checks:
        problem = _option_problem(check)
        if problem is None and blocks and not inside(check["register"], 4, blocks):
            problem = f"0x{check['register']:08X} is outside FLASH, PWR and SYSCFG"
        unknown = [part for part in check.get("parts", []) if part not in device["parts"]]
        if problem is None and unknown:
            problem = f"{unknown[0]} is no part of this device"
        if problem:
            report("options.list", f"{check['refuses']}: {problem}")


def _option_problem(check):
    """What is wrong with one check of the options by itself; None if nothing is."""
    if check["register"] % 4:
        return f"0x{check['register']:08X} is no register: not 4-aligned"
    if ("value" in check) == ("unless" in check):
        return "has one of value and unless, not both"
    wanted = check.get("value", check.get("unless"))
    if (wanted | check["factory"]) & ~check["mask"]:
        return "value, unless or factory has bits outside mask"
    # A chip of two cores is delivered with both of them started.
    refused = (check["factory"] == wanted) == ("value" in check)
    if refused and check["refuses"] != "second-core":
        return "refuses a chip as it is delivered"
    return None


def check_fed(device, report):
    asked = [check["refuses"] for check in device["options"]["list"]]
    fed = device["manners"].get("feeds_iwdg", "unknown")
    if ("watchdog-not-fed" in asked) == (fed == "yes"):
        why = "watchdog-not-fed is for a ROM that does not feed the watchdog, and only for that"
        report("manners.feeds_iwdg", f"{fed}, but {why}")


def check_first_pages(device, report):
    first, flash = device["first_pages"], device["flash"]
    if device["entry"]["mechanism"] != "erase-first":
        report("first_pages", "is only for the mechanism erase-first")
    for address in first["addresses"]:
        if not inside(address, 4, [flash]):
            report("first_pages.addresses", f"0x{address:08X} is outside flash")
    if not any(row["register"] == 0 or row["value"] == 0 for row in first["erase"]):
        report("first_pages.erase", "no row has the page: neither register nor value is 0")
    for row in first["writes"]:
        if row["register"] == 0:
            report("first_pages.writes", f"{row['name']}: no page is known there yet")
