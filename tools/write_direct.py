# write_direct.py: writes the direct way, for the table of the host and the header of the library.
# SPDX-License-Identifier: MIT
from direct import direct_steps, latency_step, ports_bits, resets


def _word(value):
    return f"0x{value:08X}u"


def _text(value):
    return '"' + value.replace('"', '\\"') + '"'


def _step(step):
    place = ", ".join(map(_word, (step["register"], step["mask"], step["value"])))
    return f"{{{_text(step['name'])}, {place}, {'true' if step['wait'] else 'false'}}}"


def locks_of(bit):
    """The C name of the list of registers that this oscillator locks."""
    return "_".join(["locks", *bit.get("locks", [])])


def jump_arrays(device):
    clock = device.get("clock", {})
    at = {register["name"]: register["address"] for register in clock.get("registers", [])}
    lists = {locks_of(bit): bit.get("locks", []) for bit in clock.get("ready", [])}
    for name, registers in lists.items():
        yield "uint32_t ", name, [_word(at[register]) for register in registers], "0"
    yield "struct jump_step ", "jump_steps", map(_step, direct_steps(device)), "{0}"


def jump_fields(device):
    yield "jump.steps", f"{device.slug}_jump_steps"
    yield "no_direct", _text(device.get("entry", {}).get("no_direct", ""))
    jump = device.get("jump")
    if jump:
        ports = jump["ports"]
        numbers = ("register", "start", "stride")
        places = [_word(ports[key]) for key in numbers]
        yield "jump.latency", _step(latency_step(jump))
        yield "jump.hz", f"{jump['hz']}u"
        yield "jump.ports", f"{{{', '.join(places)}, {ports['first']}, {_word(ports['mask'])}}}"


def peripheral_reset(peripheral):
    """The last two members of struct peripheral."""
    keys = ("reset_register", "reset_mask")
    return ", ".join(_word(peripheral.get(key, 0)) for key in keys)


def _rows(rows):
    """Initialisers, each with a comma behind it."""
    return " ".join(f"{{{', '.join(map(_word, row))}}}," for row in rows)


def direct_constants(device):
    """What src/bootleap_jump.c must know, as (name, value)."""
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
        ("PORT_RSTR", _word(register)),
        ("PORT_START", _word(jump["ports"]["start"])),
        ("PORT_STRIDE", _word(jump["ports"]["stride"])),
        ("PORT_FIRST", jump["ports"]["first"]),
        ("PORT_MASK", _word(mask)),
        ("RESET_HZ", f"{jump['hz']}u"),
        ("NVIC_WORDS", (device["core"]["interrupts"] + 31) // 32),
        ("IWDG_PR_MOST", prescaler_code(device)),
        ("ICACHE", _word(icaches[0]["start"] if icaches else 0)),
        ("ICACHE_RESET", _word(icaches[0]["control_reset"] if icaches else 0)),
        ("USB_CLOCKS", " ".join(_clocks_of("usb", peripherals))),
        ("DMA", _rows(dmas)),
        ("DMA_COUNT", len(dmas)),
        ("WWDG", _word(_only_a_reset_stops("wwdg", peripherals))),
        ("LSI", _word(device["iwdg"].get("lsi_register", 0))),
        ("LSI_READY", _word(1 << device["iwdg"].get("lsi_bit", 0))),
    )


def _dma_without_reset(peripherals):
    """(clock register, clock mask, start) of the DMA controllers that RCC cannot reset."""
    for one in peripherals:
        if one["block"] == "dma-channels" and not one.get("reset_mask"):
            yield one["clock_register"], one["clock_mask"], one["start"]


def _clocks_of(block, peripherals):
    for one in peripherals:
        if one["block"] == block:
            yield f"CLOCKED({_word(one['clock_register'])}, {_word(one['clock_mask'])})"


def _only_a_reset_stops(block, peripherals):
    """The address of the block if it has no reset bit of its own, else 0."""
    for one in peripherals:
        if one["block"] == block and not one.get("reset_mask"):
            return one["start"]
    return 0


def prescaler_code(device):
    """What IWDG_PR holds for its largest prescaler: 0 divides by 4, each further one by twice that."""
    largest = device.get("iwdg", {}).get("largest_prescaler", 0)
    return largest.bit_length() - 3 if largest else 0


def direct_text(device):
    """What docs/devices.md says about the direct way of a device that is entered at all."""
    entry, jump = device.get("entry", {}), device.get("jump")
    if not jump:
        why = entry.get("no_direct")
        return f"\n**Without a reset:** no way. {why}\n" if why else ""
    steps = direct_steps(device)
    waits = sum(step["wait"] for step in steps)
    out = f"\n**Without a reset:** {len(steps)} steps, {waits} of them waits, lead back to the clock "
    out += f"of a reset, {jump['hz'] / 1e6:g} MHz"
    return out + " (inferred: the steps join what several documents say, nobody has run them).\n"
