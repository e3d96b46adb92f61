# both.py: asks bootleap-check and the simulator about an image; an answer is kept for the next time.
# SPDX-License-Identifier: MIT
"""Answers are kept in a folder by the content of the program, the image and the options, so that a second
run over thousands of images takes seconds."""
import hashlib
import json
import os
import shlex
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "sim"))
from simulator import NoResult, Simulator  # noqa: E402

JOBS = os.cpu_count()
PATIENCE = 120
NOT_MODELLED = "nothing of it is modelled"  # the simulator of rows into whose ROM no way is known
EFFECTS = ("harmless", "at risk", "fails")
FORMAT = "2"  # of what is kept
KEPT = ("handoffs", "end", "reason", "resets", "returns", "came_back", "where")


@lru_cache(maxsize=None)
def digest(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


class Cache:
    """Answers by what was asked; None as a folder keeps nothing."""

    def __init__(self, folder):
        self.folder = folder and Path(folder)
        if self.folder:
            self.folder.mkdir(parents=True, exist_ok=True)

    def answer(self, program, elf, words, ask):
        """ask() of this program about this image with these words, or what it said before."""
        if not self.folder:
            return ask()
        key = hashlib.sha256(" ".join([FORMAT, digest(program), digest(elf), *words]).encode()).hexdigest()
        path = self.folder / key[:2] / f"{key[2:26]}.json"
        try:
            return json.loads(path.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            found = ask()
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(found), encoding="utf-8")
        return found


def worst_effects(handoff):
    """For each point that does not hold: what comes of it, over the wire on which most does."""
    worst = {}
    for wire in handoff["interfaces"]:
        for one in wire["statements"]:
            before = worst.get(one["point"], EFFECTS[0])
            worst[one["point"]] = max(before, one["effect"], key=EFFECTS.index)
    return worst


def of_handoff(handoff):
    """What is kept of it: all that is said of each wire is long, and not asked for."""
    kept = {key: value for key, value in handoff.items() if key != "interfaces"}
    kept["effects"] = worst_effects(handoff) if "interfaces" in handoff else {}
    kept["contract"] = {one["id"]: [one["ok"], one["observed"]] for one in handoff["contract"]}
    return kept


class Both:
    """The two programs. `check` and `sim` are paths; of the simulator the server is taken for speed."""

    def __init__(self, check, sim, folder=None):
        self.check, self.sim = check, sim
        self.cache = Cache(folder)
        self.own = threading.local()

    def check_command(self, elf, device):
        return [self.check, elf, "--device", device, "--json"]

    def sim_command(self, run):
        return [self.sim.removesuffix("-server"), "run", run.elf, "--device", run.device, "--json",
                *run.options]

    def checked(self, elf, device):
        """The JSON of bootleap-check, with `exit_code` as the program ended, or {"failed": why}."""
        def ask():
            command = self.check_command(elf, device)
            try:
                done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                                      timeout=PATIENCE, check=False)
                return {**json.loads(done.stdout), "ended": done.returncode}
            except subprocess.TimeoutExpired:
                return {"failed": f"no end within {PATIENCE} s: {shlex.join(command)}"}
            except ValueError:
                return {"failed": f"exit code {done.returncode}, no JSON: {shlex.join(command)}: {done.stderr}"}
        return self.cache.answer(self.check, elf, ["check", device], ask)

    def simulated(self, run):
        """What is kept of the simulator's report, {"not_run": why} or {"failed": why}."""
        def ask():
            if not hasattr(self.own, "simulator"):
                self.own.simulator = Simulator(self.sim)
            try:
                report = self.own.simulator.run(run.elf, run.device, *run.options).report
            except NoResult as error:
                word = "not_run" if NOT_MODELLED in str(error) else "failed"
                return {word: str(error)}
            self.own.simulator.results.clear()
            kept = {key: report[key] for key in KEPT}
            return {**kept, "handoffs": [of_handoff(one) for one in report["handoffs"]]}
        return self.cache.answer(self.sim, run.elf, ["run", run.device, *run.options], ask)

    def ask_all(self, runs, slug_of):
        """(run, checked, simulated) of each, at most JOBS at a time."""
        def ask(run):
            return run, self.checked(run.elf, slug_of.get(run.device, run.device)), self.simulated(run)
        with ThreadPoolExecutor(JOBS) as pool:
            yield from pool.map(ask, runs)
