# modem_lines.py: a board whose BOOT0 and NRST hang on DTR and RTS, with a virtual STM32 on it.
# SPDX-License-Identifier: MIT
#
# modem_lines.py SIM BOOTLEAP SHIM
# While NRST is low there is no chip. When it rises, BOOT0 decides: the ROM, which is a virtual chip
# started with BOOT0 high, or an application, which is nobody who answers.
import os
import select
import socket
import subprocess
import sys
import tempfile
import threading
import time
import tty
from pathlib import Path

from firmware import DEFAULTS, content, elf

SIM, TOOL, SHIM = sys.argv[1:]
DEVICE = "f405"


class Board:
    """DTR# at NRST, RTS# at BOOT0: both pins are low while their line is asserted."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.master, self.slave = os.openpty()
        self.port = os.ttyname(self.slave)
        self.log = []
        self.chip = self.line = None
        self.flash = self.folder / "flash"
        self.control = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.control.bind(str(self.folder / "board"))
        self.control.listen()
        self.nrst = True
        tty.setraw(self.slave)
        os.set_blocking(self.master, False)
        threading.Thread(target=self.serve, daemon=True).start()

    def stop_chip(self):
        if self.line:
            os.close(self.line)
        if self.chip:
            self.chip.terminate()
            self.chip.wait()
        self.chip = self.line = None

    def start_rom(self):
        link = self.folder / "usart"
        link.unlink(missing_ok=True)
        self.chip = subprocess.Popen(
            [SIM, "run", "--device", DEVICE, "--boot0", "--usart", f"USART1={link}",
             "--flash", self.flash], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not link.is_symlink():
            time.sleep(0.002)
        self.line = os.open(link, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)

    def obey(self, dtr, rts):
        nrst, boot0 = not dtr, not rts
        if self.nrst and not nrst:
            self.stop_chip()
            self.log.append("reset")
        elif nrst and not self.nrst:
            self.log.append("ROM" if boot0 else "application")
            if boot0:
                self.start_rom()
        self.nrst = nrst

    def carry(self, end):
        """Bytes that have come at this end go to the other one."""
        data = b""
        try:
            data = os.read(end, 4096)
            if self.line:
                os.write(self.line if end == self.master else self.master, data)
        except OSError:  # the run of the chip is over: what was started in flash is no program
            if end == self.line or data:
                os.close(self.line)
                self.line = None

    def serve(self):
        """Carries bytes between the port and the chip, and obeys DTR and RTS."""
        tool = None
        while True:
            waits = [self.master, self.control] + [end for end in (tool, self.line) if end]
            ready = select.select(waits, [], [])[0]
            if tool in ready:
                lines = tool.recv(2)
                if lines:
                    self.obey(*(line == ord("1") for line in lines))
                    tool.send(b"!")
                else:
                    tool.close()
                    tool = None
            elif self.control in ready:
                tool = self.control.accept()[0]
                self.nrst = True  # what the last one has left
            else:
                for end in ready:
                    self.carry(end)

    def run(self, code, *arguments):
        """Runs the tool on this board, and returns what happened to the chip and what it says."""
        self.log = []
        environment = os.environ | {"LD_PRELOAD": SHIM, "MODEM_BOARD": str(self.folder / "board"),
                                    "ASAN_OPTIONS": "verify_asan_link_order=0"}
        done = subprocess.run([TOOL, *arguments], capture_output=True, text=True, check=False,
                              env=environment, stdin=subprocess.DEVNULL)
        print(" ".join(map(str, arguments)), "->", self.log, done.stdout, done.stderr)
        if done.returncode != code:
            sys.exit(f"exit code {done.returncode} instead of {code}")
        return self.log, done.stdout + done.stderr


def check(is_so, what):
    if not is_so:
        sys.exit(what)


def enters_and_leaves(board):
    log, said = board.run(0, "info", board.port, "--dtr-rts", "stm32loader")
    check(log == ["reset", "ROM", "reset", "application"], "info does not reset into ROM and back")
    check("0x413" in said, "info does not say which chip it is")


def stays_where_it_is_told_to(board):
    log, _ = board.run(0, "enter", board.port, "--dtr-rts", "rts=0,dtr=1,50ms,dtr=0:rts=1")
    check(log == ["reset", "ROM"], "enter leaves the ROM again")


def flashes(board):
    file = board.folder / "app.elf"
    file.write_bytes(elf())
    log, _ = board.run(0, "flash", str(file), board.port, "--dtr-rts", "stm32loader",
                       "--start-wait", "0")
    check(log == ["reset", "ROM", "reset", "application"], "flash does not reset twice")
    check(board.flash.read_bytes().startswith(content(DEFAULTS)), "the file is not in flash")


def says_that_the_circuit_is_another(board):
    log, said = board.run(3, "info", board.port, "--dtr-rts", "rts=1,dtr=1,10ms,dtr=0")
    check(log == ["reset", "application"], "the ROM starts, or nothing does")
    check("--dtr-rts for the circuit of this board" in said, "info does not say what to try")


with tempfile.TemporaryDirectory() as folder:
    board = Board(folder)
    for act in (enters_and_leaves, stays_where_it_is_told_to, flashes,
                says_that_the_circuit_is_another):
        act(board)
    board.stop_chip()
