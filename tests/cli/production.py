# production.py: many fake boards at once: each is right or named, no row is used twice, also after kill -9.
# SPDX-License-Identifier: MIT
"""production.py BOOTLEAP FAKE_ROM CASE [SIM]

CASE is one of:
  many     32 boards, 3 of which fail, flashed in one run
  killed   32 boards, the run is killed in the middle, then flashed again
  races    4 runs at the same time, with one CSV file and one record
  words    what is refused, and in which words
  protect  a virtual chip whose BOOT0 is held is closed after it was flashed, and two fake ones whose
           BOOT0 is low, one of which refuses
"""
import json
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from fake_chip import G0B1, Chip

FIRMWARE = Path(__file__).with_name("firmware.py")
BOARDS, START, SERIAL, KEY = 32, 0x08000000, 0x0800F800, 0x0800F810
FAILING = {3: {"protected": 1}, 11: {"fault": "close@write:3"}, 30: {"product": "0x999"}}
PAGES = {"pages": "64x2048@0"}
BOOTLEAP, FAKE_ROM = (Path(name).resolve() for name in sys.argv[1:3])
PLAIN = {key: value for key, value in G0B1.items() if key != "bank2"} | {"banner": "ready"}


class Bench:
    """A folder with a firmware file and a CSV file, and fake boards."""

    def __init__(self, stack, boards, rows, failing):
        self.folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        self.csv, self.log = self.folder / "units.csv", self.folder / "log.jsonl"
        self.app, raw = self.folder / "app.hex", self.folder / "app.bin"
        for form, path in (("hex", self.app), ("bin", raw)):
            subprocess.run([sys.executable, FIRMWARE, form, path], check=True)
        self.image = raw.read_bytes()
        self.csv.write_text("serial:u32,key:hex,remark\n" + "".join(
            f'{1000 + row},{row:032x},"for, {row}"\n' for row in range(rows)), encoding="utf-8")
        self.chips = [Chip(FAKE_ROM, PLAIN | failing.get(number, {}), id12=number + 1)
                      for number in range(boards)]
        for chip in self.chips:
            stack.enter_context(chip)

    def replace(self, stack, chip):
        """The same board, after power was off and on."""
        chip.stop()
        number = self.chips.index(chip)
        self.chips[number] = stack.enter_context(Chip(FAKE_ROM, PLAIN, id12=number + 1))
        return self.chips[number]

    def command(self, *words, chips=None):
        ports = [chip.port for chip in chips or self.chips]
        return [BOOTLEAP, "flash", self.app, *ports, "--set", f"{SERIAL:#x}={self.csv}:serial",
                "--set", f"{KEY:#x}={self.csv}:key", "--record", self.log, *words]

    def holds(self, chip):
        """The serial number that a board has with its own key and the whole file; else None."""
        flash = chip.dump.read_bytes()
        at = SERIAL - START
        serial = int.from_bytes(flash[at:at + 4], "little")
        key = int.from_bytes(flash[KEY - START:KEY - START + 16], "big")
        whole = flash[:len(self.image)] == self.image and key == serial - 1000
        return serial if whole else None

    def journal(self):
        """The states of each row in order, by line number."""
        states = {}
        text = Path(f"{self.csv}.used").read_text(encoding="utf-8")
        assert text.endswith("\n"), "half a line in the journal"
        for line in text.splitlines():
            word, number, digest, when, _ = line.split(" ", 4)
            assert len(digest) == 64 and when.endswith("Z"), line
            states.setdefault(int(number), []).append(word)
        return states

    def records(self):
        text = self.log.read_text(encoding="utf-8")
        assert not text or text.endswith("\n"), "half a line in the record"
        return [json.loads(line) for line in text.splitlines()]


def serial_of_line(number):
    return 1000 + number - 2


def check_rows(bench):
    """Each row was given once."""
    for number, states in bench.journal().items():
        given = [word for word in states if word == "taken"]
        back = [word for word in states if word == "free"]
        assert len(given) - len(back) <= 1, f"row {number}: {states}"


