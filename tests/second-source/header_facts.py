# header_facts.py: the registers and bits that the library and the virtual chip name, against ST's headers.
# SPDX-License-Identifier: MIT
"""header-layout.csv says of each part which registers its own header has, where, and with which
bits. A fact of a row is compared with every part of the row, by name and address.

What the library touches on a part must also be there on that part: a bit of which the part's
header knows nothing is reserved there. A register that is written as a whole must exist."""
from collections import defaultdict

from claims import HEADERS, Claim, rows_of
from facts import Fact
from schema.words import DMA_BLOCKS
from table.direct_steps import EVERY_BIT, direct_steps, ports_bits, resets
from table.mark import mark_can_be_in_backup
from table.parts import bits_on, has_part

# What is looked at of a row.
GROUPS = (
    "parts",
    "clock",
    "reset_registers",
    "jump",
    "iwdg",
    "wwdg",
    "backup",
    "system_init",
    "option_entry",
    "first_pages",
    "reset_flags",
    "options",
    "remap",
    "peripherals",
    "mark",
    "entry",
)
BLOCKS = ("PWR", "EXTI", "SYSCFG", "SBS", "FLASH", "RCC", "DBGMCU", "TAMP", "RTC", "BKP", "AFIO")


class HeaderClaims:
    """What the headers say, by names and addresses. Parts of the same layout are together."""

    def __init__(self, folder, expand):
        self.parts = frozenset()
        self._places = defaultdict(list)  # name -> (address, parts)
        self._masks = defaultdict(list)  # (address, name) -> (mask, parts)
        self._defined = defaultdict(list)  # address -> (all bits, parts)
        for row in rows_of(folder / "header-layout.csv"):
            parts, address = frozenset(expand(row["parts"])), int(row["address"], 0)
            self.parts |= parts
            for name in row["register"].split("|"):
                self._places[name].append((row["address"], parts))
            for name, mask in (word.split(":") for word in row["bits"].split()):
                self._masks[address, name].append((mask, parts))
            # A register without fields is one number, but RCC has none such.
            bits = int(row["defined"], 0) or (0 if row["register"].startswith("RCC_") else EVERY_BIT)
            self._defined[address].append((bits, parts))

    def place(self, names, parts):
        """A part whose header has the register under one of the names agrees, or does not."""
        return [c for name in names.split("|") for c in _about(self._places.get(name, ()), parts)]

    def mask(self, address, name, parts):
        return _about(self._masks.get((address, name), ()), parts)

    def defined(self, address, part):
        """All bits that the header of this part has there; 0 if it has no such register."""
        return next((bits for bits, parts in self._defined.get(address, ()) if part in parts), 0)


def _about(found, parts):
    """One claim for each value, for as many parts as say it."""
    for value, theirs in found:
        both = theirs & parts
        if both:
            yield Claim(HEADERS, min(both), value, len(both))


def header_facts(device, claims):
    """(Fact, claims about it) of one row."""
    parts = claims.parts & set(device["parts"])
    for key, names, address in registers_named(device):
        yield Fact("headers", f"{key}.{names}", address, ""), claims.place(names, parts)
    for key, address, name, mask in bits_named(device):
        rule = "subset" if key == "options" else "each"
        fact = Fact("headers", f"{key}.0x{address:08X}.{name}", mask, "", rule)
        yield fact, list(claims.mask(address, name, parts))
    yield from _facts_by_part(device, sorted(parts), claims)


def registers_named(device):
    """(key, its name or NAME|OTHER NAME, address) of each register that a group names."""
    for group in ("clock", "reset_registers"):
        listed = device.get(group, {}).get("registers" if group == "clock" else "list", [])
        for one in listed:
            yield group, f"RCC_{one['name']}", one["address"]
    for step in device.get("jump", {}).get("steps", []):
        yield "jump.steps", _of_rcc(step["name"].split(":")[0]), step["register"]
    if device.get("jump"):
        yield "jump.latency", "FLASH_ACR", device["jump"]["latency"]["register"]
    for group, name in (("iwdg", "IWDG_KR|IWDG1_KR"), ("wwdg", "WWDG_CR|WWDG1_CR")):
        if device.get(group):
            yield group, name, device[group]["address"]
    if device.get("backup"):
        yield "backup", device["backup"]["name"], device["backup"]["address"]
    for one in device.get("system_init", {}).get("list", []):
        yield "system_init", _of_rcc(one["name"]), one["register"]
    entry = device.get("option_entry", {})
    for one in [entry, *entry.get("keys", [])] if entry else []:
        yield "option_entry", f"FLASH_{one['name']}", one["register"]
    pages = device.get("first_pages", {})
    for one in [*pages.get("writes", []), *pages.get("erase", []), *pages.get("lock", [])]:
        if one["register"]:
            yield "first_pages", f"FLASH_{one['name']}", one["register"]


def _of_rcc(name):
    """A register without the name of its block is one of RCC."""
    return name if name.split("_")[0] in BLOCKS else f"RCC_{name}"


