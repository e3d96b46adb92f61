# peripheral_groups.py: the groups about IP blocks and their lines, and the files that rows share.
# SPDX-License-Identifier: MIT
"""A row has these groups itself, or its series has them in devices/interrupts/. devices/README.md
tells the same to people."""
from schema.keys import NUMBER, TEXT, TEXTS, Key, choice, facts
from schema.words import BLOCKS, SIGNALS

PERIPHERAL = dict(
    name=TEXT,
    block=choice(*BLOCKS),
    start=NUMBER,
    size=NUMBER,
    clock_register=NUMBER,
    clock_mask=NUMBER,
    control_reset=NUMBER,
    reset_register=Key("number", optional=True),
    reset_mask=Key("number", optional=True),
    interrupt=Key("number", optional=True),
)
RESET_VALUE = dict(name=TEXT, address=NUMBER, value=NUMBER)
LINES = dict(name=TEXT, lines=Key("numbers"))
SELECTS = dict(register=NUMBER, bits=NUMBER, ports=TEXT)
SELECTORS = dict(
    dma=TEXT, register=NUMBER, stride=NUMBER, shift=NUMBER, shift_stride=NUMBER, mask=NUMBER
)
REQUESTS = dict(
    name=TEXT,
    signal=choice(*SIGNALS),
    dma=TEXTS,
    channel=Key("number", optional=True),
    request=Key("number", optional=True),
    register=Key("number", optional=True),
    mask=Key("number", optional=True),
    value=Key("number", optional=True),
)

# What brings one USART to a pair of pins.
USART_PINS = dict(
    usart=TEXT,
    tx=TEXT,
    rx=TEXT,
    functions=Key("numbers", optional=True),
    ports=Key("texts", optional=True),
    remap=Key(
        "group",
        optional=True,
        keys=dict(register=NUMBER, set=NUMBER, clock_register=NUMBER, clock_mask=NUMBER),
    ),
)


def _entries(keys, **more):
    return Key("rows", keys=keys, **more)


PERIPHERALS = dict(
    list=_entries(PERIPHERAL), reset_values=_entries(RESET_VALUE, optional=True)
)
INTERRUPTS = dict(
    lines=_entries(LINES),
    selects=_entries(SELECTS, optional=True),
    selectors=_entries(SELECTORS, optional=True),
    requests=_entries(REQUESTS, optional=True),
)


def _shared(group):
    """The group as a file of a series has it: each entry may name the rows that it is for."""
    rows = {"rows": Key("texts", optional=True)}
    return facts(
        **{name: _entries(key.keys | rows, optional=key.optional) for name, key in group.items()}
    )


FILE = {"peripherals": _shared(PERIPHERALS), "interrupts": _shared(INTERRUPTS)}
