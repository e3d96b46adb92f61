# check.py: checks that observations fit the rows of devices/, the leftovers and themselves.
# SPDX-License-Identifier: MIT
import re
from datetime import date

from evidence.bits import was_absent, was_left
from evidence.load import LEFTOVERS
from evidence.rom_version import rom_version
from evidence.words import GOOD, LEFT, WAYS

ID = re.compile(r"[A-Z][0-9]{3,}")
DATE = re.compile(r"\d{4}(-\d{2}){0,2}")
SOURCE = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+[/ ]\S.*")
PAIR = re.compile(r"\b(" + "|".join(LEFT) + r")=([\w?]+)")
LEFTOVER_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
POINT = re.compile(r"H[0-9]+")
MOST_LEFTOVERS = 64  # bits of a word


def check_evidence(observations, leftovers, devices, refusals):
    """`devices`: all rows, by slug. What is wrong goes to `refusals`."""
    _check_leftovers(leftovers, refusals)
    by_id = {leftover["id"]: leftover for leftover in leftovers}
    places = {}
    for one in observations:

        def report(key, why, one=one):
            refusals.append(f"{one.file}: {one['id']}: {key}: {why}")

        if one["id"] in places:
            report("id", f"is also in {places[one['id']]}")
        places.setdefault(one["id"], one.file)
        _check_texts(one, report)
        _check_times(one, report)
        _check_cause(one, by_id, report)
        _check_row(one, devices, report)


def _check_texts(one, report):
    if not ID.fullmatch(one["id"]):
        report("id", "must be a capital letter and at least three digits")
    if not SOURCE.fullmatch(one["source"]):
        report("source", "must begin with a host, and say where there: github.com/OWNER/NAME#NUMBER")
    if "date" in one.facts and not _is_date(one["date"]):
        report("date", f"{one['date']!r} is no YYYY-MM-DD, YYYY-MM or YYYY")
    for key in ("note", "fix"):
        for name, value in PAIR.findall(one.get(key, "")):
            report(key, f"{name}={value} has a key of its own: left.{name}")


def _is_date(text):
    if not DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "-01" * (2 - text.count("-")))
    except ValueError:
        return False
    return True


def _check_times(one, report):
    times = one.get("times")
    if times is None:
        return
    if len(times) != 2 or not 0 < times[1] or times[0] > times[1]:
        report("times", "must be how often it was served, and of how many attempts")
        return
    served, of = times
    fits = {"served": served == of, "run": served == of, "sometimes": 0 < served < of}
    if not fits.get(one["outcome"], served == 0):
        report("times", f"{served} of {of} is not {one['outcome']}")


def _check_cause(one, leftovers, report):
    causes = one.get("cause", [])
    if causes and one["outcome"] in GOOD:
        report("cause", f"nothing failed: the outcome is {one['outcome']}")
    for name in causes:
        if name not in leftovers:
            report("cause", f"{name!r} is no id of {LEFTOVERS}")
        elif leftovers[name].get("left") and not was_left(leftovers[name], one):
            report("cause", f"{name}, but left does not say that it was so")
        elif was_absent(leftovers[name], one):
            report("cause", f"{name}, but left says that it was not so")
    if len(set(causes)) != len(causes):
        report("cause", "names one twice")


def _check_row(one, devices, report):
    if "row" not in one.facts:
        if "rom" in one.facts:
            report("rom", "needs a row")
        return
    device = devices.get(one["row"])
    if device is None:
        report("row", f"{one['row']!r} is no slug of devices/")
        return
    if not one.file.endswith(f"/{device.page()}.toml") and not one.file.endswith(".csv"):
        report("row", f"belongs into {device.page()}.toml")
    kinds = {interface["kind"] for interface in device.get("interfaces", {}).get("list", [])}
    if "wire" in one.facts and one["wire"] not in kinds:
        report("wire", f"the ROM of {device.slug} has no {one['wire']}")
    if "rom" in one.facts:
        version = rom_version(one["rom"])
        if version is None:
            report("rom", f"{one['rom']!r} is no version like V9.0")
        elif version not in device.get("rom", {}).get("ids", []):
            report("rom", f"{one['rom']} is no version that {device.slug} lists")


def _check_leftovers(leftovers, refusals):
    def report(name, key, why):
        refusals.append(f"evidence/{LEFTOVERS}: {name}: {key}: {why}")

    if len(leftovers) > MOST_LEFTOVERS:
        report("-", "leftover", f"more than {MOST_LEFTOVERS}")
    names = [leftover["id"] for leftover in leftovers]
    for leftover in leftovers:
        name = leftover["id"]
        if not LEFTOVER_ID.fullmatch(name):
            report(name, "id", "must be words of small letters, with - between them")
        if names.count(name) > 1:
            report(name, "id", "is there twice")
        if "point" in leftover and not POINT.fullmatch(leftover["point"]):
            report(name, "point", "must be a point of the contract, like H4")
        for key in ("left", "likely", "absent"):
            for alternative in leftover.get(key, []):
                _check_alternative(alternative, lambda why: report(name, key, why))


def _check_alternative(alternative, report):
    if not alternative:
        report("one that always holds")
    for key, values in alternative.items():
        known = WAYS if key == "way" else LEFT.get(key, ("", {}))[1]
        for value in values if isinstance(values, list) else [values]:
            if value not in known:
                report(f"{key} is never {value!r}")
        if not isinstance(values, list):
            report(f"{key} must be a list of values")
