# ways_back.py: runs the other ways back and in on every virtual chip, and what must come of it.
# SPDX-License-Identifier: MIT
"""ways_back.py list                             the slugs of all rows that the simulator runs
ways_back.py check SIM FOLDER WAY             FOLDER/WAY/SLUG.elf of each of them, in each scenario
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


@dataclass(frozen=True)
class Scenario:
    name: str
    options: tuple
    resets: int  # after power-on
    origin: int = FROM_ROM  # what application() gets, None where nobody asks
    judged: bool = True  # a finding is a failure
    starts: tuple = ()  # the last starts, oldest first; any if empty


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


WAYS = {"return": return_scenarios, "return-plain": plain_scenarios, "fix": fix_scenarios}


def found(simulator, elf, device, scenario):
    """What is wrong in this run; None if nothing is."""
    command = [simulator, "run", elf, "--device", device.slug, "--json", *scenario.options]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    if not done.stdout:
        return done.stderr.strip()
    result = json.loads(done.stdout)
    if result["end"]["why"] != "arrived":
        return f"{result['end']['why']}: {result['end']['detail']}"
    if result["resets"] != scenario.resets:
        return f"{result['resets']} resets instead of {scenario.resets}"
    if scenario.judged and result["findings"]:
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
        return 1 if failures(simulator, Path(folder) / way, way, devices) else 0
    one = [d for d in devices if d.slug == arguments[3]]
    return 0 if failures(simulator, Path(folder), way, one) else 1


sys.exit(main(*sys.argv[1:]))