def many(stack):
    bench = Bench(stack, BOARDS, 40, FAILING)
    done = bench.chips[0].run(*bench.command("--json"))
    assert done.stdout, done
    report = json.loads(done.stdout)
    assert report["exit_code"] == done.returncode == 1, done.stderr
    boards = {board["port"]: board for board in report["boards"]}
    assert len(boards) == BOARDS and report["failed"] == 3, report
    wanted = {3: (5, "refuses"), 11: (1, ""), 30: (2, "0x999")}
    for number, chip in enumerate(bench.chips):
        board = boards[str(chip.port)]
        code, what = wanted.get(number, (0, None))
        assert board["exit_code"] == code, (number, board)
        assert what is None or what in board["error"]["what"], board
        assert what is None or str(chip.port) in report["error"]["what"] + done.stderr, report
        chip.stop()
        if code == 0:
            row = board["row"]
            assert row["state"] == "used" and board["verified"] and board["started"], board
            assert bench.holds(chip) == serial_of_line(row["line"]), number
            assert board["uid"].startswith(f"{0x12 + number:02X}"), board
    assert boards[str(bench.chips[11].port)]["row"]["state"] == "failed"
    assert boards[str(bench.chips[30].port)]["row"] is None
    check_rows(bench)
    used = [number for number, states in bench.journal().items() if states[-1] == "used"]
    assert len(used) == 29 and report["rows_left"] == 40 - 29 - 1, (used, report["rows_left"])
    recorded = {entry["port"]: entry for entry in bench.records()}
    assert len(recorded) == len(bench.records()) == BOARDS
    digest = subprocess.run(["sha256sum", bench.app], capture_output=True, text=True, check=True)
    for port, entry in recorded.items():
        assert entry["sha256"] == digest.stdout.split()[0] and entry["version"], entry
        assert {key: entry[key] for key in boards[port]} == boards[port], entry


