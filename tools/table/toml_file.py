# toml_file.py: reads a TOML file, and checks its keys.
# SPDX-License-Identifier: MIT
import tomllib

from schema.values import check_keys


def parse(file, content):
    """(table, []), or (None, what is wrong)."""
    try:
        return tomllib.loads(content.decode("utf-8")), []
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return None, [f"{file}: -: -: not TOML: {error}"]


def read(file, content, keys):
    """The same for a file with these keys."""
    table, refusals = parse(file, content)
    if table is None:
        return None, refusals
    fine = check_keys(
        table, keys, "", lambda key, why: refusals.append(f"{file}: -: {key}: {why}")
    )
    return (table if fine else None), refusals
