# register_groups.py: the shape of devices/registers/*.toml: how bits of registers behave.
# SPDX-License-Identifier: MIT
"""devices/README.md tells the same to people."""
from schema.keys import NUMBER, SOURCED, TEXT, Key, choice, rows
from schema.words import BEHAVIOURS

PARTS = Key("texts", optional=True)
PERIPHERAL = SOURCED | {
    "name": TEXT,
    "start": NUMBER,
    "size": NUMBER,
    "parts": PARTS,
    "also": Key("rows", optional=True, keys=dict(name=TEXT, start=NUMBER, parts=PARTS)),
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
