# entry.py: says how the ROM is entered, what refuses, and what leads into it without a reset.
# SPDX-License-Identifier: MIT
from pages.chip import boot0_item
from pages.markdown import sure
from table.direct_steps import direct_steps

REFUSALS = {
    "rdp-level-2": "readout protection is at level 2",
    "rdp-level-1": "readout protection is on (unless `BOOTLEAP_ALLOW_RDP1` is defined)",
    "boot-lock": "BOOT_LOCK is set: every reset starts flash",
    "trustzone": "TrustZone is on",
    "product-state": "the product state is past Open",
    "dual-bank": "option bytes make the ROM start a bank",
    "ram-erased": "each reset erases the RAM that holds the mark",
    "hardware-wwdg": "option bytes start the WWDG",
    "watchdog-not-fed": "option bytes start the IWDG, and it is unknown whether this ROM feeds it",
    "second-core": "the second core starts by itself (unless `BOOTLEAP_SECOND_CORE_PARKS` is defined)",
}


def entry_section(device):
    entry, boot = device.get("entry"), device.get("boot")
    if not entry:
        return ""
    mechanism = entry["mechanism"].replace("-", " ")
    out = "\n### How to enter the ROM\n\n"
    out += f"- **From the application:** {mechanism}{sure(entry, 'mechanism')}.\n"
    out += _direct(device) + _option_entry(device)
    out += f"- **Every way in** (boot pattern {entry['pattern']} of AN2606): {entry['how']}\n"
    out += f"- **Empty flash and banks:** {boot['how']}\n" if boot else ""
    return out + boot0_item(device) + _options(device)


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
        return f"- **Direct jump, without a reset:** none. {why}\n" if why else ""
    steps = direct_steps(device)
    waits = sum(step["wait"] for step in steps)
    out = f"- **Direct jump, without a reset:** {len(steps)} steps, {waits} of them waits, restore the"
    out += f" clock of a reset, {jump['hz'] / 1e6:g} MHz"
    return out + " (inferred: several documents give the steps; their sequence was not run on a chip).\n"


def _option_entry(device):
    """The item on option bytes that start the ROM."""
    entry = device.get("option_entry")
    if not entry or not device.enters():
        return ""
    launch = "An option-byte load" if "launch_register" in entry else "The next reset"
    out = "- **Option bytes:** `bootleap_enter_by_option_bytes()` programs"
    out += f" {entry['set']} (0x{entry['mask']:08X} of `{entry['name']}` at"
    out += f" 0x{entry['register']:08X}){sure(entry, 'value')}. {launch} then starts the ROM. So does"
    return out + f" every later reset, until {entry['back']} is programmed{sure(entry, 'restore')}.\n"
