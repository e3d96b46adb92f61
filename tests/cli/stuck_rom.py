# stuck_rom.py: verbs that write nothing leave flash alone where a ROM waits for the rest of a frame.
# SPDX-License-Identifier: MIT
#
# stuck_rom.py SIM BOOTLEAP write|erase others|flash
# A ROM in the middle of Write or Erase takes each byte for a part of the frame, and a row of the
# sync byte 0x7F is a frame that is right: 128 bytes, or 128 pages, and their checksum 0x7F.
# `flash` writes anyway, and frees the ROM so.
import json
import os
import select
import subprocess
import sys
import tempfile
import time

from firmware import DEFAULTS, content, elf

ACK, NACK = b"\x79", b"\x1f"
ERASE, WRITE = b"\x43\xbc", b"\x31\xce"


def address_frame(address):
    frame = address.to_bytes(4, "big")
    return frame + bytes([frame[0] ^ frame[1] ^ frame[2] ^ frame[3]])


LAST_PAGE = 0x400  # from the end of flash on
# Device, bytes of flash, what lies in its last page, what the host sends before it is gone.
CASES = {
    "write": ("g0b1", 0x80000, b"", (WRITE, address_frame(0x08000800))),
    "erase": ("f10medium", 0x20000, b"kept", (ERASE,)),
}
VERBS = ("info", "go", "enter")


class Host:
    """A host that talks AN3155, and is gone when close() is called."""

    def __init__(self, port):
        self.line = os.open(port, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        for count in range(100):  # what comes before the ROM listens is lost
            os.write(self.line, b"\x7f")
            answer = self.answer(0.3)
            # After several bytes, only a NACK says that none of them is half a command.
            if answer == NACK or (answer == ACK and count == 0):
                return
        sys.exit("the virtual ROM does not answer")

    def answer(self, seconds):
        return os.read(self.line, 1) if select.select([self.line], [], [], seconds)[0] else b""

    def send(self, frame):
        os.write(self.line, frame)
        if self.answer(10) != ACK:
            sys.exit(f"no ACK for {frame.hex()}")

    def write(self, address, data):
        self.send(WRITE)
        self.send(address_frame(address))
        frame = bytes([len(data) - 1]) + data
        checksum = 0
        for byte in frame:
            checksum ^= byte
        self.send(frame + bytes([checksum]))

    def close(self):
        os.close(self.line)


def run_verbs(tool, port, device):
    """Runs them one after the other, so that their bytes add up; returns what is wrong."""
    findings = []
    for verb in VERBS:
        done = subprocess.run([tool, verb, port], capture_output=True, text=True, check=False)
        print(done.stdout, done.stderr, end="")
        if done.returncode != 3:
            findings.append(f"{verb}: exit code {done.returncode} instead of 3")
        for text in (f"bootleap: {verb}: sync at {port}: nothing answers. Try: ",
                     "reset the chip and start its ROM", "--recover"):
            if text not in done.stderr:
                findings.append(f"{verb}: the message lacks: {text}")
    return findings


def flash_file(tool, port, device):
    """Flashes the firmware of elf(); returns what is wrong."""
    path = f"{port}.elf"
    with open(path, "wb") as file:
        file.write(elf())
    command = [tool, "flash", path, port, "--device", device, "--no-go", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    print(done.stdout, done.stderr, end="")
    return [] if done.returncode == 0 and json.loads(done.stdout)["verified"] else ["not flashed"]


def run(simulator, tool, case, act):
    """What is wrong with what `act` does, and the flash afterwards."""
    device, size, last, sent = case
    with tempfile.TemporaryDirectory() as folder:
        port, dump = os.path.join(folder, "port"), os.path.join(folder, "flash")
        command = [simulator, "run", "--device", device, "--boot0", "--usart", f"USART1={port}"]
        chip = subprocess.Popen([*command, "--flash", dump], stdout=subprocess.DEVNULL)
        while not os.path.exists(port) and chip.poll() is None:
            time.sleep(0.01)
        host = Host(port)
        if last:
            host.write(0x08000000 + size - LAST_PAGE, last)
        for frame in sent:
            host.send(frame)
        host.close()
        findings = act(tool, port, device)
        chip.terminate()
        chip.wait()
        with open(dump, "rb") as file:
            return findings, file.read()


def unchanged(case, flash):
    """What is wrong with flash that must be as the host left it."""
    _, size, last, _ = case
    before = bytearray(b"\xff" * size)
    before[size - LAST_PAGE : size - LAST_PAGE + len(last)] = last
    changed = [i for i in range(size) if flash[i] != before[i]]
    if changed:
        return [f"{len(changed)} bytes of flash changed, the first at offset 0x{changed[0]:X}"]
    return [] if len(flash) == size else [f"{len(flash)} bytes of flash"]


def main():
    simulator, tool, frame, verbs = sys.argv[1:]
    case = CASES[frame]
    findings, flash = run(simulator, tool, case, flash_file if verbs == "flash" else run_verbs)
    if verbs == "flash":
        findings += [] if flash.startswith(content(DEFAULTS)) else ["the file is not in flash"]
    else:
        findings += unchanged(case, flash)
    print(*findings, f"{len(flash)} bytes of flash looked at", sep="\n")
    return 1 if findings else 0


sys.exit(main())