def bits_named(device):
    """(key, address of the register, name, mask) of each bit that a group names."""
    flags = device.get("reset_flags")
    for flag in flags["flags"] if flags else []:
        yield "reset_flags", flags["register"], flag["name"], 1 << flag["bit"]
    if flags:
        yield "reset_flags", flags["register"], "RMVF", 1 << flags["clear"]
    for one in device.get("clock", {}).get("ready", []):
        for end, key in (("ON", "on"), ("RDY", "ready")):
            yield "clock.ready", one["address"], one["name"] + end, 1 << one[key]
    for step in device.get("jump", {}).get("steps", []):
        name = step["name"].partition(": ")[2]
        if step["mask"] != EVERY_BIT and name.isidentifier():
            yield "jump.steps", step["register"], name, step["mask"]
    for one in device.get("backup", {}).get("clocks", []):
        yield "backup", one["register"], one["name"], 1 << one["bit"]
    if "unlock_bit" in device.get("backup", {}):
        backup = device["backup"]
        yield "backup", backup["unlock_register"], "DBP", 1 << backup["unlock_bit"]
    for one in device.get("options", {}).get("list", []):
        yield "options", one["register"], one["name"], one["mask"]
    if device.get("remap"):
        yield "remap", device["remap"]["register"], "MEM_MODE", device["remap"]["mask"]


def _facts_by_part(device, parts, claims):
    """What the library touches on each part, against what the part's header has. Parts of which both
    say the same are one claim."""
    found = defaultdict(list)  # (key, what is touched, rule, what the header has) -> parts
    for part in parts:
        for key, mask, rule, there in _by_part(device, part, claims):
            found[key, mask, rule, there].append(part)
    for (key, mask, rule, there), same in found.items():
        checks = len(same) * (1 + (mask | there if rule == "each" else mask).bit_count())
        claim = Claim(HEADERS, same[0], f"0x{there:08X}", checks)
        yield Fact("headers", key, mask, "", rule), [claim]


def _by_part(device, part, claims):
    """(key, bits, rule, bits of the header): what is touched must be there. Of what resets
    peripherals all must be touched that is there and may be."""
    masks = defaultdict(int)
    for address, mask in touched(device, part):
        masks[address] |= mask
    for address, mask in masks.items():
        yield f"touched.0x{address:08X}", mask, "defined", claims.defined(address, part)
    if not device.get("jump"):
        return
    register, ports = ports_bits(device["jump"])
    for one in device["reset_registers"]["list"]:
        may = one["safe_mask"] | (ports if one["address"] == register else 0)
        pulsed = masks.get(one["address"], 0) & may
        yield f"pulsed.{one['name']}", pulsed, "each", claims.defined(one["address"], part) & may


def touched(device, part):
    """(address, mask) of what src/ writes or waits for on this part; mask 0: as a whole."""
    if device.get("jump"):
        for step in direct_steps(device, part):
            whole = step["mask"] == EVERY_BIT or step["name"].endswith(": as after a reset")
            yield step["register"], 0 if whole else step["mask"]
        yield from resets(device, part)
        yield ports_bits(device["jump"], part)
    yield from _touched_before_reset(device)
    yield from _touched_by_hook(device, part)
    yield from _touched_by_option_bytes(device, part)


def _touched_before_reset(device):
    """The same of the way through a reset, which is one for all parts of a row."""
    flags, iwdg, remap = device.get("reset_flags"), device.get("iwdg", {}), device.get("remap", {})
    if flags:
        yield flags["register"], 1 << flags["clear"]
    if iwdg:
        yield iwdg["address"], 0
    if "lsi_register" in iwdg:
        yield iwdg["lsi_register"], 1 << iwdg["lsi_bit"]
    if remap:
        yield remap["register"], remap["mask"]
        if remap["clock_register"]:
            yield remap["clock_register"], remap["clock_mask"]
    for one in device.get("peripherals", {}).get("list", []):
        if one["block"] in DMA_BLOCKS and one["clock_register"] and device.enters():
            yield one["clock_register"], one["clock_mask"]
    if mark_can_be_in_backup(device):
        yield device["backup"]["unlock_register"], 1 << device["backup"]["unlock_bit"]
        for one in device["backup"]["clocks"]:
            yield one["register"], 1 << one["bit"]


def _touched_by_hook(device, part):
    for one in device.get("system_init", {}).get("list", []):
        if has_part(one, part):
            yield one["register"], 0 if one["mask"] == EVERY_BIT else one["mask"]
            if "clock_register" in one:
                yield one["clock_register"], one["clock_mask"]


def _touched_by_option_bytes(device, part):
    entry = device.get("option_entry")
    if not entry:
        return
    errors = entry["error_mask"] & bits_on({"only": entry.get("error_only", [])}, part)
    yield entry.get("clear_register", entry["error_register"]), errors
    yield entry["start_register"], entry["start_mask"]
    yield entry["register"], 0
    if "launch_register" in entry:
        yield entry["launch_register"], entry["launch_mask"]
    for one in entry["keys"]:
        yield one["register"], 0
        yield entry["lock_register"], one["locked"]
    for one in entry.get("conditions", []):
        if has_part(one, part):
            yield one["register"], 0
