# ways_back.py: runs the other ways back and in on every virtual chip, and what must come of it.
# SPDX-License-Identifier: MIT
"""ways_back.py check SIM FOLDER WAY [SLUG...]   FOLDER/WAY/SLUG.elf of each of them, in each scenario
ways_back.py mutants SIM FOLDER MUTANT/WAY/SLUG...   each FOLDER/MUTANT/SLUG.elf must fail one of the
                                              scenarios of WAY
"""
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests/sim")]
from simulator import Simulator  # noqa: E402
from table.load import load_devices  # noqa: E402

FROM_RESET, FROM_ROM = 0, 1
NO_OPTION_BYTES = -17
CONDITIONS = {"boot-lock": -7, "boot-address": -19}
REFUSALS = {
    "rdp-level-2": -5,
    "rdp-level-1": -6,
    "trustzone": -8,
    "product-state": -9,
    "dual-bank": -10,
    "hardware-wwdg": -12,
    "watchdog-not-fed": -13,
    "second-core": -14,
}


@dataclass(frozen=True)
class Scenario:
    name: str
    options: tuple
    resets: int  # after power-on, None where `starts` says it
    origin: int = FROM_ROM  # what application() gets, None where nobody asks
    judged: bool = True  # a finding is a failure
    starts: tuple = ()  # the first resets and who they start; any if empty
    end: str = "arrived"
    refusal: int = 0  # what the entry function returns


def runnable():
    devices = load_devices(ROOT / "devices", [])
    return [d for d in devices if d.get("clock") and d.get("peripherals")]


def return_scenarios(device):
    """A Go to the second table, after every way in which this ROM can have started."""
    go = ("--host", "go", "--go-to", hex(device["flash"]["start"] + 0x200))
    go += ("--until", "application")
    enters, known = device["entry"]["mechanism"] == "reset", device.enters()
    origin = FROM_ROM if known else FROM_RESET  # where no mark is known, none is written
    yield Scenario("BOOT0", ("--boot0", *go), 1, origin)
    yield Scenario("BOOT0, no trace", ("--boot0", "--restore-vectors", *go), 1, origin)
    if known:
        for late in range(1, 25, 4):
            interrupt = ("--rom-interrupt", str(late))
            yield Scenario(f"the ROM's interrupt {late}", ("--boot0", *interrupt, *go), 1, origin)
    # Where nothing is known of the flag of an empty flash, the next power-on alone clears it.
    if known and "empty_bit" in device["flash"]:
        yield Scenario("an empty chip", ("--empty", *go), 1, origin)
    if enters:
        yield Scenario("entered", ("--enter-at", "application", *go), 2)
        if device["boot"]["dual_bank"] == "bfb2" and not refuses(device, "dual-bank"):
            # The boot before had a reset more, and so has the one after.
            yield Scenario("the ROM starts banks", ("--bfb2", "--enter-at", "application", *go), 3)


def refuses(device, reason):
    return any(o["refuses"] == reason for o in device.get("options", {}).get("list", []))


def plain_scenarios(device):
    """The same, in an application that does not call bootleap_on_reset()."""
    for one in return_scenarios(device):
        if "--enter-at" not in one.options:
            yield Scenario(one.name, one.options, one.resets, FROM_RESET, one.judged)


def fix_scenarios(device):
    """A Go to the application, which lives on what the ROM leaves: R1 is a finding, and meant."""
    go = ("--boot0", "--host", "go", "--until", "alive")
    yield Scenario("BOOT0", go, 0, None, judged=False)
    yield Scenario("BOOT0, no trace", (*go, "--restore-vectors"), 0, None, judged=False)


def option_scenarios(device, restores=False):
    """Every reset starts the ROM until somebody programs the option bytes back."""
    at = ("--enter-at", "application", "--entry", "bootleap_enter_by_option_bytes")
    at += ("--until", "application")
    entry = device.get("option_entry")
    if not entry or not device.enters():
        yield Scenario("there are none", (*at, "--host", "end"), 0, refusal=NO_OPTION_BYTES)
        return
    loads = "option bytes" if "launch_register" in entry else "software"
    rom = "ROM, by option bytes"
    enter = (("power-on", "application"), (loads, rom))
    power = (("power-on", rom),)
    back = (("option bytes", "application"),)
    yield Scenario("the ROM waits", (*at, "--host", "end"), 1, None, starts=enter, end="served")
    for reset in ("power", "brown-out", "pin", "watchdog", "reset"):
        name = {"power": "power-on", "reset": "software"}.get(reset, reset)
        yield Scenario(
            f"{reset} ends nothing", (*at, "--host", reset), None, None,
            starts=(*enter, (name, rom), (name, rom)), end="reset loop",
        )
    yield Scenario(
        "the host restores", (*at, "--host", "restore", "--power-cycles", "2"), None, FROM_RESET,
        starts=(*enter, *power, *power, *back),
    )
    for one in entry.get("conditions", []):
        if "parts" not in one or device["parts"][0] in one["parts"]:
            options = (*at, "--host", "end", "--option", "boot-lock")
            yield Scenario(one["name"], options, 0, refusal=CONDITIONS[one["refuses"]])
    for reason in sorted({one["refuses"] for one in device.get("options", {}).get("list", [])}):
        options = (*at, "--host", "end", "--option", reason)
        if reason == "ram-erased":  # no mark is left that it could erase
            yield Scenario(f"--option {reason}", options, 1, None, starts=enter, end="served")
        elif applies(device, reason):
            yield Scenario(f"--option {reason}", options, 0, refusal=REFUSALS[reason])


