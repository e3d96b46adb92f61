# entry.py: says how the ROM is entered, what refuses, and what leads into it without a reset.
# SPDX-License-Identifier: MIT
from pages.markdown import sure
from table.direct_steps import direct_steps

REFUSALS = {
    "rdp-level-2": "readout protection is at level 2",
    "rdp-level-1": "readout protection is on (unless `BOOTLEAP_ALLOW_RDP1` is defined)",
    "boot-lock": "booting is locked to flash",
    "trustzone": "TrustZone is on",
    "product-state": "the product state is past Open",
    "dual-bank": "the options have the ROM start a bank",
    "ram-erased": "each reset erases the RAM that holds the mark",
    "hardware-wwdg": "the options start the WWDG",
    "watchdog-not-fed": "the options start the IWDG, which this ROM is not known to feed",
    "second-core": "the second core starts by itself (unless it parks)",
}


def entry_section(device):
    entry, boot = device.get("entry"), device.get("boot")
    if not entry:
        return ""
    mechanism = entry["mechanism"].replace("-", " ")
    out = f"\n**How it is entered.** From the application: {mechanism}{sure(entry, 'mechanism')}. "
    out += f"Boot pattern {entry['pattern']} of AN2606: {entry['how']}"
    out += f" {boot['how']}\n" if boot else "\n"
    return out + _direct(device) + _options(device) + _option_entry(device)


def _options(device):
    options = device.get("options")
    if not options:
        return ""
    lines = ""
    for one in options["list"]:
        test = f"is 0x{one['value']:X}" if "value" in one else f"is not 0x{one['unless']:X}"
        bits = f"0x{one['mask']:08X} of 0x{one['register']:08X}"
        only = f" Only {', '.join(one['parts'])}." if "parts" in one else ""
        lines += f"- {REFUSALS[one['refuses']]}: `{one['name']}` ({bits}) {test}.{only}\n"
    return f"\n`bootleap_probe()` refuses when{sure(options, 'list')}:\n\n{lines}"


def _direct(device):
    """The direct way of a device that is entered at all."""
    entry, jump = device.get("entry", {}), device.get("jump")
    if not jump:
        why = entry.get("no_direct")
        return f"\n**Without a reset:** no way. {why}\n" if why else ""
    steps = direct_steps(device)
    waits = sum(step["wait"] for step in steps)
    out = f"\n**Without a reset:** {len(steps)} steps, {waits} of them waits, lead back to the clock "
    out += f"of a reset, {jump['hz'] / 1e6:g} MHz"
    return out + " (inferred: the steps join what several documents say, nobody has run them).\n"


def _option_entry(device):
    """The paragraph on option bytes that start the ROM."""
    entry = device.get("option_entry")
    if not entry or not device.enters():
        return ""
    launch = "an option-byte load" if "launch_register" in entry else "the next reset"
    out = "\n**By option bytes.** `bootleap_enter_by_option_bytes()` programs"
    out += f" {entry['set']} (0x{entry['mask']:08X} of `{entry['name']}` at"
    out += f" 0x{entry['register']:08X}){sure(entry, 'value')}; {launch} then starts the ROM, and so"
    out += " does every other one until somebody programs"
    return out + f" {entry['back']}{sure(entry, 'restore')}.\n"
