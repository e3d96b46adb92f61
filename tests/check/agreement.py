# agreement.py: holds what bootleap-check says of an image against what the simulator sees in a run of it.
# SPDX-License-Identifier: MIT
"""agreement.py CHECK SIM BUILD [--families A,B] [--most N] [--cache FOLDER] [--json FILE]

BUILD has the images that runs.toml names. Two tables are printed, by family of images and by rule: how often an
error was said of what breaks and of what holds, an ok of what holds and of what breaks, and how often a warning,
a note or unknown. What is said of runs that do not enter is not counted. An *exception* is a claim that the
run contradicts: an error, or another broken point, where it holds; an ok where it breaks; an error where no
wire fails of that point. Each is listed with the commands that repeat it, and the exit code is 1.
--most N takes N runs of each family, those of different images first; --json keeps what was counted."""
import argparse
import json
import shlex
import sys
from collections import Counter, defaultdict
from typing import NamedTuple

import claims
import tables
from both import Both
from claims import POINTS, Claim
from runs import Table, slugs

RETURNED = ("E6", "E7", "E8")  # these are not about the handoff


class Row(NamedTuple):
    """What one rule said of one part in one run. `seen`: whether it holds there; None: the run does not tell."""

    family: str
    rule: str
    about: str
    severity: str
    seen: bool | None
    run: int


class Agreement:
    """Counts over many runs."""

    def __init__(self, both, known=()):
        self.both, self.known = both, known
        self.rows, self.exceptions, self.failed = [], [], []
        self.runs, self.missed = Counter(), Counter()
        self.images = defaultdict(set)
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
        self.images[run.family].add(run.elf)
        entries = checked["entries"]
        for index, handoff in enumerate(simulated["handoffs"]):
            points = {key: ok for key, (ok, _) in handoff["contract"].items()}
            entry = self._compare(run, entries, claims.parts_of(handoff), points, index == 0)
            if entry and "--interface" not in run.options:
                self._wrong(run, claims.stricter(entry, handoff["effects"]))
        if not simulated["handoffs"]:
            wild = claims.went_wild(simulated)
            self._compare(run, entries, claims.FAULT if wild else {}, {"H1": False} if wild else {}, True)
        self.missed[run.family] += bool(simulated["handoffs"] and not entries)
        findings = checked["findings"] + [one for entry in entries for one in entry["findings"]]
        self._compare_run(run, findings, simulated)

    def _wrong(self, run, found):
        """Exceptions, but for what runs.toml has as known."""
        for claim in found:
            if not any(run.elf.endswith(one["image"]) and [claim.who, claim.what, claim.claimed] == one["claim"]
                       for one in self.known):
                self.exceptions.append((run, claim))

    def _count(self, run, finding, seen):
        self.rows.append(Row(run.family, finding["rule"], finding["about"], finding["severity"], seen,
                             self.runs.total()))

    def _compare(self, run, entries, parts, points, counts):
        """The entry that this run took, if any; what it says is compared, and counted."""
        entry, wrong = claims.nearest(claims.candidates(entries, run.options, parts), parts, points)
        self._wrong(run, wrong)
        for finding in entry["findings"] if entry and counts else ():
            if finding["rule"] in POINTS:
                self._count(run, finding, claims.holds(finding, parts))
        return entry

    def _compare_run(self, run, findings, simulated):
        """What is not about the handoff."""
        said = {rule: claims.severity_of({"findings": findings}, rule) for rule in RETURNED}
        for rule, severity in said.items():
            if severity is None:
                continue
            holds = claims_of_run(rule, run, simulated)
            others = [said[one] for one in ("E6", "E7") if rule != "E8" and one != rule]
            # A request that one of both loses does not arrive, whatever the other one says.
            if severity == "ok" and holds is False and not {"ok", "note", None}.issuperset(others):
                holds = None
            self._count(run, {"rule": rule, "about": rule, "severity": severity}, holds)
            if holds is not None and severity in ("error", "ok") and (severity == "ok") != holds:
                self._wrong(run, [Claim(rule, rule, severity, "holds" if holds else "breaks")])

    def commands(self, run, slug):
        return (shlex.join(self.both.check_command(run.elf, slug)) + "\n    "
                + shlex.join(self.both.sim_command(run)))

    def counted(self):
        """What the tables are made of: plain data."""
        exceptions = Counter(run.family for run, _ in self.exceptions)
        return {
            "families": {family: {"images": len(self.images[family]), "runs": count,
                                  "missed": self.missed[family], "exceptions": exceptions[family]}
                         for family, count in sorted(self.runs.items())},
            "counts": [[*key, count] for key, count in sorted(Counter(
                (row.family, row.rule, row.severity, row.seen) for row in self.rows
                if row.seen is not None).items())],
            "decided": tables.decided(self.rows),
        }


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


def spread(found, most):
    """At most so many of a list, from all over it."""
    if most is None or most >= len(found):
        return found
    return [found[index * len(found) // most] for index in range(most)]


def chosen(runs, most):
    """At most so many runs of each family, those of different images first."""
    by_family = defaultdict(list)
    for run in runs:
        by_family[run.family].append(run)
    for found in by_family.values():
        seen = Counter()
        rounds = defaultdict(list)  # the first run of each image, the second of each, ...
        for run in found:
            rounds[seen[run.elf]].append(run)
            seen[run.elf] += 1
        left = most
        for number in sorted(rounds):
            taken = spread(rounds[number], left)
            yield from taken
            left = left and left - len(taken)
            if left == 0:
                break


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
    counted = agreement.counted()
    print("\n".join(tables.lines(counted)))
    say_exceptions(agreement, slug_of)
    print(f"{agreement.runs.total()} runs of {sum(map(len, agreement.images.values()))} images,"
          f" {len(agreement.exceptions)} exceptions, {len(agreement.failed)} failed")
    if given.json:
        with open(given.json, "w", encoding="utf-8") as file:
            json.dump(counted, file)
    return 1 if agreement.exceptions or agreement.failed or not agreement.rows else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
