# compare.py: holds what the virtual STM32 says against what people saw.
# SPDX-License-Identifier: MIT
from typing import NamedTuple

SERVED, AT_RISK, FAILS, NOT_ENTERED = "served", "at risk", "fails", "not entered"
RUNS, DEAD = "runs after Go", "dead after Go"
HUNG, FAULT, RETURNED, RESET = "hung", "fault", "returned to flash", "reset by the ROM"
BITTEN = "reset by the watchdog"
MUST = "must"
HOWS = (HUNG, FAULT, RETURNED, RESET, BITTEN)

# What was seen, and the ends that it can have been, as far as one can tell from outside.
ANSWERS = {
    # No device at the host. A fault ends in a handler that loops, or in a lockup: it looks the same.
    "noenum": (HUNG, FAULT),
    "silent": (HUNG, FAULT),  # the same on another wire
    "hung": (HUNG, FAULT),  # nobody looked with a debugger
    "fault": (FAULT, HUNG),  # somebody did, and a ROM that runs astray may hang before it faults
    # The application is there again: sent back, reset, or its handler of faults resets.
    "app": (RETURNED, RESET, BITTEN, FAULT),
    "reset": (RETURNED, RESET, BITTEN, FAULT),  # the same, told by one who saw the reset
    "failed": (*HOWS, NOT_ENTERED),  # the kind is not said
    # No jump, one to a place that is none, or a watchdog that came first.
    "notentered": (NOT_ENTERED, FAULT, BITTEN),
    "norun": (DEAD,),
    "sometimes": (),  # at risk is what can be said of it
    "partial": (),
}
GOOD = ("served", "run")
UNDECIDED = ("sometimes", "partial")
JUMPS = ("direct", "early")  # ways in


class Judged(NamedTuple):
    """What the virtual STM32 says of a run."""

    verdict: str
    how: str = ""  # where it fails
    ground: str = ""  # must, seen, alike, or none
    why: str = ""
    broken: str = ""  # points of the contract
    about: str = ""  # leftovers that keep the outcome from "served"
    left: frozenset = frozenset()  # all leftovers that it has found

    def words(self):
        how = f" ({self.how})" if self.how else ""
        ground = f", {self.ground}" if self.ground else ""
        return f"{self.verdict}{how}{ground}"


def judged(report, options, wire):
    """What the JSON of a run says, for a host on this wire."""
    found = _judged(report, options)
    if "--crystal-chance" in options and (found.verdict == SERVED or found.how == RESET):
        # A run is one throw of it; what can be said of the program is the chance.
        why = "the ROM finds its crystal in some of the runs, and resets in others"
        return found._replace(verdict=AT_RISK, how="", about="crystal", why=why)
    noise = next((one["what"] for one in report["behaviour"] if one["what"].startswith("noise")), "")
    if found.verdict != SERVED or not noise:
        return found
    if wire and wire.upper() in noise:  # the ROM has its baud rate, or its filter, of the noise
        return found._replace(verdict=AT_RISK, ground="", why=noise, about="traffic")
    return found._replace(verdict=FAILS, how=HUNG, ground=MUST, why=noise, about="traffic")


def _judged(report, options):
    handoffs, end = report["handoffs"], report["end"]["why"]
    if "go" in options:
        return Judged(RUNS if end == "arrived" or end == "done" else DEAD)
    if not handoffs:
        if report["starts"] and report["starts"][-1]["starts"].startswith("ROM"):
            return Judged(SERVED if end == "served" else FAILS, "" if end == "served" else HUNG)
        return Judged(FAILS, FAULT) if end == "fault" else Judged(NOT_ENTERED)
    last = handoffs[-1]
    points = " ".join(point["id"] for point in last["contract"]
                      if not point["ok"] and point["id"] != "H15")
    statements = [one for each in last["interfaces"] for one in each["statements"]]
    about = {one["about"]: None for one in statements if one["effect"] != "harmless"}
    return Judged(last["outcome"], last["how"], last["ground"], last["reason"], points,
                  " ".join(about), frozenset(one["about"] for one in statements))


# Leftovers that a program has and the judge does not name, and why.
NOT_NAMED = {
    "traffic": "it is around the chip",
    "watchdog": "it is fed, so that its point holds",
    "ports": "the port that BOOT0 is wired to is left out",
    "peripherals": "of the backup SRAM its clock shows",
}


def not_left(said, found):
    """Which of the leftovers that an observation says its program has not left."""
    hidden = {"backup-access"} if "power" in found.left else set()  # PWR counts once
    return sorted(set(said) - found.left - set(NOT_NAMED) - hidden) if found.left else []


def contradicts(observation, found):
    """"Fails" where it served; plain "served" where it failed and the cause is named."""
    if observation["outcome"] in GOOD:
        return found.verdict in (FAILS, NOT_ENTERED, DEAD)
    return found.verdict in (SERVED, RUNS) and bool(observation.get("cause"))


def answers(observation, found):
    """Whether "fails" is of the kind that was seen."""
    end = found.how if found.verdict == FAILS else found.verdict
    return end in ANSWERS.get(observation["outcome"], ())


class Counts(NamedTuple):
    """Of all observations that were run, once: what the issue of the judge asks for."""

    run: int
    contradictions: int
    caused: int  # jumps that failed, with a named cause
    caused_seen: int  # of those "fails", in the kind that was seen
    served: int  # jumps that were served
    at_risk: int  # of those "at risk"
    undecided: int  # sometimes and partial
    undecided_at_risk: int


def count(pairs):
    """Counts of (observation, what was judged). Shares are those of jumps: a ROM that pins or option
    bytes have started finds nothing that a program left."""
    jumps = [(one, found) for one, found in pairs if one["way"] in JUMPS]
    served = [found for one, found in jumps if one["outcome"] in GOOD]
    undecided = [found for one, found in jumps if one["outcome"] in UNDECIDED]
    caused = [(one, found) for one, found in jumps if one.get("cause")
              and one["outcome"] not in GOOD + UNDECIDED]
    return Counts(
        len(pairs), sum(contradicts(*pair) for pair in pairs), len(caused),
        sum(answers(*pair) for pair in caused), len(served),
        sum(found.verdict == AT_RISK for found in served), len(undecided),
        sum(found.verdict == AT_RISK for found in undecided))
