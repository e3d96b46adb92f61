# virtual_board.py: a virtual chip that is a usbip server, and a stage that it is plugged in on.
# SPDX-License-Identifier: MIT
import json
import os
import re
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE = 20  # seconds that a run, or an event, may take
SERVER = re.compile(r"^usbip +\S+:(\d+)$", re.M)


class Wrong(Exception):
    """Something is not as it must be."""


class Board:
    """`bootleap-sim run` with these options while the `with` lasts; then `report` has what it said,
    and `code` its exit code."""

    def __init__(self, simulator, *options):
        self.folder = tempfile.TemporaryDirectory()
        self.port = None
        self.command = [simulator, "run", *map(str, options), "--usbip", "0", "--json",
                        "--events", self._path("events")]
        self.report = self.code = None
        self._seen, self._told = 0, []  # bytes of the events that are known, and these

    def _path(self, name):
        return os.path.join(self.folder.name, name)

    def _read(self, name):
        return Path(self._path(name)).read_text(encoding="utf-8")

    def __enter__(self):
        with open(self._path("report"), "wb") as out, open(self._path("said"), "wb") as said:
            self.running = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=out,
                                            stderr=said)
        end = time.monotonic() + PATIENCE
        while not self.port and time.monotonic() < end and self.running.poll() is None:
            found = SERVER.search(self._read("said"))
            self.port = found and int(found[1])
            time.sleep(0.005)
        if not self.port:
            self.running.kill()
            raise Wrong(f"no usbip server: {self._read('said')}")
        return self

    def events(self, name):
        """Those of this name so far."""
        with open(self._path("events"), encoding="utf-8") as file:
            file.seek(self._seen)
            text = file.read()
        whole = text.rpartition("\n")[0]
        if whole:
            self._seen += len(whole.encode()) + 1
            self._told += [json.loads(line) for line in whole.split("\n")]
        return [one for one in self._told if one["event"] == name]

    def await_events(self, name, count):
        """Until there are so many of them. False if they do not come."""
        end = time.monotonic() + PATIENCE
        while len(self.events(name)) < count:
            if time.monotonic() > end or self.running.poll() is not None:
                return False
            time.sleep(0.005)
        return True

    def __exit__(self, kind, *_):
        self.running.send_signal(signal.SIGTERM)
        try:
            self.code = self.running.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.running.kill()
        text = self._read("report")
        self.report = json.loads(text) if text else {}
        if not kind:
            self.flash = self._flash()
        self.folder.cleanup()

    def _flash(self):
        where = self.command.index("--flash") + 1 if "--flash" in self.command else 0
        return Path(self.command[where]).read_bytes() if where else None

    def came_back(self):
        """What is not as after a clean round trip, or None."""
        broken = [one["id"] for handoff in self.report["handoffs"] for one in handoff["contract"]
                  if not one["ok"]]
        if self.code or broken or not self.report["handoffs"]:
            return f"exit code {self.code}, {len(self.report['handoffs'])} handoffs, broken {broken}"
        if self.report["on_reset"][-1]["returned"] != 1:
            return "bootleap_on_reset() does not know that it comes from the ROM"
        return None


@dataclass
class Done:
    """What one command on the stage left."""

    code: int
    out: str
    err: str
    seconds: float
    counts: dict = field(default_factory=dict)  # control transfers by kind, of the first board
    log: str = ""


def on_stage(stage, boards, *command, ready=1, faults=(), patience=PATIENCE):
    """Runs a command where these boards are plugged in; the first one is usb:1-1."""
    with tempfile.TemporaryDirectory() as folder:
        counts, log = os.path.join(folder, "counts"), os.path.join(folder, "log")
        arguments = [stage, "--ready", str(ready), "--count", counts, "--log", log]
        for board in boards:
            arguments += ["--device", f"127.0.0.1:{board.port}"]
        for fault in faults:
            arguments += ["--fault", fault]
        began = time.monotonic()
        try:
            done = subprocess.run([*arguments, "--", *map(str, command)], capture_output=True,
                                  text=True, check=False, timeout=patience, errors="replace",
                                  stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired as error:
            raise Wrong(f"no end within {patience} s: {' '.join(map(str, command))}") from error
        seconds = time.monotonic() - began
        if not Path(counts).exists():
            raise Wrong(f"the stage broke down, exit code {done.returncode}: {done.stderr}")
        counted = json.loads(Path(counts).read_text(encoding="utf-8"))
        return Done(done.returncode, done.stdout, done.stderr, seconds, counted[0],
                    Path(log).read_text(encoding="utf-8"))
