# ways_back.py: runs the other ways back and in on every virtual chip, and what must come of it.
# SPDX-License-Identifier: MIT
"""ways_back.py list                             the slugs of all rows that the simulator runs
ways_back.py check SIM FOLDER WAY [SLUG...]   FOLDER/WAY/SLUG.elf of each of them, in each scenario
ways_back.py mutant SIM FOLDER WAY SLUG       FOLDER/SLUG.elf must fail one of the scenarios of WAY
"""
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
from devices_load import load_devices  # noqa: E402

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
    refusal: int = 0  # what the entry function comes back with


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
    yield Scenario("BOOT0, no trace", ("--boot0", "--no-trace", *go), 1, origin)
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
    yield Scenario("BOOT0, no trace", (*go, "--no-trace"), 0, None, judged=False)


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
    command = [simulator, "run", elf, "--device", device.slug, "--json", *scenario.options]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    if not done.stdout:
        sys.exit(f"no result: {done.stderr.strip()}")
    result = json.loads(done.stdout)
    end = f"{result['end']['why']}: {result['end']['detail']}"
    if scenario.refusal:
        return None if end.endswith(f"came back with {scenario.refusal}") else end
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


def failures(simulator, folder, way, devices):
    cells = [(d, s) for d in devices for s in WAYS[way](d)]
    with ThreadPoolExecutor(2) as pool:
        results = pool.map(lambda c: found(simulator, folder / f"{c[0].slug}.elf", *c), cells)
        bad = [f"{d.slug}: {s.name}: {why}" for (d, s), why in zip(cells, results) if why]
    print("\n".join(bad + [f"{way}: {len(cells)} runs on {len(devices)} devices, {len(bad)} bad"]))
    return bad


def main(verb, *arguments):
    devices = runnable()
    if verb == "list":
        print(" ".join(d.slug for d in devices))
        return 0
    simulator, folder, way = arguments[:3]
    if verb == "check":
        chosen = [d for d in devices if d.slug in arguments[3:] or not arguments[3:]]
        return 1 if failures(simulator, Path(folder) / way, way, chosen) else 0
    one = [d for d in devices if d.slug == arguments[3]]
    return 0 if failures(simulator, Path(folder), way, one) else 1


sys.exit(main(*sys.argv[1:]))
