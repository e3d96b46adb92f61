# chips.py: fake and virtual chips on ports of their own, for tests in Python.
# SPDX-License-Identifier: MIT
import os
import subprocess
import time
from contextlib import contextmanager

G0B1 = ("product=0x467", "id=0x92", "id-at=0x1FFF9FFE", "pages=128x2048@0,128x2048@256", "unit=8",
        "bank2=256")
UNKNOWN = ("product=0x999", "id=0x92", "id-at=0x1FFF9FFE", "pages=128x2048@0")


@contextmanager
def running(command, port):
    """The port, when the program has made it."""
    with open(f"{port}.said", "wb") as said, subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=said, stderr=said) as chip:
        try:
            end = time.monotonic() + 10
            while not os.path.lexists(port) and time.monotonic() < end and chip.poll() is None:
                time.sleep(0.005)
            yield port
        finally:
            chip.terminate()


def fake_chip(program, port, *keys):
    """A chip of tests/cli/fake_rom.c."""
    return running([program, port, f"log={port}.log", *keys], port)


def virtual_chip(program, port, usart, *options):
    """A chip of the simulator that is held in its ROM."""
    return running([program, "run", "--device", *options, "--boot0", "--usart", f"{usart}={port}"], port)
