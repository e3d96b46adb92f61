# option_bytes.py: checks the option bits that refuse, and those that start the ROM.
# SPDX-License-Identifier: MIT
from schema.words import REFUSALS
from table.regions import inside


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


def check_watchdog_is_fed(device, report):
    asked = [check["refuses"] for check in device["options"]["list"]]
    fed = device["behaviour"].get("feeds_iwdg", "unknown")
    if ("watchdog-not-fed" in asked) == (fed == "yes"):
        why = "watchdog-not-fed is for a ROM that does not feed the watchdog, and only for that"
        report("behaviour.feeds_iwdg", f"{fed}, but {why}")


def check_option_entry(device, report):
    entry = device["option_entry"]
    if (entry["value"] | entry["restore"]) & ~entry["mask"]:
        report("option_entry", "value or restore has bits outside mask")
    if entry["value"] == entry["restore"]:
        report("option_entry.restore", "is the value that starts the ROM")
    if ("launch_register" in entry) != ("launch_mask" in entry):
        report("option_entry", "has one of launch_register and launch_mask, not both")
    listed = device.get("peripherals", {}).get("list", [])
    flash = [p for p in listed if p["block"] == "flash"]
    for key, address in _addresses(entry):
        if address % 4 or (flash and not inside(address, 4, flash)):
            report(f"option_entry.{key}", f"0x{address:08X} is no register of FLASH")
    for one in entry.get("conditions", []):
        unknown = [part for part in one.get("parts", []) if part not in device["parts"]]
        if unknown:
            report("option_entry.conditions", f"{unknown[0]} is no part of this device")
        if one["value"] & ~one["mask"]:
            report("option_entry.conditions", f"{one['name']}: value has bits outside mask")


def _addresses(entry):
    for key, value in entry.items():
        if key in ("register", "shown") or key.endswith("_register"):
            yield key, value
    for key in ("keys", "conditions"):
        for one in entry.get(key, []):
            yield key, one["register"]
