# record.py: keeps what the last whole run of script/check counted, and puts it into docs/check.md.
# SPDX-License-Identifier: MIT
"""record.py write COUNTED MUTANTS NO_ENTRY   COUNTED: from agreement.py --json; the others: last lines of
                                           mutants.py and no_entry.py
record.py check                            the page must be what the record says; in the record must be no exception,
                                           and in some families nothing unknown"""
import json
import sys
from datetime import date
from pathlib import Path

import tables
from both import ROOT

RECORD = ROOT / "tests" / "check" / "agreement.json"
PAGE = ROOT / "docs" / "check.md"
BEGIN, END = "<!-- agreement -->\n", "<!-- end of agreement -->\n"
WHOLE = ("grid", "recipes")  # families in which nothing may be unknown


def text_of(record):
    """What stands between the markers."""
    said = record["mutants"], record["no_entry"]
    return "\n".join([
        f"`script/check`, {record['date']}. A finding about a point is counted where the run tells whether that point",
        "holds; one in a run that did not enter is not. *Exceptions* are what a run contradicts.",
        "", *tables.by_family(record["counted"]), "",
        "By rule. *Decided*: of the runs that enter, those in which the rule left nothing unknown.",
        "", *tables.by_rule(record["counted"]), "",
        *(f"- {one}" for one in said), ""])


def page_with(text, page):
    before, _, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        sys.exit(f"{PAGE}: no {BEGIN.strip()} ... {END.strip()}")
    return before + BEGIN + text + END + after


def short_of(record):
    """What the record lacks."""
    counted = record["counted"]
    for family, one in counted["families"].items():
        if one["exceptions"]:
            yield f"{family}: {one['exceptions']} exceptions"
    for family, rule, severity, _, count in counted["counts"]:
        if family in WHOLE and severity == "unknown":
            yield f"{family}: {count} unknown of {rule}"


def last_line(path):
    return Path(path).read_text(encoding="utf-8").splitlines()[-1]


def write(counted, mutants, no_entry):
    record = {"date": date.today().isoformat(), "mutants": last_line(mutants), "no_entry": last_line(no_entry),
              "counted": json.loads(Path(counted).read_text(encoding="utf-8"))}
    RECORD.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(page_with(text_of(record), PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


def check():
    record = json.loads(RECORD.read_text(encoding="utf-8"))
    page = PAGE.read_text(encoding="utf-8")
    wrong = list(short_of(record))
    if page_with(text_of(record), page) != page:
        wrong.append("docs/check.md is not what tests/check/agreement.json says: record.py write, or script/check")
    print("\n".join(wrong) or f"{RECORD.name} of {record['date']} and docs/check.md agree")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(check() if sys.argv[1:] == ["check"] else write(*sys.argv[2:]))
