# values.py: checks the keys of a table, and that each value is of its kind.
# SPDX-License-Identifier: MIT
from schema.pins import PIN
from schema.sources import source_is_vague
from schema.words import OPTION_RISKS, PIN_MODES, PULLS

NUMBER_MAX = 0xFFFFFFFF


def check_keys(table, keys, path, report):
    """Reports each unknown, missing or wrongly typed key of `table`; true if there is none."""
    fine = True
    for name in table.keys() - keys.keys():
        report(path + name, "unknown key")
        fine = False
    for name, key in keys.items():
        if name in table:
            fine &= _check_value(table[name], key, path + name, report)
        elif not key.optional:
            report(path + name, "missing")
            fine = False
    return fine


def _is_number(value, limit):
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= limit


def _is_list(value, test):
    return isinstance(value, list) and all(test(item) for item in value)


def _is_text(value):
    return isinstance(value, str) and value.strip() != ""


_SIMPLE = {
    "number": (lambda v: _is_number(v, NUMBER_MAX), "a number from 0 to 0xFFFFFFFF"),
    "bit": (lambda v: _is_number(v, 31), "a bit number from 0 to 31"),
    "byte": (lambda v: _is_number(v, 0xFF), "a number from 0 to 0xFF"),
    "flag": (lambda v: isinstance(v, bool), "true or false"),
    "text": (_is_text, "a text that is not empty"),
    "texts": (lambda v: _is_list(v, _is_text), "a list of texts"),
    "bytes": (lambda v: _is_list(v, lambda b: _is_number(b, 0xFF)), "a list of bytes"),
    "ids": (lambda v: _is_list(v, lambda i: _is_number(i, 0xFFF)), "a list of ROM versions"),
    "numbers": (
        lambda v: _is_list(v, lambda n: _is_number(n, NUMBER_MAX)),
        "a list of numbers from 0 to 0xFFFFFFFF",
    ),
    "tables": (lambda v: _is_list(v, lambda t: isinstance(t, dict)), "a list of tables"),
    "names": (
        lambda v: _is_text(v) or _is_list(v, _is_text) and v != [],
        "a name or a list of names",
    ),
    "inputs": (
        lambda v: _is_list(v, lambda name: isinstance(name, str)),
        "a list of names, or of empty texts",
    ),
    "masks": (
        lambda v: isinstance(v, dict) and v and all(_is_number(m, NUMBER_MAX) and m for m in v.values()),
        "a table of names and masks that are not 0",
    ),
    "risks": (
        lambda v: isinstance(v, dict) and v and all(risk in OPTION_RISKS for risk in v.values()),
        f"a table of names and one of {', '.join(OPTION_RISKS)}",
    ),
    "pins": (
        lambda v: _is_list(v, lambda p: isinstance(p, str) and PIN.fullmatch(p)),
        f"a list of texts SIGNAL PIN: MODE, PULL; modes are {', '.join(PIN_MODES)}, "
        f"pulls {', '.join(PULLS)}",
    ),
}


def _check_value(value, key, path, report):
    if key.kind in _SIMPLE:
        test, wanted = _SIMPLE[key.kind]
        if not test(value):
            report(path, f"must be {wanted}, not {value!r}")
            return False
        if value == [] and not key.may_be_empty:
            report(path, "must not be empty")
            return False
        return True
    if key.kind == "choice":
        if value not in key.choices:
            report(path, f"must be one of {', '.join(key.choices)}, not {value!r}")
            return False
        return True
    if key.kind == "sources":
        return _check_sources(value, path, report)
    if key.kind == "group":
        if not isinstance(value, dict):
            report(path, "must be a table")
            return False
        return check_keys(value, key.keys, path + ".", report)
    return _check_rows(value, key, path, report)


def _check_sources(value, path, report):
    sources = [value] if isinstance(value, str) else value
    if not _is_list(sources, _is_text) or not sources:
        report(path, "must be a text, or a list of texts, that says where the facts come from")
        return False
    vague = [source for source in sources if source_is_vague(source)]
    for source in vague:
        report(path, f"{source!r} is vague: say which revision or commit, and where in it")
    return not vague


def _check_rows(value, key, path, report):
    if not _is_list(value, lambda row: isinstance(row, dict)):
        report(path, "must be a list of tables")
        return False
    if not value and not key.may_be_empty:
        report(path, "must not be empty")
        return False
    fine = True
    for i, row in enumerate(value):
        fine &= check_keys(row, key.keys, f"{path}[{i}].", report)
    return fine
