# chip.py: says which pins the ROM uses, what memory the chip has, and where registers are.
# SPDX-License-Identifier: MIT
from pages.markdown import head, items, line, range_of, ranges, sure, versions
from schema.pins import PIN
from table.mark import mark_can_be_in_backup, mark_in_backup

SECOND_WRITES = {
    "clears-bits": "can only clear bits",
    "refused": "is refused",
    "breaks-ecc": "breaks the error code (ECC), and reading it faults",
}


NEW_CHIPS = {
    "counts": " A new chip has that value",
    "ignored": " A new chip ignores the pin",
    "unknown": " The value of a new chip is unknown",
}


def boot0_item(device):
    boot0 = device.get("boot0")
    if not boot0:
        return ""
    out = f"- **BOOT0 pin:** {boot0['pin']}{sure(boot0, 'pin')}. It must be high when a reset ends."
    if "counts_with" in boot0:
        out += f" The chip reads it only with {boot0['counts_with']}."
        out += f"{NEW_CHIPS[boot0['factory']]}{sure(boot0, 'factory')}."
    else:
        out += " No option bit switches it off."
    also = "; ".join(boot0.get("also", []))
    return out + (f" Also needed: {also}.\n" if also else "\n")


def pins_section(device):
    interfaces = device.get("interfaces")
    if not interfaces:
        return ""
    out = "\n### Pins that the ROM uses\n\n"
    out += head("interface", "ROM versions", "packages", "pins")
    for one in interfaces["list"]:
        name = one["name"] + (f", address 0x{one['address']:02X}" if "address" in one else "")
        only = versions(one["versions"]) if "versions" in one else "all"
        cells = (name, only, one.get("packages", "all"), "; ".join(one["pins"]))
        out += line(cells)
    notes = _when_found(interfaces["list"]) + _no_usb(interfaces["list"])
    notes += list(interfaces.get("notes", []))
    floating = _floating(interfaces["list"])
    if floating:
        notes.insert(0, f"These pins have no pull and float unless the board ties them: {floating}.")
    if interfaces.get("unused"):
        pins = "; ".join(pin.replace("PIN ", "") for pin in interfaces["unused"])
        notes.append(f"The ROM also configures pins that it does not use: {pins}.")
    listed = device.get("usart_pins", {}).get("list", [])
    if listed:
        pairs = "; ".join(map(_functions, listed))
        notes.append(f"What an application selects to talk on the pins of these USARTs: {pairs}.")
    return out + "".join(f"\n{note}\n" for note in notes)


def _functions(one):
    """USART3 on PB10 and PB11: AF7."""
    numbers = [f"AF{number}" for number in dict.fromkeys(one.get("functions", []))]
    out = f"{one['usart']} on {one['tx']} and {one['rx']}: {' and '.join(numbers) or 'no AF number'}"
    if "ports" in one:
        out += f" of {' and '.join(one['ports'])}"
    if "remap" in one:
        out += f", with 0x{one['remap']['set']:X} set in 0x{one['remap']['register']:08X}"
    return out


def _no_usb(listed):
    """What to wire instead, where the ROM has no USB."""
    if any(one["kind"] == "usb" for one in listed):
        return []
    usart = next(one for one in listed if one["kind"] == "usart")
    wires = " and ".join(f"{PIN.fullmatch(p)[2]} ({PIN.fullmatch(p)[1]})" for p in usart["pins"])
    return [f"This ROM has no USB: wire {wires} of {usart['name']}."]


def _when_found(listed):
    """What this mode means, where a pin has it."""
    if not any(PIN.fullmatch(pin)[3] == "when-found" for one in listed for pin in one["pins"]):
        return []
    return [
        "*when-found*: the ROM leaves this pin as it is until it sees a host on the interface. Then it"
        " drives the pin."
    ]


def _floating(listed):
    """The pins that float unless something outside ties them."""
    pins = {}
    for pin in (pin for one in listed for pin in one["pins"]):
        _, name, mode, pull = PIN.fullmatch(pin).groups()
        if pull == "no pull" and mode != "driven":
            pins[name] = None
    names = list(pins)
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def mark_section(device):
    mark = device.get("mark")
    if not mark:
        return ""
    where = "in the backup register" if mark.get("place") == "backup" else "at"
    return f"\n### The mark\n\nThe mark (bootleap's request word) is {where} 0x{mark['address']:08X}: {mark['why']}\n"


def memory_section(device):
    flash, rams = device.get("flash"), device.get("ram", [])
    if not flash:
        return f"\n### Memory\n\n- **RAM:** {ranges(rams)}.\n" if rams else ""
    pages = ", ".join(f"{run['count']} x {_size(run['size'])}" for run in flash["pages"])
    out = f"\n### Memory\n\n- **Flash:** {range_of(flash)}, pages {pages}. A write programs"
    out += f" {flash['program_bytes']} bytes. Erased bytes read"
    out += f" 0x{flash['erased']:02X}. A second write {SECOND_WRITES[flash['second_write']]}"
    out += f"{sure(flash, 'second_write')}.{_erase_times(device)}\n- **RAM:** {ranges(rams)}."
    for ram in rams:
        if "erased_by" in ram:
            out += f" A reset erases {ram['name']} if {ram['erased_by']}."
    return out + "\n"


def _erase_times(device):
    """How long a page of each size takes at most."""
    table, sizes = device.get("erase_times"), {run["size"] for run in device["flash"]["pages"]}
    if not table:
        return ""
    times = (f"{one['ms']} ms ({_size(one['size'])})" for one in table["list"] if one["size"] in sizes)
    return f" The erase of a page takes at most {', '.join(times)}{sure(table, 'list')}."


def _size(size):
    return f"{size // 1024} KB" if size % 1024 == 0 else f"{size} bytes"


def registers_section(device):
    lines = list(_registers(device))
    return "\n### Registers\n\n" + items(lines) if lines else ""


def _registers(device):
    iwdg, backup, usb = device.get("iwdg"), device.get("backup"), device.get("usb_pullup")
    if iwdg:
        yield f"IWDG at 0x{iwdg['address']:08X}, largest prescaler {iwdg['largest_prescaler']}."
    if device.get("wwdg"):
        yield f"WWDG at 0x{device['wwdg']['address']:08X}."
    if backup:
        mark = ""
        if device.enters() and mark_can_be_in_backup(device):
            mark = f" With BOOTLEAP_MARK_IN_BACKUP the mark is at 0x{mark_in_backup(backup):08X}."
        yield f"{backup['count']} backup registers from 0x{backup['address']:08X}.{mark}"
    for pullup in usb["list"] if usb else []:
        where = f"bit {pullup['bit']} of 0x{pullup['register']:08X}"
        yield f"The USB pull-up is off if {where} is {pullup['off']}."
    if device.get("reset_registers") and "reset_registers" not in device.shared:
        yield reset_registers(device["reset_registers"])


def reset_registers(table):
    masks = ", ".join(f"0x{r['address']:08X} (0x{r['safe_mask']:08X})" for r in table["list"])
    return f"Reset registers of RCC, and their bits that are safe to pulse: {masks}."