def restored_scenarios(device):
    """The host starts the application by Go, which programs the option bytes back by itself."""
    entry = device.get("option_entry")
    if entry and device.enters() and not device["go"].get("fails"):
        at = ("--enter-at", "application", "--entry", "bootleap_enter_by_option_bytes")
        loads = "option bytes" if "launch_register" in entry else "software"
        rom = "ROM, by option bytes"
        starts = (("power-on", "application"), (loads, rom), ("power-on", rom), (loads, "application"))
        options = (*at, "--until", "application", "--host", "go", "--power-cycles", "1")
        yield Scenario("Go", options, None, FROM_RESET, starts=starts)


def applies(device, reason):
    """Not where only other parts of the row than the one that is built have the bits."""
    one = next(o for o in device["options"]["list"] if o["refuses"] == reason)
    return "parts" not in one or device["parts"][0] in one["parts"]


WAYS = {
    "return": return_scenarios,
    "return-plain": plain_scenarios,
    "fix": fix_scenarios,
    "option": option_scenarios,
    "option-restored": restored_scenarios,
}


def found(simulator, elf, device, scenario):
    """What is wrong in this run; None if nothing is."""
    result = simulator.run(str(elf), device.slug, *scenario.options).report
    end = f"{result['end']['why']}: {result['end']['detail']}"
    if scenario.refusal:
        return None if end.endswith(f"returned {scenario.refusal}") else end
    if result["end"]["why"] != scenario.end:
        return end
    starts = tuple((one["reset"], one["starts"]) for one in result["starts"])
    if scenario.starts and starts[: len(scenario.starts)] != scenario.starts:
        return f"starts {starts[:8]}"
    if scenario.starts and scenario.end == "arrived" and len(starts) != len(scenario.starts):
        return f"{len(starts)} starts"
    if scenario.resets is not None and result["resets"] != scenario.resets:
        return f"{result['resets']} resets instead of {scenario.resets}"
    if scenario.judged and scenario.end == "arrived" and result["findings"]:
        return "findings"
    if scenario.origin is not None and result["on_reset"]:
        origin = result["on_reset"][-1]["returned"]
        if origin != scenario.origin:
            return f"origin {origin} instead of {scenario.origin}"
    return None


def check(simulator, folder, way, devices):
    """Every device in every scenario of this way; how many are not as they must be."""
    cells = [(d, s) for d in devices for s in WAYS[way](d)]
    bad = 0
    for device, scenario in cells:
        why = found(simulator, folder / f"{device.slug}.elf", device, scenario)
        if why:
            bad += 1
            print(f"{device.slug}: {scenario.name}: {why}")
    print(f"{way}: {len(cells)} runs on {len(devices)} devices, {bad} bad")
    return bad or not cells


def check_mutants(simulator, folder, devices, names):
    """How many of the mutants fail in none of the scenarios."""
    unnoticed = 0
    for mutant, way, slug in (name.split("/") for name in names):
        device = next(d for d in devices if d.slug == slug)
        elf = folder / mutant / f"{slug}.elf"
        tries = ((one.name, found(simulator, elf, device, one)) for one in WAYS[way](device))
        name, why = next((one for one in tries if one[1]), (None, "NOT NOTICED"))
        print(f"{mutant} on {slug}: {name}: {why}")
        unnoticed += name is None
    print(f"{len(names)} mutants, {unnoticed} not noticed")
    return unnoticed or not names


def main(verb, *arguments):
    devices = runnable()
    simulator, folder, names = Simulator(arguments[0]), Path(arguments[1]), arguments[2:]
    if verb == "mutants":
        return 1 if check_mutants(simulator, folder, devices, names) else 0
    way, *slugs = names
    chosen = [d for d in devices if d.slug in slugs or not slugs]
    return 1 if check(simulator, folder / way, way, chosen) else 0


sys.exit(main(*sys.argv[1:]))
