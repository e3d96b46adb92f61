# toml_pieces.py: parses TOML as tomllib does, and no piece of a file twice.
# SPDX-License-Identifier: MIT
"""A case of a test changes one row of a file, and parsing the other rows again takes longer than the
case. A piece is what stands from one line [[NAME]] to the next."""
import functools
import marshal
import re
import tomllib

from table import toml_file

ROW = re.compile(r"^(?=\[\[\w+\]\]$)", re.MULTILINE)
NAME = re.compile(r"\[\[(\w+)\]\]")
parse_whole = toml_file.parse


def parse(file, content):
    """What toml_file.parse() says of the file."""
    try:
        head, *rows = ROW.split(content.decode("utf-8"))
        return _together(head, rows), []
    except (ValueError, KeyError):  # a line number in a refusal is one of the whole file
        return parse_whole(file, content)


def _together(head, rows):
    """The table of the file; raises an error where the pieces alone do not say it."""
    table = marshal.loads(_parsed(head))
    alone = table.keys()
    lists = {}
    for row in rows:
        name = NAME.match(row)[1]
        ((key, (one,)),) = marshal.loads(_parsed(row)).items()
        if key != name or key in alone:
            raise KeyError(key)
        lists.setdefault(name, []).append(one)
    return table | lists


@functools.cache
def _parsed(piece):
    """In a form that gives the caller a table of its own."""
    return marshal.dumps(tomllib.loads(piece))
