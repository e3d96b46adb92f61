# options.py: option bytes over a serial line, on a virtual chip of each way in which they are kept.
# SPDX-License-Identifier: MIT
"""options.py SIM BOOTLEAP SLUG:NAME=VALUE:LOSS...

Each chip: without LOSS (an option, or nothing) the write is refused and changes nothing, with it it
works, and the line that it prints takes it back. Those with `protect` behind it: pages, then readout.
"""
import json
import struct
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PATIENCE = 20


class Wrong(Exception):
    """Something is not as it must be."""


def equal(found, wanted, what):
    if found != wanted:
        raise Wrong(f"{what}: {found!r}, not {wanted!r}")


class Chip:
    """BOOT0 is held: each reset starts the ROM."""

    def __init__(self, sim, bootleap, slug, folder):
        self.port, self.bootleap = Path(folder, "port"), bootleap
        self.running = subprocess.Popen(
            [sim, "run", "--device", slug, "--boot0-held", "--usart", f"USART1={self.port}"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + PATIENCE
        while self.type("info", self.port)[0] == 3 and time.monotonic() < end:
            time.sleep(0.05)

    def type(self, *words):
        done = subprocess.run([self.bootleap, *map(str, words), "--json"], capture_output=True,
                              text=True, timeout=PATIENCE, check=False, stdin=subprocess.DEVNULL)
        return done.returncode, json.loads(done.stdout)

    def run(self, code, *words):
        """What it reports, after this exit code."""
        found, report = self.type(*words)
        equal(found, code, f"{words}: {report['error']}: exit code")
        return report

    def value(self, name):
        return self.run(0, "option", "read", self.port, name)["options"][0]["value"]

    def end(self):
        self.running.terminate()
        self.running.wait(PATIENCE)


def change(chip, name, value, loss):
    before = chip.value(name)
    if loss:
        refused = chip.run(5, "option", "write", chip.port, f"{name}={value}")
        equal(refused["error"]["try"].split(",")[0], loss, "what it says to try")
        equal(chip.value(name), before, f"{name} after a refusal")
    allowed = [loss] if loss else []
    written = chip.run(0, "option", "write", chip.port, f"{name}={value}", *allowed)
    equal(chip.value(name), int(value, 0), f"{name} after the write")
    chip.run(0, *written["undo"][0].split()[1:])
    equal(chip.value(name), before, f"{name} after the undo")
    equal(chip.run(0, "option", "write", chip.port, f"{name}={before}")["changes"], [], "changes")


def flash(chip, code, last):
    """An image with this last byte, and where it is flashed."""
    image = chip.port.with_name("image.bin")
    image.write_bytes(struct.pack("<II", 0x20001000, 0x08000101) + bytes(499) + bytes([last]))
    chip.run(code, "flash", image, chip.port, "--address", "0x08000000", "--no-go")


def protect(chip):
    flash(chip, 0, 1)
    pages = chip.run(0, "protect", chip.port, "--write", "0x08000000+1")["write_protected"]
    equal(pages[0]["start"], "0x08000000", "the first page")
    flash(chip, 5, 2)
    both = chip.run(0, "protect", chip.port, "--write", "0x08008000+1", "--readout")
    equal(both["readout_protection"].split(":")[0], "on", "readout protection")
    equal("unprotect" in both["undo"][0], True, "what is to be undone first")
    chip.run(5, "unprotect", chip.port)
    chip.run(5, "option", "write", chip.port, "RDP=0xAA", "--erase-all-flash")
    chip.run(5, "option", "read", chip.port)
    opened = chip.run(0, "unprotect", chip.port, "--erase-all-flash")
    equal(opened["readout_protection"], "level 0", "readout protection")
    equal((opened["flash_erased"], opened["write_protected"]), (True, []), "flash erased, pages")
    forever = chip.run(5, "option", "write", chip.port, "RDP=0xCC", "--lose-reading-flash")
    equal(forever["error"]["try"].split(",")[0], "--lock-chip-forever", "level 2")


def one(sim, bootleap, case):
    slug, field, *more = case.split(":")
    with tempfile.TemporaryDirectory() as folder:
        chip = Chip(sim, bootleap, slug, folder)
        try:
            change(chip, *field.split("="), more[0])
            if more[1:]:
                protect(chip)
        finally:
            chip.end()


def main(sim, bootleap, *cases):
    failed = []
    with ThreadPoolExecutor(8) as pool:
        for case, done in [(case, pool.submit(one, sim, bootleap, case)) for case in cases]:
            try:
                done.result()
            except Wrong as error:
                failed.append(f"{case}: {error}")
    print("\n".join(failed) or f"{len(cases)} chips")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
