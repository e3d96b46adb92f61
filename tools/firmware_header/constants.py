# constants.py: writes the constants of each group of facts.
# SPDX-License-Identifier: MIT
from c_literals import word
from firmware_header.first_pages import first_page_words
from firmware_header.lines import words
from schema.words import CORES, DMA_BLOCKS
from table.masks import ccr_reset, flag_mask


def groups_of(device):
    """(group, its constants); no group where it is that of the line before."""
    rom, flags = device["rom"], device["reset_flags"]
    _, vtor, dcache, stack_limits, _ = CORES[device["core"]["name"]]
    memory = next(r for r in rom["memory"] if r["start"] <= rom["vector"] < r["start"] + r["size"])
    yield "core", (
        ("VTOR", int(vtor)),
        ("DCACHE", int(dcache)),
        ("MPU", int(device["core"]["mpu"])),
        ("STACK_LIMITS", int(stack_limits)),
        ("CCR_RESET", word(ccr_reset(device["core"]))),
    )
    yield "rom", (
        ("ROM", word(rom["vector"]), True),
        ("SYSTEM_MEMORY", word(memory["start"])),
        ("SYSTEM_MEMORY_SHIFT", _block_shift(memory)),
    )
    yield "boot", (("ROM_FIRST", int(device["boot"]["dual_bank"] in ("bfb2", "ndboot"))),)
    yield "behaviour", (
        ("SELF_RESET", int(device["behaviour"]["self_reset"])),
        ("ALIAS", int(device["behaviour"]["trace"] == "alias")),
    )
    yield "reset_flags", (
        ("FLAGS", word(flags["register"])),
        ("FLAGS_ANY", word(flag_mask(device))),
        ("FLAGS_SOFTWARE", word(flag_mask(device, role="software"))),
        ("FLAGS_POWER", word(flag_mask(device, role="power"))),
        ("FLAGS_CLEAR", word(1 << flags["clear"])),
        ("FLAGS_CLEAR_STAYS", int(flags.get("clear_stays", False))),
    )
    yield "remap", _remap(device.get("remap") or {})
    yield from _empty_flag(device)
    yield "iwdg", (("IWDG_KR", word(device["iwdg"]["address"])),)
    yield "peripherals", _cleared(device)
    yield from _entry(device)


def _remap(remap):
    return (
        ("REMAP", int(bool(remap))),
        ("REMAP_CLOCK", word(remap.get("clock_register", 0))),
        ("REMAP_CLOCK_MASK", word(remap.get("clock_mask", 0))),
        ("REMAP_REGISTER", word(remap.get("register", 0))),
        ("REMAP_MASK", word(remap.get("mask", 0))),
        ("REMAP_SYSTEM_MEMORY", word(remap.get("system_memory", 0))),
    )


def _block_shift(memory):
    """Bits of the smallest aligned block, 64 KB at least, that holds this memory.

    One shift then tells whether an address is in system memory; what else lies in the block
    (OTP, option bytes) never holds a vector table.
    """
    last = memory["start"] + memory["size"] - 1
    return max(16, (memory["start"] ^ last).bit_length())


def _cleared(device):
    """Bits that are cleared before the mark is stored: how many registers, and as words.

    They are the clock enables of what writes memory by itself, and the flag that has every
    reset start the ROM, where writing 0 clears it.
    """
    bits = {}
    for one in device.get("peripherals", {}).get("list", []):
        if one["block"] in DMA_BLOCKS and one["clock_register"]:
            register = one["clock_register"]
            bits[register] = bits.get(register, 0) | one["clock_mask"]
    if _empty_flag_stays(device) == "write-0":
        bits[device["flash"]["empty_register"]] = 1 << device["flash"]["empty_bit"]
    pairs = "".join(words(*pair) for pair in sorted(bits.items()))
    return ("CLEARED", len(bits)), ("CLEARED_WORDS", f'"{pairs}"')


def _empty_flag_stays(device):
    """How the flag of an empty flash is cleared, where some ROM leaves it set; or None."""
    behaviour = device["behaviour"]
    always = behaviour["clears_empty"] and "clears_empty_in" not in behaviour
    return not always and device["flash"].get("empty_clear")


def _empty_flag(device):
    """The same flag, where writing 1 toggles it."""
    toggles = _empty_flag_stays(device) == "toggle"
    register = word(device["flash"]["empty_register"]) if toggles else 0
    yield "flash" if toggles else "", (("EMPTY_TOGGLES", register),)
    if toggles:
        yield "", (("EMPTY_MASK", word(1 << device["flash"]["empty_bit"])),)


def _entry(device):
    looks = device["entry"]["mechanism"] == "erase-first"
    yield "entry" if looks else "", (("ROM_LOOKS", int(looks)),)
    if looks:
        yield "", (("BOOT0_ALLOWS", int(device["entry"].get("boot0_allows", False))),)
        first = device["first_pages"]
        yield "first_pages", (
            ("FLASH_BUSY", f'"{first["busy_mask"]}"'),
            ("FIRST_PAGES", f'"{first_page_words(first, device["flash"]["start"])}"'),
        )
