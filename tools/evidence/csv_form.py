# csv_form.py: reads observations from a ledger in CSV form.
# SPDX-License-Identifier: MIT
"""A ledger has a row an observation, and columns with the words of words.py. A value that a column
does not name well is no value of its key; its note says it. A column `cause` may be there: ids of
evidence/leftovers.toml."""
import csv
import re

FIRST_WORD = {"mem_mode": "remap"}
COLUMNS = ("clocks", "systick", "primask", "nvic", "vtor", "mem_mode", "msp", "control")
LISTS = ("fpu_cache_mpu", "backup_domain", "watchdogs", "other")
# Pairs of a list that have another key in an observation, or another key and value.
RENAMED = {
    "late=yes": ("check", "late"),
    "bus=can": ("traffic", "can"),
    "way=leave": ("back", "leave"),
    "way=go": ("back", "go"),
    "go=resethandler": ("entry", "resethandler"),
}
TIMES = re.compile(r"(\d+)/(\d+)")
PLACES = (
    (re.compile(r"github\.com/([\w.-]+/[\w.-]+)"), "{}"),
    (re.compile(r"community\.st\.com (?:thread of ST's article|article 49510)"), "ST community 49510"),
    (re.compile(r"community\.st\.com (?:\S+/)?(\d+)"), "ST community {}"),
    (re.compile(r"([a-z.]+\.(?:com|org|net)) .*?(\d+)"), "{} {}"),
)


def project_of(source):
    """The project or thread that a source belongs to; the source itself where it has neither."""
    for pattern, name in PLACES:
        found = pattern.match(source)
        if found:
            return name.format(*found.groups())
    return source


def observations_of_csv(lines):
    """The observations of these lines, the first of which names the columns, in TOML's form."""
    return [_observation(row) for row in csv.DictReader(lines)]


def _said(value):
    return value if value not in ("", "?", "either") else None


def _observation(row):
    left, notes = _left(row)
    found = TIMES.fullmatch(row["n_of_m"])
    if row["n_of_m"] and not found:
        notes.insert(0, row["n_of_m"])
    facts = {
        "id": row["id"],
        "project": project_of(row["source"]),
        "source": row["source"],
        "date": _said(row["date"]),
        "part": row["part"],
        "row": _said(row["row"]),
        "rom": _said(row["rom"].split("/")[0]),
        "wire": _said(row["interface"].lower()),
        "way": row["way_in"],
        "outcome": row["outcome"],
        "cause": row.get("cause", "").split() or None,
        "times": [int(number) for number in found.groups()] if found else None,
        "sure": row["sure"],
        "fix": _said(row["fix"]),
        "note": "; ".join(notes + [row["note"]] * bool(row["note"])) or None,
        "left": left or None,
    }
    return {key: value for key, value in facts.items() if value is not None}


def _left(row):
    """(what was left, notes on what may have been either way)"""
    pairs = [(FIRST_WORD.get(column, column), row[column]) for column in COLUMNS]
    pairs.append(("usb", row["usb_before"]))
    for column in LISTS:
        for pair in row[column].split():
            pairs.append(RENAMED.get(pair, tuple(pair.partition("=")[::2])))
    either = [f"{key} either way" for key, value in pairs if value == "either"]
    return {key: value for key, value in pairs if _said(value)}, either
