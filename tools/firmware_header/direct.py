# direct.py: writes what src/bootleap_jump.c must know.
# SPDX-License-Identifier: MIT
from c_literals import word
from table.direct_steps import direct_steps, ports_bits, resets
from table.masks import prescaler_code


def direct_constants(device):
    """Constants as (name, value)."""
    jump = device.get("jump")
    if not jump:
        return (("DIRECT", 0),)
    register, mask = ports_bits(jump)
    steps = ((s["register"] | s["wait"], s["mask"], s["value"]) for s in direct_steps(device))
    peripherals = device["peripherals"]["list"]
    dmas = list(_dma_without_reset(peripherals))
    icaches = [p for p in peripherals if p["block"] == "icache"]
    return (
        ("DIRECT", 1),
        ("CLOCK_STEPS", _rows(steps)),
        ("RESETS", _rows(resets(device))),
        ("PORT_RSTR", word(register)),
        ("PORT_START", word(jump["ports"]["start"])),
        ("PORT_STRIDE", word(jump["ports"]["stride"])),
        ("PORT_FIRST", jump["ports"]["first"]),
        ("PORT_MASK", word(mask)),
        ("RESET_HZ", f"{jump['hz']}u"),
        ("NVIC_WORDS", (device["core"]["interrupts"] + 31) // 32),
        ("IWDG_PR_MOST", prescaler_code(device)),
        ("ICACHE", word(icaches[0]["start"] if icaches else 0)),
        ("ICACHE_RESET", word(icaches[0]["control_reset"] if icaches else 0)),
        ("USB_CLOCKS", " ".join(_clocks_of("usb", peripherals))),
        ("DMA", _rows(dmas)),
        ("DMA_COUNT", len(dmas)),
        ("WWDG", word(_only_a_reset_stops("wwdg", peripherals))),
        ("LSI", word(device["iwdg"].get("lsi_register", 0))),
        ("LSI_READY", word(1 << device["iwdg"].get("lsi_bit", 0))),
    )


def _rows(rows):
    """Initialisers, each with a comma behind it."""
    return " ".join(f"{{{', '.join(map(word, row))}}}," for row in rows)


def _dma_without_reset(peripherals):
    """(clock register, clock mask, start) of the DMA controllers that RCC cannot reset."""
    for one in peripherals:
        if one["block"] == "dma-channels" and not one.get("reset_mask"):
            yield one["clock_register"], one["clock_mask"], one["start"]


def _clocks_of(block, peripherals):
    for one in peripherals:
        if one["block"] == block:
            yield f"CLOCKED({word(one['clock_register'])}, {word(one['clock_mask'])})"


def _only_a_reset_stops(block, peripherals):
    """The address of the block if it has no reset bit of its own, else 0."""
    for one in peripherals:
        if one["block"] == block and not one.get("reset_mask"):
            return one["start"]
    return 0
