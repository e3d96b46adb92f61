# chip_state_groups.py: the groups about what a host can ask the ROM of the chip in its hands.
# SPDX-License-Identifier: MIT
from schema.keys import NUMBER, TEXT, TEXTS, Key, choice, facts, rows
from schema.words import OPTION_STORES, PROTECTION_KINDS

# Bits that must be so: where they are is inside the areas that the ROM lets be read.
CONDITION = dict(name=TEXT, register=NUMBER, mask=NUMBER, value=NUMBER)
WHEN = Key("group", optional=True, keys=CONDITION)
RUN = dict(start=NUMBER, first_number=NUMBER, count=NUMBER, size=NUMBER)
OPTIONAL_NUMBER = Key("number", optional=True)
PARTS = Key("texts", optional=True)

CHIP_STATE_GROUPS = {
    "readable": facts(
        areas=rows(start=NUMBER, size=NUMBER),
        size_mask=OPTIONAL_NUMBER,
        size_codes=Key("rows", optional=True, keys=dict(code=NUMBER, kb=NUMBER)),
    ),
    "readout_protection": facts(
        register=NUMBER,
        mask=NUMBER,
        level_0=NUMBER,
        level_half=OPTIONAL_NUMBER,
        level_2=OPTIONAL_NUMBER,
    ),
    "write_protection": facts(
        list=rows(
            name=TEXT,
            kind=choice(*PROTECTION_KINDS),
            register=NUMBER,
            page=NUMBER,
            first=OPTIONAL_NUMBER,
            count=OPTIONAL_NUMBER,
            protects=OPTIONAL_NUMBER,
            pages=OPTIONAL_NUMBER,
            last_pages=OPTIONAL_NUMBER,
            start_mask=OPTIONAL_NUMBER,
            end_mask=OPTIONAL_NUMBER,
            when=WHEN,
        ),
    ),
    "layouts": facts(
        list=rows(
            kb=Key("numbers"),
            banks=NUMBER,
            when=WHEN,
            page=OPTIONAL_NUMBER,
            second=OPTIONAL_NUMBER,
            second_number=OPTIONAL_NUMBER,
            pages=Key("rows", optional=True, keys=RUN),
        ),
    ),
    # In devices/option-fields/*.toml, for all rows of a series.
    "option_fields": facts(
        areas=rows(start=NUMBER, size=NUMBER, store=choice(*OPTION_STORES), parts=PARTS),
        list=rows(
            name=TEXT,
            register=NUMBER,
            fields=Key("masks"),
            risks=Key("risks", optional=True),
            parts=PARTS,
        ),
        refused=Key(
            "rows",
            optional=True,
            may_be_empty=True,
            keys=dict(fields=TEXTS, versions=Key("ids"), why=TEXT, parts=PARTS),
        ),
    ),
    "bank_swap": facts(register=NUMBER, mask=NUMBER, swapped=NUMBER),
}
