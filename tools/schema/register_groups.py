# register_groups.py: the shape of devices/registers/*.toml: how bits of registers behave.
# SPDX-License-Identifier: MIT
"""devices/README.md tells the same to people."""
from schema.keys import NUMBER, SOURCED, TEXT, Key, choice, rows
from schema.words import BEHAVIOURS

PARTS = Key("texts", optional=True)
RESET_BIT = {
    "reset_register": Key("number", optional=True),
    "reset_mask": Key("number", optional=True),
}
PERIPHERAL = SOURCED | RESET_BIT | {
    "name": TEXT,
    "start": NUMBER,
    "size": NUMBER,
    "parts": PARTS,
    "also": Key("rows", optional=True, keys=RESET_BIT | dict(name=TEXT, start=NUMBER, parts=PARTS)),
    "not_by_bit": Key("names", optional=True),
    "power_on_only": Key("flag", optional=True),
    "kept": Key("masks", optional=True),
    "reset_late": Key("flag", optional=True),
    "settings": Key("masks", optional=True),
    "restored": Key("names", optional=True),
    "left": Key("names", optional=True),
    "registers": rows(
        name=TEXT,
        offset=NUMBER,
        count=Key("number", optional=True),
        first=Key("number", optional=True),
        reset=Key("number", optional=True),
        backup_domain=Key("flag", optional=True),
        parts=PARTS,
    ),
    "bits": rows(
        may_be_empty=True,
        register=Key("names"),
        bits=Key("masks", optional=True),
        what=Key("text", optional=True),
        parts=PARTS,
        inferred=Key("flag", optional=True),
        source=Key("sources", optional=True),
    ),
}
PERIPHERAL["bits"].keys["is"] = choice(*BEHAVIOURS)
FILE = {"series": TEXT, "peripheral": Key("rows", keys=PERIPHERAL)}