def killed(stack):
    bench = Bench(stack, BOARDS, 2 * BOARDS + 8, {})
    first = subprocess.Popen(bench.command("--no-go"), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    while len(bench.records() if bench.log.exists() else []) < 5:
        assert first.poll() is None, "it ended before it was killed"
        time.sleep(0.01)
    first.send_signal(signal.SIGKILL)
    lines = first.communicate()[0].decode().splitlines()
    before = bench.journal()
    records = bench.records()
    assert all("  ok      g0b1" in line for line in lines), lines
    assert len(lines) <= len(records) <= BOARDS
    open_rows = [number for number, states in before.items() if states[-1] == "taken"]
    assert open_rows, "nothing was in work when it was killed"
    done = bench.chips[0].run(*bench.command("--no-go"))
    failed = [chip for chip in bench.chips if f"{chip.port}  FAILED" in done.stdout]
    summary = f"{BOARDS - len(failed)} of {BOARDS} boards ok, {len(failed)} failed"
    assert summary in done.stdout, done.stdout + done.stderr
    if failed: # ROMs that were left in the middle of a command: the board is reset
        again = [bench.replace(stack, chip) for chip in failed]
        last = again[0].run(*bench.command("--no-go", chips=again))
        assert last.returncode == 0, done.stdout + last.stdout + last.stderr
    for number in open_rows[:8]:
        assert f"units.csv line {number}: taken for " in done.stderr, done.stderr
    check_rows(bench)
    after = bench.journal()
    for number, states in before.items():
        assert after[number] == states, f"row {number}: {states}, then {after[number]}"
    serials = set()
    for chip in bench.chips:
        chip.stop()
        serials.add(bench.holds(chip))
    given = {serial_of_line(number) for number in after if number not in before}
    assert serials == given and len(serials) == BOARDS, (serials, given)
    assert len(bench.records()) == len(records) + BOARDS + len(failed)


def races(stack):
    bench = Bench(stack, 16, 15, {})
    runs = [subprocess.Popen(bench.command("--no-go", chips=bench.chips[at:at + 4]),
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for at in range(0, 16, 4)]
    out = [run.communicate() for run in runs]
    told = "".join(text for text, _ in out).splitlines()
    assert sum("  ok      g0b1" in line for line in told) == 15, out
    assert sum("no row is left, all 15 were given to units" in line for line in told) == 1, out
    assert sorted(run.returncode for run in runs) == [0, 0, 0, 2], out
    check_rows(bench)
    assert len(bench.records()) == 16
    serials = []
    for chip in bench.chips:
        chip.stop()
        serials.append(bench.holds(chip))
    assert sorted(serial for serial in serials if serial) == [1000 + row for row in range(15)], serials


REFUSED = (
    (["PORT", "PORT"], 2, "are one port"),
    (["--all", "PORT"], 2, "--all and the port"),
    (["--loop"], 2, "--loop: only with --all"),
    (["--all", "--ask", "klipper"], 2, "--all and --ask klipper: only dfu asks over USB"),
    (["--all", "--loop", "--wait"], 2, "--wait and --loop, which waits"),
    (["PORT", "other", "--rom-port", "usb:"], 2, "--rom-port usb:: several boards"),
    (["PORT", "--set", "units.csv"], 2, "--set units.csv: no address, \"=\" and a file"),
    (["PORT", "--set", "0x1=none.csv"], 2, "none.csv cannot be read"),
    (["PORT", "--set", "0x0800F800=units.csv"], 2, "units.csv has several columns"),
    (["PORT", "--set", "0x0800F800=units.csv:remark"], 2, "units.csv has no column remark"),
    (["PORT", "--set", "0x0800F800=units.csv:key", "--set", "0x0800F80F=units.csv:serial"], 2,
     "overlap"),
    (["PORT", "--set", "0x0800F800=units.csv:key", "--set", "0x0800F80F=other.csv:serial"], 2,
     "are two files"),
    (["PORT", "--set", "0x08000100=units.csv:serial"], 2, "has other data there"),
    (["PORT", "--set", "0x20000000=units.csv:serial"], 2, "not in the flash of this chip"),
    (["PORT", "--then-protect", "--expect", "x"], 2, "--then-protect and --expect"),
    (["PORT", "--record", "."], 2, "--record: . cannot be opened: it is no file"),
)


def words(stack):
    bench = Bench(stack, 1, 2, {})
    (bench.folder / "other.csv").write_text("serial:u32\n1\n", encoding="utf-8")
    chip = bench.chips[0]
    for arguments, code, what in REFUSED:
        real = [str(chip.port) if word == "PORT" else word for word in arguments]
        done = subprocess.run([BOOTLEAP, "flash", bench.app, *real], capture_output=True, text=True,
                              check=False, cwd=bench.folder, stdin=subprocess.DEVNULL)
        assert done.returncode == code and what in done.stderr + done.stdout, (arguments, done)
    # A row that was taken for a place that has other data goes back.
    assert [states[-1] for states in bench.journal().values()] == ["free"], bench.journal()
    assert chip.is_untouched()


def protect(stack):
    bench = Bench(stack, 2, 4, {1: {"fault": "nack@protect"}})
    low = subprocess.Popen(bench.command("--then-protect", "--json"), stdout=subprocess.PIPE,
                           stderr=subprocess.DEVNULL)
    port = bench.folder / "port"
    sim = subprocess.Popen([sys.argv[4], "run", "--device", "f405", "--boot0-held", "--usart",
                            f"USART1={port}"], stdin=subprocess.DEVNULL,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    stack.callback(sim.wait)
    stack.callback(sim.terminate)
    end = time.monotonic() + 20
    while subprocess.run([BOOTLEAP, "info", port], capture_output=True, check=False).returncode:
        assert time.monotonic() < end, "the virtual chip does not answer"
    command = [BOOTLEAP, "flash", bench.app, port, "--then-protect", "--json", "--set",
               f"{SERIAL:#x}={bench.csv}:serial"]
    reports = []
    for code in (0, 5):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == code, done
        reports.append(json.loads(done.stdout)["boards"][0])
    assert reports[0]["readout_protection"] == "seen" and reports[0]["verified"], reports
    assert reports[0]["row"]["state"] == "used" and not reports[1]["verified"], reports
    assert "protection" in reports[1]["error"]["what"] + reports[1]["error"]["try"], reports
    boards = {board["port"]: board for board in json.loads(low.communicate()[0])["boards"]}
    closed, refused = (boards[str(chip.port)] for chip in bench.chips)
    assert closed["readout_protection"] == "acknowledged" and closed["exit_code"] == 0, closed
    assert "protect\n" in bench.chips[0].log.read_text(), "the fake chip was not told"
    assert refused["readout_protection"] is None and refused["exit_code"] == 5, refused
    assert refused["verified"] and refused["row"]["state"] == "used", refused
    used = [number for number, states in bench.journal().items() if states == ["taken", "used"]]
    assert len(used) == 3, bench.journal()


with ExitStack() as everything:
    {"many": many, "killed": killed, "races": races, "words": words,
     "protect": protect}[sys.argv[3]](everything)
