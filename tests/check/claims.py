# claims.py: what bootleap-check claims of one entry, beside what the simulator saw at one handoff.
# SPDX-License-Identifier: MIT
"""A finding is about a *part*: a point of the contract, or one register of a point that asks for several.
The simulator tells the registers of such a point in words, `observed`, and they are read here."""
import re
from typing import NamedTuple

# Which points each rule answers, and which parts it says something about.
POINTS = {"E1": ("H1", "H2"), "E2": ("H2",), "E3": ("H4", "H5"), "E4": ("H8", "H9"), "E5": ("H6", "H7"),
          "E9": ("H3",)}
PARTS = {"E1": ("target", "stack"), "E2": ("control", "fpu"),
         "E3": ("primask", "basepri", "faultmask", "stack limits"), "E4": ("remap", "vtor"),
         "E5": ("systick", "interrupts", "pending", "fault handlers"), "E9": ("handler",)}
WHOLE = {"target": "H1", "stack limits": "H5", "remap": "H9", "vtor": "H8", "systick": "H7",
         "handler": "H3"}
SEVERITIES = ("error", "warning", "unknown", "note", "ok")  # the worst first
FAULT = {"target": False}


class Claim(NamedTuple):
    """One claim that the simulator contradicts."""

    who: str  # a rule, or a point
    what: str  # of what
    claimed: str  # "ok", "holds": it does not break; "error", "broken", "breaks": it does
    seen: str


def number(pattern, text):
    found = re.search(pattern, text)
    if not found:
        raise ValueError(f"the simulator's words have changed: no {pattern} in: {text}")
    return int(found[1], 0)


def parts_of(handoff):
    """Whether each part holds at this handoff."""
    points = handoff["contract"]
    said = {key: observed for key, (_, observed) in points.items()}
    parts = {part: points[point][0] for part, point in WHOLE.items()}
    word0 = number(r"word 0 is (0x\w+)", said["H2"])
    # Of two stacks the main one: the other is what CONTROL says.
    parts["stack"] = number(r"MSP (0x\w+)", said["H2"]) == word0
    # A floating-point context (FPCA) is the FPU's, though CONTROL has its bit.
    parts["control"] = not re.search("SPSEL|nPRIV|no ISB", said["H2"])
    parts["fpu"] = not re.search("CPACR|FPCCR|FPCA", said["H2"])
    for name in ("PRIMASK", "FAULTMASK", "BASEPRI"):
        parts[name.lower()] = number(rf"{name} (\w+)", said["H4"]) == 0
    parts["interrupts"] = number(r"(\d+) interrupts? enabled", said["H6"]) == 0
    parts["pending"] = number(r"(\d+) exceptions? pending", said["H6"]) == 0
    parts["fault handlers"] = "handlers of faults enabled" not in said["H6"]
    return parts


def went_wild(simulated):
    """Whether the core faulted outside all that the chip has, before anything was handed over: a jump
    to what is no address."""
    if simulated["handoffs"] or simulated["end"]["why"] != "fault":
        return False
    # A number that is a return from an exception, to a core in thread mode.
    return bool(re.search(r"fetch outside the memory map|INVPC.* \(PC 0xFFFFFFFE", simulated["end"]["detail"]))


def contradictions(entry, parts, points):
    """Claims of this entry that are not so. `points` are H1: True, as far as the simulator says."""
    found = []
    for finding in entry["findings"]:
        seen = holds(finding, parts)
        claimed = "error" if finding["severity"] == "error" else finding["verdict"]
        if (claimed == "ok" and seen is False) or (claimed in ("error", "broken") and seen):
            found.append(Claim(finding["rule"], finding["about"], claimed, "holds" if seen else "breaks"))
    for point, claimed in entry["points"].items():
        seen = points.get(point)
        if seen is not None and claimed in ("holds", "breaks") and (claimed == "holds") != seen:
            found.append(Claim(point, point, claimed, "holds" if seen else "breaks"))
    return found


def stricter(entry, effects):
    """Findings that are errors though the simulator says that no wire fails of their point. `effects` are
    H8: "harmless"; of a point that is not there nobody has written down what comes of it."""
    return [Claim(finding["rule"], finding["about"], "error", effects[finding["point"]])
            for finding in entry["findings"]
            if finding["severity"] == "error" and effects.get(finding.get("point"), "fails") != "fails"]


def severity_of(entry, rule):
    """The worst severity of what this rule says of the entry; None if it says nothing."""
    said = {finding["severity"] for finding in entry["findings"] if finding["rule"] == rule}
    return next((severity for severity in SEVERITIES if severity in said), None)


def holds(finding, parts):
    """Whether that which the finding is about holds; None if the run does not tell."""
    return parts.get(finding["about"]) if finding["about"] in PARTS.get(finding["rule"], ()) else None


def candidates(entries, options, parts):
    """The entries that this run can have taken. The simulator's call of the direct jump comes from the
    application, and so does what is in a handler; everything else begins at the reset. What comes from the
    reset says nothing of a state that the simulator has made."""
    direct = "--way" in options and "direct" in options
    origin = "application" if direct or not parts.get("handler", True) else "reset"
    found = [entry for entry in entries if entry["origin"] == origin]
    return found if found or (direct and "--state" in options) else entries


def nearest(entries, parts, points):
    """(entry, its contradictions) of the one with the fewest. Which branch it was the simulator does not
    say."""
    told = [(entry, contradictions(entry, parts, points)) for entry in entries]
    return min(told, key=lambda one: len(one[1])) if told else (None, [])
