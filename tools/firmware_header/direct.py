# direct.py: writes what src/bootleap_jump.c must know.
# SPDX-License-Identifier: MIT
from c_literals import word
from firmware_header.lines import constant, constant_by_part
from table.direct_steps import direct_steps, ports_bits, resets
from table.masks import prescaler_code
from table.restored import EVERY_BIT, swap_bit

CHANGE, WAIT, FILL, RESET = range(4)


def direct_lines(device):
    """Lines of the firmware's header: a part does only what its own CMSIS header knows of."""
    jump = device.get("jump")
    if not jump:
        return constant("DIRECT", 0)
    out = "".join(constant(*one) for one in _same_on_all_parts(device))
    by_part = {part: dict(_on_part(device, part)) for part in device["parts"]}
    for name in by_part[device["parts"][0]]:
        out += constant_by_part(name, {part: values[name] for part, values in by_part.items()})
    return out


def _on_part(device, part):
    yield "CLOCK_STEPS", _rows(_words(direct_steps(device, part)))
    yield "RESETS", _rows(resets(device, part))
    yield "PORT_MASK", word(ports_bits(device["jump"], part)[1])
    yield "USB_CLOCKS", " ".join(_usb_clocks(device, part))


def _same_on_all_parts(device):
    """Constants as (name, value)."""
    jump, swap = device["jump"], swap_bit(device)
    peripherals = device["peripherals"]["list"]
    dmas = list(_dma_without_reset(peripherals))
    icaches = [p for p in peripherals if p["block"] == "icache"]
    return (
        ("DIRECT", 1),
        ("SWAP_REGISTER", word(swap[0])),
        ("SWAP_MASK", word(swap[1])),
        ("PORT_RSTR", word(jump["ports"]["register"])),
        ("PORT_START", word(jump["ports"]["start"])),
        ("PORT_STRIDE", word(jump["ports"]["stride"])),
        ("PORT_FIRST", jump["ports"]["first"]),
        ("RESET_HZ", f"{jump['hz']}u"),
        ("NVIC_WORDS", (device["core"]["interrupts"] + 31) // 32),
        ("IWDG_PR_MOST", prescaler_code(device)),
        ("ICACHE", word(icaches[0]["start"] if icaches else 0)),
        ("ICACHE_RESET", word(icaches[0]["control_reset"] if icaches else 0)),
        ("DMA", _rows(dmas)),
        ("DMA_COUNT", len(dmas)),
        ("WWDG", word(_only_a_reset_stops("wwdg", peripherals))),
        ("IWDG_WINDOW", int(device["iwdg"].get("window", False))),
        ("LSI", word(device["iwdg"].get("lsi_register", 0))),
        ("LSI_READY", word(1 << device["iwdg"].get("lsi_bit", 0))),
    )


def _words(steps):
    """A step is three words. The lowest bits of the first tell its kind, as in bootleap_jump.c."""
    run = []  # of registers one behind the other that are written as a whole, with the same value
    for step in steps:
        if run and not _goes_on(run[-1], step):
            yield _run_words(run)
            run = []
        run.append(step)
    yield _run_words(run)


def _goes_on(last, step):
    whole = all(s["mask"] == EVERY_BIT and _kind(s) == CHANGE for s in (last, step))
    return whole and step["register"] == last["register"] + 4 and step["value"] == last["value"]


def _kind(step):
    return WAIT if step["wait"] else RESET if step.get("reset") else CHANGE


def _run_words(run):
    first = run[0]
    if len(run) > 1:
        return first["register"] | FILL, len(run), first["value"]
    return first["register"] | _kind(first), first["mask"], first["value"]


def _rows(rows):
    """Initialisers, each with a comma behind it."""
    return " ".join(f"{{{', '.join(map(word, row))}}}," for row in rows)


def _dma_without_reset(peripherals):
    """(clock register, clock mask, start) of the DMA controllers that RCC cannot reset."""
    for one in peripherals:
        if one["block"] == "dma-channels" and not one.get("reset_mask"):
            yield one["clock_register"], one["clock_mask"], one["start"]


def _usb_clocks(device, part):
    """A part without the bit that resets the USB of others has none.

    Of a chip without a pull-up of its own no host sees the end: it is the board's that counts.
    """
    if not device.get("usb_pullup"):
        return
    lacks = dict(resets(device))
    for address, mask in resets(device, part):
        lacks[address] &= ~mask
    for one in device["peripherals"]["list"]:
        if one["block"] == "usb" and not one["reset_mask"] & lacks.get(one["reset_register"], 0):
            yield f"CLOCKED({word(one['clock_register'])}, {word(one['clock_mask'])})"


def _only_a_reset_stops(block, peripherals):
    """The address of the block if it has no reset bit of its own, else 0."""
    for one in peripherals:
        if one["block"] == block and not one.get("reset_mask"):
            return one["start"]
    return 0
