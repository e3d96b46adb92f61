# tables.py: the tables of an agreement in Markdown, made of what agreement.py has counted.
# SPDX-License-Identifier: MIT
from collections import Counter, defaultdict

RULES = ("E1", "E2", "E3", "E4", "E5", "E6", "E7", "E8", "E9")
SAID = ("error: breaks", "error: holds", "ok: holds", "ok: breaks", "warning", "note", "unknown")


def column(severity, holds):
    """Of SAID."""
    return f"{severity}: {'holds' if holds else 'breaks'}" if severity in ("error", "ok") else severity


def decided(rows):
    """By rule: in how many runs that tell something it decided all, and how many these are."""
    by_run = defaultdict(list)
    for row in rows:
        by_run[row.rule, row.run].append(row)
    told = [(rule, all(row.severity != "unknown" for row in found)) for (rule, _), found in by_run.items()
            if any(row.seen is not None for row in found)]
    return {rule: [sum(whole for one, whole in told if one == rule), sum(one == rule for one, _ in told)]
            for rule in RULES}


def summed(counts, key):
    """By family (key 0) or by rule (key 1): how often each of SAID."""
    found = defaultdict(Counter)
    for *names, severity, holds, count in counts:
        found[names[key]][column(severity, holds)] += count
    return found


def table(heads, rows):
    yield f"| {' | '.join(heads)} |"
    yield "|---" * len(heads) + "|"
    for row in rows:
        yield f"| {' | '.join(map(str, row))} |"


def by_family(counted):
    said = summed(counted["counts"], 0)
    rows = [(family, one["images"], one["runs"], *(said[family][name] for name in SAID), one["missed"],
             one["exceptions"]) for family, one in counted["families"].items()]
    total = [sum(row[i] for row in rows) for i in range(1, len(SAID) + 5)]
    yield from table(("family", "images", "runs", *SAID, "no entry found", "exceptions"), [*rows, ("all", *total)])


def by_rule(counted):
    said = summed(counted["counts"], 1)
    yield from table(("rule", *SAID, "decided"), [
        (rule, *(said[rule][name] for name in SAID), "{} of {}".format(*counted["decided"][rule]))
        for rule in RULES])


def lines(counted):
    """Both tables."""
    yield from by_family(counted)
    yield ""
    yield from by_rule(counted)
