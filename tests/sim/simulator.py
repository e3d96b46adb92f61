# simulator.py: runs bootleap-sim, each distinct run once, and hands out what it reported.
# SPDX-License-Identifier: MIT
import atexit
import json
import os
import shlex
import signal
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

SERVER = "-server"  # how the other program's name ends


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
    """Remembers its runs: many cases ask for the same one. `program` is bootleap-sim, or, for many
    runs, bootleap-sim-server, which see in server.c."""

    def __init__(self, program, patience=300):
        self.program = program.removesuffix(SERVER)
        self.patience = patience  # seconds a run may take
        self.results = {}
        self.server = None
        if program.endswith(SERVER):
            self.server = subprocess.Popen([program, str(patience)], stdin=subprocess.PIPE,
                                           stdout=subprocess.PIPE)
            atexit.register(self._stop)

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
            return self._result(command, command)
        handle, path = tempfile.mkstemp()
        try:
            result = self._result(command, [*command, "--events", path])
            with open(handle, encoding="utf-8") as file:
                told = [json.loads(line) for line in file]
            result.texts = [one["text"] for one in told if one["event"] == "text"]
            return result
        finally:
            os.unlink(path)

    def _result(self, shown, command):
        shown = shlex.join(shown)
        status, out, err = self._ask(command) if self.server else self._start(command)
        if status < 0:
            raise NoResult(f"ended by signal {-status} (14: no end within {self.patience} s): {shown}")
        try:
            return Result(shown, status, err, json.loads(out))
        except ValueError as error:
            raise NoResult(f"the simulator printed no result (exit code {status}):"
                           f" {shown}\n{err}") from error

    def _start(self, command):
        """Exit code, stdout and stderr of a program."""
        try:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                                  timeout=self.patience, close_fds=False, check=False)
        except subprocess.TimeoutExpired:
            return -signal.SIGALRM, "", ""
        return done.returncode, done.stdout, done.stderr

    def _stop(self):
        self.server.stdin.close()
        self.server.wait()

    def _ask(self, command):
        """The same from the server."""
        words = b"".join(word.encode() + b"\0" for word in command)
        self.server.stdin.write(b"%d\n%b" % (len(words), words))
        self.server.stdin.flush()
        answer = self.server.stdout.readline().split()
        if len(answer) != 3:
            raise NoResult(f"{self.program}{SERVER} ended: {shlex.join(command)}")
        status, *sizes = map(int, answer)
        return status, *(self.server.stdout.read(size).decode() for size in sizes)
