# agreement.py: holds what bootleap-check says of an image against what the simulator sees in a run of it.
# SPDX-License-Identifier: MIT
"""agreement.py CHECK SIM BUILD [--families A,B] [--most N] [--cache FOLDER] [--json FILE]

BUILD has the images that runs.toml names. A table is printed: for each rule how often it said an error, a
warning, a note, ok or unknown, and at how many of these the simulator says that a point breaks, that all
hold, or that nothing entered. An *exception* is a claim that the run contradicts: an error, or another
broken point, where it holds; an ok where it breaks; an error where no wire fails of that point. Each is listed with the commands that repeat it, and
the exit code is 1. --most N takes N runs of each family, those of different images first."""
import argparse
import json
import shlex
import sys
from collections import Counter, defaultdict
from typing import NamedTuple

import claims
from both import Both
from claims import POINTS, SEVERITIES, Claim
from runs import Table, slugs

RULES = ("E1", "E2", "E3", "E4", "E5", "E6", "E7", "E8", "E9")
SEEN = ("breaks", "holds", "not entered")
RETURNED = ("E6", "E7", "E8")  # these are not about the handoff


class Row(NamedTuple):
    """What one rule said of one run."""

    family: str
    rule: str
    severity: str
    seen: str
    decided: bool
    image: str


class Agreement:
    """Counts over many runs."""

    def __init__(self, both, known=()):
        self.both, self.known = both, known
        self.rows, self.exceptions, self.failed = [], [], []
        self.runs = Counter()
        self.not_run = set()  # devices that the simulator has not

    def add(self, run, checked, simulated):
        """Compares one run, each handoff in it."""
        wrong = [one["failed"] for one in (checked, simulated) if "failed" in one]
        if wrong:
            self.failed.append((run, wrong[0]))
            return
        if "not_run" in simulated:
            self.not_run.add(run.device)
            return
        self.runs[run.family] += 1
        entries = checked["entries"]
        for index, handoff in enumerate(simulated["handoffs"]):
            points = {key: ok for key, (ok, _) in handoff["contract"].items()}
            entry = self._compare(run, entries, claims.parts_of(handoff), points, index == 0)
            if entry and "--interface" not in run.options:
                self._wrong(run, claims.stricter(entry, handoff["effects"]))
        if not simulated["handoffs"]:
            wild = claims.went_wild(simulated)
            self._compare(run, entries, claims.FAULT if wild else {}, {"H1": False} if wild else {}, True)
        findings = checked["findings"] + [one for entry in entries for one in entry["findings"]]
        self._compare_run(run, findings, simulated)

    def _wrong(self, run, found):
        """Exceptions, but for what runs.toml has as known."""
        for claim in found:
            if not any(run.elf.endswith(one["image"]) and [claim.who, claim.what, claim.claimed] == one["claim"]
                       for one in self.known):
                self.exceptions.append((run, claim))

    def _compare(self, run, entries, parts, points, counts):
        """The entry that this run took, if any; what it says is compared, and counted."""
        entry, wrong = claims.nearest(claims.candidates(entries, run.options, parts), parts, points)
        self._wrong(run, wrong)
        for rule in POINTS if entry and counts else ():
            severity = claims.severity_of(entry, rule)
            holds = claims.rule_holds(rule, parts)
            if severity:
                self.rows.append(Row(run.family, rule, severity, seen_as(holds),
                                     not claims.undecided(entry, rule), run.elf))
        return entry

    def _compare_run(self, run, findings, simulated):
        """What is not about the handoff."""
        said = {rule: claims.severity_of({"findings": findings}, rule) for rule in RETURNED}
        arrives = {"ok", "note", None}
        for rule, severity in said.items():
            holds = claims_of_run(rule, run, simulated)
            if severity is None:
                continue
            self.rows.append(Row(run.family, rule, severity, seen_as(holds), severity != "unknown", run.elf))
            others = [said[one] for one in ("E6", "E7") if rule != "E8" and one != rule]
            # A request that one of both loses does not arrive, whatever the other one says.
            false_ok = severity == "ok" and holds is False and arrives.issuperset(others)
            if false_ok or (severity == "error" and holds):
                self._wrong(run, [Claim(rule, rule, severity, seen_as(holds))])

    def table(self):
        """The lines of the table in Markdown."""
        counts = Counter((row.rule, row.severity, row.seen) for row in self.rows)
        yield "| rule | " + " | ".join(SEVERITIES) + " | decided |"
        yield "|---" * (len(SEVERITIES) + 2) + "|"
        for rule in RULES:
            cells = [cell([counts[rule, severity, seen] for seen in SEEN]) for severity in SEVERITIES]
            yield f"| {rule} | {' | '.join(cells)} | {self.decided(rule)} |"

    def decided(self, rule, family=None):
        """In how many of the entered runs the rule decided everything."""
        entered = [row.decided for row in self.rows if row.rule == rule and row.seen != "not entered"
                   and family in (None, row.family)]
        return f"{sum(entered)} of {len(entered)}" if entered else "-"

    def commands(self, run, slug):
        return (shlex.join(self.both.check_command(run.elf, slug)) + "\n    "
                + shlex.join(self.both.sim_command(run)))


