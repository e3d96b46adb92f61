# chip_groups.py: the groups of facts about the chip: core, memories, clocks, peripherals, options.
# SPDX-License-Identifier: MIT
from schema.keys import (
    ANY_TEXTS,
    BIT,
    BYTE,
    FLAG,
    NUMBER,
    TEXT,
    TEXTS,
    Key,
    choice,
    facts,
    group,
    rows,
)
from schema.peripheral_groups import INTERRUPTS, PERIPHERALS, USART_PINS
from schema.words import (
    CORES,
    EMPTY_CLEARS,
    FLAG_ROLES,
    FLASH_NUMBERS,
    MARK_PLACES,
    REFUSALS,
    SECOND_WRITES,
)

CORE = facts(
    name=choice(*CORES),
    interrupts=NUMBER,
    priority_bits=NUMBER,
    mpu=FLAG,
    vtor_reset=Key("number", optional=True),
    alias=Key("flag", optional=True),
    dwt_lock=Key("flag", optional=True),
    ccr_reset=Key("number", optional=True),
    bit_band=Key("flag", optional=True),
)

# Of a node of the clock tree: what its clock is multiplied or divided by.
FACTOR = {
    "multiply": Key("text", optional=True),
    "divide": Key("text", optional=True),
    "divide_by": Key("number", optional=True),
    "by": Key("text", optional=True),
    "plus": Key("number", optional=True),
    "when": Key("text", optional=True),
    "is": Key("number", optional=True),
    "fraction": Key("text", optional=True),
    "fraction_when": Key("text", optional=True),
}

# Bits that only some parts have.
ONLY = Key("rows", optional=True, keys=dict(mask=NUMBER, parts=TEXTS))

# How an application programs one part of the flash.
FLASH_CONTROLLER = dict(
    name=TEXT,
    control=NUMBER,
    status=NUMBER,
    key_register=NUMBER,
    keys=Key("numbers"),
    lock=NUMBER,
    busy=NUMBER,
    end=NUMBER,
    widths=NUMBER,
    parts=Key("texts", optional=True),
    errors_block=Key("flag", optional=True),
    program_keys=Key("numbers", optional=True),
    **{name: Key("number", optional=True) for name in FLASH_NUMBERS},
)

