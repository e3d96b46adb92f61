# rom_groups.py: the groups of facts about the ROM: what starts it, what it does, what it listens on.
# SPDX-License-Identifier: MIT
from schema.keys import ANY_TEXTS, BYTE, BYTES, FLAG, NUMBER, TEXT, Key, choice, facts, rows
from schema.words import (
    BANK_CHECKS,
    BOOT0_FACTORY,
    CONFIDENCES,
    DFU_QUIRKS,
    DFU_SERIALS,
    DUAL_BANKS,
    EMPTY_CHECKS,
    FED,
    INTERFACES,
    JUMP_ENDS,
    MECHANISMS,
    QUIRKS,
    TRACES,
    USART_BAUDS,
    WITHOUT_CRYSTAL,
)


def quirks(words):
    """What some versions do otherwise."""
    return Key(
        "rows",
        optional=True,
        keys=dict(
            what=choice(*words),
            versions=Key("ids"),
            number=Key("number", optional=True),
            source=Key("text", optional=True),
            confidence=Key("choice", optional=True, choices=CONFIDENCES),
        ),
    )


ROM_GROUPS = {
    "rom": facts(
        product=NUMBER,
        ids=Key("ids"),
        shares_product_with=Key("texts", optional=True),
        id_address=Key("number", optional=True),
        vector=NUMBER,
        other_vector=Key("number", optional=True),
        mistaken_vector=Key("number", optional=True),
        memory=rows(name=TEXT, start=NUMBER, size=NUMBER),
        also_at=Key("number", optional=True),
    ),
    "entry": facts(
        mechanism=choice(*MECHANISMS),
        pattern=NUMBER,
        how=TEXT,
        boot0_allows=Key("flag", optional=True),
        no_direct=Key("text", optional=True),
    ),
    # The pin that starts the ROM if it is high when a reset ends.
    "boot0": facts(
        pin=TEXT,
        of_packages=Key("rows", optional=True, keys=dict(codes=Key("texts"), pin=TEXT)),
        counts_with=Key("text", optional=True),
        also=Key("texts", optional=True),
        factory=choice(*BOOT0_FACTORY),
    ),
    "boot": facts(
        empty_check=choice(*EMPTY_CHECKS), dual_bank=choice(*DUAL_BANKS), how=TEXT
    ),
    "crystal": facts(
        needed_for=ANY_TEXTS,
        frequencies=Key("text", optional=True),
        without=choice(*WITHOUT_CRYSTAL),
    ),
    "behaviour": facts(
        self_reset=FLAG,
        clears_empty=FLAG,
        trace=choice(*TRACES),
        feeds_iwdg=Key("choice", optional=True, choices=FED),
        clears_empty_in=Key("ids", optional=True),
        unmasks=Key("ids", optional=True),
        overwrites=rows(name=TEXT, start=NUMBER, size=NUMBER),
    ),
    # Only where the ROM looks for a bank to start before it listens.
    "bank_check": facts(
        when=choice(*BANK_CHECKS),
        remap_cures=choice(*FED),
        versions=Key("ids", optional=True),
        banks=Key("numbers"),
        swaps=choice(*FED),
        swap_register=Key("number", optional=True),
        swap_mask=Key("number", optional=True),
        windows=rows(
            name=TEXT, first=NUMBER, last=NUMBER, versions=Key("ids", optional=True)
        ),
    ),
    # What the ROM asks of an application that jumps to it, besides what every ROM asks.
    "jump_conditions": facts(
        list=rows(
            name=TEXT,
            register=NUMBER,
            mask=NUMBER,
            value=NUMBER,
            end=choice(*JUMP_ENDS),
            options=Key("texts", optional=True),
            versions=Key("ids", optional=True),
        ),
    ),
    # Pins that, held low, keep the ROM from finding a host on some interfaces, or on any.
    "detection": facts(
        deaf=rows(
            pin=TEXT,
            floats=Key("flag", optional=True),
            loses=Key("texts", optional=True),
            packages=Key("text", optional=True),
            versions=Key("ids", optional=True),
        ),
    ),
    "go": facts(
        pvu=FLAG,
        leaves=Key(
            "rows",
            optional=True,
            keys=dict(
                name=TEXT,
                register=NUMBER,
                mask=NUMBER,
                value=Key("number", optional=True),
                versions=Key("ids", optional=True),
            ),
        ),
        fails=Key("ids", optional=True),
        keeps_stack=Key("ids", optional=True),
        stack_room=Key(
            "rows",
            optional=True,
            keys=dict(bytes=NUMBER, versions=Key("ids", optional=True)),
        ),
    ),
    "startup": facts(
        list=rows(
            us=NUMBER, when=Key("text", optional=True), versions=Key("ids", optional=True)
        ),
    ),
    "protocol": facts(
        an3155_version=BYTE,
        commands=BYTES,
        quirks=quirks(QUIRKS),
    ),
    # The ROM's USB device, where it has one.
    "dfu": facts(
        transfer_size=NUMBER,
        usb=NUMBER,
        release=NUMBER,
        product=TEXT,
        first_string=BYTE,
        configuration=BYTE,
        flash=TEXT,
        count_digits=NUMBER,
        size_digits=NUMBER,
        bare_bytes=Key("flag", optional=True),
        tells_largest=Key("flag", optional=True),
        memories=ANY_TEXTS,
        serial=choice(*DFU_SERIALS),
        serial_text=Key("text", optional=True),
        leave_fails=Key("ids", optional=True),
        leaves_first=Key("choice", optional=True, choices=FED),
        mass_erase_ms=Key("number", optional=True),
        quirks=quirks(DFU_QUIRKS),
    ),
    "interfaces": facts(
        list=rows(
            kind=choice(*INTERFACES),
            name=TEXT,
            pins=Key("pins"),
            address=Key("byte", optional=True),
            versions=Key("ids", optional=True),
            packages=Key("text", optional=True),
        ),
        unused=Key("pins", optional=True),
        notes=Key("texts", optional=True),
        # How the ROM finds the baud rate of a USART: by its auto-baud, by software, some so and some so.
        usart_baud=Key("choice", choices=USART_BAUDS, optional=True),
    ),
    # Patterns of the beginning of ordering codes, and the pins of the ROM that they lack.
    "packages": facts(list=rows(codes=Key("texts"), lacks=ANY_TEXTS)),
}