def claims_of_run(rule, run, simulated):
    """For a rule that is not about the handoff: whether what it is about held in this run; None where the
    run does not tell. E6 and E7: the request reached the check. E8: the application lives after Go."""
    if rule == "E8":
        if "--until" not in run.options or "go" not in run.options or "alive" not in run.options:
            return None
        return simulated["end"]["why"] == "arrived"
    if simulated["handoffs"]:
        return True if simulated["resets"] else None
    # Where the simulator has called the entry function, a request was there; a direct jump makes none.
    called = "--enter-at" in run.options and "direct" not in run.options
    lost = called and (simulated["reason"] or {}).get("kind") == "mark lost"
    return False if lost or simulated["end"]["why"] == "reset loop" else None


def seen_as(holds):
    return "not entered" if holds is None else "holds" if holds else "breaks"


def cell(counts):
    """"12 / 3 / 0": breaks, holds, not entered."""
    return " / ".join(map(str, counts)) if any(counts) else "-"


def chosen(runs, most):
    """At most so many runs of each family, those of different images first."""
    by_family = defaultdict(list)
    for run in runs:
        by_family[run.family].append(run)
    for found in by_family.values():
        seen = Counter()
        order = []
        for run in found:
            order.append((seen[run.elf], len(order), run))
            seen[run.elf] += 1
        yield from [run for *_, run in sorted(order, key=lambda one: one[:2])][:most]


def say_exceptions(agreement, slug_of):
    shown = defaultdict(list)
    for run, claim in agreement.exceptions:
        shown[run].append(claim)
    for run, found in shown.items():
        told = ", ".join(f"{one.who} {one.what}: says {one.claimed}, {one.seen}" for one in found)
        print(f"EXCEPTION: {run.family}: {told}\n    {agreement.commands(run, slug_of[run.device])}")
    for run, why in agreement.failed:
        print(f"FAILED: {run.family}: {run.elf}: {why}")


def main(arguments):
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("check")
    parser.add_argument("sim")
    parser.add_argument("build")
    parser.add_argument("--families", default="")
    parser.add_argument("--most", type=int)
    parser.add_argument("--cache")
    parser.add_argument("--json")
    given = parser.parse_args(arguments)
    families = [one for one in given.families.split(",") if one]
    both, slug_of = Both(given.check, given.sim, given.cache), slugs()
    table = Table(given.build)
    agreement = Agreement(both, table.facts["known"])
    for run, checked, simulated in both.ask_all(list(chosen(table.runs(families), given.most)), slug_of):
        agreement.add(run, checked, simulated)
    print("\n".join(agreement.table()))
    say_exceptions(agreement, slug_of)
    print(f"{agreement.runs.total()} runs of {len({row.image for row in agreement.rows})} images,"
          f" {len(agreement.exceptions)} exceptions, {len(agreement.failed)} failed")
    if given.json:
        with open(given.json, "w", encoding="utf-8") as file:
            json.dump([row._asdict() for row in agreement.rows], file)
    return 1 if agreement.exceptions or agreement.failed or not agreement.rows else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