CHIP_GROUPS = {
    "flash": facts(
        start=NUMBER,
        size=NUMBER,
        pages=rows(start=NUMBER, first_number=NUMBER, count=NUMBER, size=NUMBER),
        program_bytes=NUMBER,
        second_write=choice(*SECOND_WRITES),
        erased=BYTE,
        also_at=Key("number", optional=True),
        letters=Key("rows", optional=True, keys=dict(letter=TEXT, kb=NUMBER)),
        empty_register=Key("number", optional=True),
        empty_bit=Key("bit", optional=True),
        empty_clear=Key("choice", optional=True, choices=EMPTY_CLEARS),
    ),
    # How long the erasure of one page takes at most, by its size.
    "erase_times": facts(list=rows(size=NUMBER, ms=NUMBER)),
    "mark": facts(
        place=Key("choice", optional=True, choices=MARK_PLACES), address=NUMBER, why=TEXT
    ),
    "reset_flags": facts(
        register=NUMBER,
        clear=BIT,
        clear_stays=Key("flag", optional=True),
        flags=rows(name=TEXT, bit=BIT, role=choice(*FLAG_ROLES)),
        after_power_on=TEXTS,
        after_pin=ANY_TEXTS,
        after_software=TEXTS,
        after_watchdog=TEXTS,
    ),
    "rcc": facts(start=NUMBER, size=NUMBER),
    "clock": facts(
        rcc=NUMBER,
        rcc_size=NUMBER,
        switch_register=NUMBER,
        switch_mask=NUMBER,
        switch_status=NUMBER,
        registers=rows(
            name=TEXT, address=NUMBER, value=NUMBER, parts=Key("texts", optional=True)
        ),
        ready=rows(
            name=TEXT,
            address=NUMBER,
            on=BIT,
            ready=BIT,
            selects=Key("number", optional=True),
            locks=Key("texts", optional=True),
        ),
    ),
    "remap": facts(
        register=NUMBER,
        mask=NUMBER,
        system_memory=NUMBER,
        clock_register=NUMBER,
        clock_mask=NUMBER,
    ),
    "peripherals": facts(**PERIPHERALS),
    "interrupts": facts(**INTERRUPTS),
    # In devices/timers/*.toml, for all rows of a series.
    "timers": facts(
        list=rows(
            name=TEXT,
            apb=NUMBER,
            start=NUMBER,
            counter_bits=NUMBER,
            repetition_bits=NUMBER,
            up_down=FLAG,
            basic=Key("flag", optional=True),
            channels=Key("number", optional=True),
            clock_register=NUMBER,
            clock_mask=NUMBER,
            reset_register=NUMBER,
            reset_mask=NUMBER,
            interrupt=NUMBER,
            compare_interrupt=Key("number", optional=True),
            parts=Key("texts", optional=True),
        ),
    ),
    # In devices/usart-pins/*.toml, for all rows of a series.
    "usart_pins": facts(list=Key("rows", keys=USART_PINS)),
    # In devices/flash-control/*.toml, for all rows of a series.
    "flash_control": facts(list=Key("rows", keys=FLASH_CONTROLLER)),
    # In devices/clock-tree/*.toml, for all rows of a series.
    "clock_tree": facts(
        hse=NUMBER,
        tables=rows(name=TEXT, values=Key("numbers")),
        fields=rows(
            name=TEXT,
            register=NUMBER,
            mask=NUMBER,
            reset=Key("number", optional=True),
            parts=Key("texts", optional=True),
        ),
        list=rows(
            name=TEXT,
            hz=Key("number", optional=True),
            crystal=Key("flag", optional=True),
            select=Key("text", optional=True),
            ranges=Key("numbers", optional=True),
            **{"from": Key("inputs", optional=True)},
            factors=Key("rows", optional=True, keys=FACTOR),
            parts=Key("texts", optional=True),
        ),
    ),
    "iwdg": facts(
        address=NUMBER,
        largest_prescaler=NUMBER,
        lsi_register=Key("number", optional=True),
        lsi_bit=Key("bit", optional=True),
        onf=Key("flag", optional=True),
        window=Key("flag", optional=True),
    ),
    "wwdg": facts(address=NUMBER),
    "identity": facts(
        uid=NUMBER,
        uid_last=Key("number", optional=True),
        debug_id=Key("number", optional=True),
        flash_size=Key("number", optional=True),
    ),
    "backup": facts(
        name=TEXT,
        address=NUMBER,
        count=NUMBER,
        least=Key("number", optional=True),
        bytes=NUMBER,
        clocks=rows(may_be_empty=True, name=TEXT, register=NUMBER, bit=BIT),
        unlock_register=Key("number", optional=True),
        unlock_bit=Key("bit", optional=True),
        interrupt=Key("number", optional=True),
    ),
    "options": facts(
        list=rows(
            refuses=choice(*REFUSALS),
            name=TEXT,
            register=NUMBER,
            mask=NUMBER,
            value=Key("number", optional=True),
            unless=Key("number", optional=True),
            factory=NUMBER,
            parts=Key("texts", optional=True),
        ),
    ),
    # Only where option bits alone have a reset start the ROM, and the flash controller programs
    # them without an erase in between: how that is done.
    "option_entry": facts(
        name=TEXT,
        register=NUMBER,
        shown=Key("number", optional=True),
        mask=NUMBER,
        value=NUMBER,
        restore=NUMBER,
        set=TEXT,
        back=TEXT,
        lock_register=NUMBER,
        keys=rows(name=TEXT, register=NUMBER, locked=NUMBER, first=NUMBER, second=NUMBER),
        start_register=NUMBER,
        start_mask=NUMBER,
        busy_register=NUMBER,
        busy_mask=NUMBER,
        error_register=NUMBER,
        error_mask=NUMBER,
        error_only=ONLY,
        clear_register=Key("number", optional=True),
        launch_register=Key("number", optional=True),
        launch_mask=Key("number", optional=True),
        conditions=Key(
            "rows",
            optional=True,
            keys=dict(
                refuses=choice("boot-lock", "boot-address"),
                name=TEXT,
                register=NUMBER,
                mask=NUMBER,
                value=NUMBER,
                parts=Key("texts", optional=True),
            ),
        ),
    ),
    # Only where the ROM looks at the flash: how its first page is erased.
    "first_pages": facts(
        addresses=Key("numbers"),
        writes=rows(name=TEXT, register=NUMBER, value=NUMBER),
        erase=rows(name=TEXT, register=NUMBER, value=NUMBER),
        lock=Key(
            "rows", optional=True, keys=dict(name=TEXT, register=NUMBER, value=NUMBER)
        ),
        busy_register=NUMBER,
        busy_mask=NUMBER,
        size_register=NUMBER,
    ),
    # What SystemInit() of ST's start-up code leaves otherwise than a reset does, but for the FPU.
    "system_init": facts(
        list=rows(
            name=TEXT,
            register=NUMBER,
            mask=NUMBER,
            left=NUMBER,
            reset=NUMBER,
            clock_register=Key("number", optional=True),
            clock_mask=Key("number", optional=True),
            parts=Key("texts", optional=True),
        )
    ),
    "usb_pullup": facts(
        list=rows(name=TEXT, register=NUMBER, bit=BIT, off=choice("set", "clear"))
    ),
    "reset_registers": facts(
        list=rows(name=TEXT, address=NUMBER, safe_mask=NUMBER, only=ONLY),
    ),
    # Only where the way back to the clock of a reset is known from two sources.
    "jump": facts(
        steps=rows(
            name=TEXT,
            register=NUMBER,
            mask=NUMBER,
            value=NUMBER,
            wait=Key("flag", optional=True),
            parts=Key("texts", optional=True),
            only=ONLY,
        ),
        latency=group(
            register=NUMBER,
            mask=NUMBER,
            value=NUMBER,
            raise_first=Key("flag", optional=True),
            only=ONLY,
        ),
        hz=NUMBER,
        ports=group(
            register=NUMBER, start=NUMBER, stride=NUMBER, first=BIT, mask=NUMBER, only=ONLY
        ),
    ),
    "clock_reset": facts(
        oscillator=TEXT,
        hz=NUMBER,
        latency=Key("number", optional=True),
        reset_values=Key("texts", optional=True),
        steps=TEXTS,
    ),
}
