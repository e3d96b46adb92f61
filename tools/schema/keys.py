# keys.py: says what may stand behind a key of a device file: the kinds of values.
# SPDX-License-Identifier: MIT
from dataclasses import dataclass, field

from schema.words import CONFIDENCES


@dataclass(frozen=True)
class Key:
    """What may stand behind one key."""

    # number, bit, byte, flag, text, choice, texts, bytes, ids, numbers, tables, names, inputs, masks,
    # risks, pins, sources, rows, group
    kind: str
    optional: bool = False
    choices: tuple = ()
    keys: dict = field(default_factory=dict)  # of a group, or of each of the rows
    may_be_empty: bool = False


def choice(*choices):
    return Key("choice", choices=choices)


def rows(may_be_empty=False, **keys):
    return Key("rows", keys=keys, may_be_empty=may_be_empty)


def group(**keys):
    return Key("group", keys=keys)


def facts(**keys):
    """A group: its keys, and where they come from."""
    return Key("group", keys=keys | SOURCED)


NUMBER, BIT, BYTE, FLAG = Key("number"), Key("bit"), Key("byte"), Key("flag")
TEXT, TEXTS, BYTES = Key("text"), Key("texts"), Key("bytes")
ANY_TEXTS = Key("texts", may_be_empty=True)
SOURCED = {
    "source": Key("sources"),
    "confidence": choice(*CONFIDENCES),
    # Keys of the same group that are known less well, or better, than the group.
    "inferred": Key("texts", optional=True),
    "measured": Key("texts", optional=True),
}
