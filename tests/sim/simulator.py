# simulator.py: runs bootleap-sim, each distinct run once, and hands out what it reported.
# SPDX-License-Identifier: MIT
import json
import os
import shlex
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path


class NoResult(Exception):
    """A run that cannot be judged: no firmware, no report."""


@dataclass
class Result:
    """What one run left."""

    command: str  # as one types it, from the project's folder
    status: int
    said: str  # stderr
    report: dict  # the JSON
    texts: list = field(default_factory=list)  # lines that the firmware printed; with events only


class Simulator:
    """Remembers its runs: many cases ask for the same one."""

    def __init__(self, program, patience=300):
        self.program = program
        self.patience = patience  # seconds a run may take
        self.results = {}

    def run(self, elf, device, *options, events=False):
        """`bootleap-sim run` with these options; with `events` the result has `texts`."""
        key = (elf, device, options, events)
        if key not in self.results:
            self.results[key] = self._run(elf, device, options, events)
        return self.results[key]

    def _run(self, elf, device, options, events):
        if not Path(elf).is_file():
            raise NoResult(f"no firmware at {elf}: build the target test-firmware of the presets"
                           " firmware-gcc and firmware-clang first")
        command = [self.program, "run", elf, "--device", device, "--json", *options]
        if not events:
            return self._result(command, command, [])
        handle, path = tempfile.mkstemp()
        try:
            result = self._result(command, [*command, "--events", path], [])
            with open(handle, encoding="utf-8") as file:
                told = [json.loads(line) for line in file]
            result.texts = [one["text"] for one in told if one["event"] == "text"]
            return result
        finally:
            os.unlink(path)

    def _result(self, shown, command, texts):
        shown = shlex.join(shown)
        try:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                                  timeout=self.patience, close_fds=False, check=False)
        except subprocess.TimeoutExpired as error:
            raise NoResult(f"no end within {self.patience} s: {shown}") from error
        try:
            report = json.loads(done.stdout)
        except ValueError as error:
            raise NoResult(f"the simulator printed no result (exit code {done.returncode}):"
                           f" {shown}\n{done.stderr}") from error
        return Result(shown, done.returncode, done.stderr, report, texts)
