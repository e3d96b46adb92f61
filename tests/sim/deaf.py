# deaf.py: on real lines, a ROM does not answer on an interface that it cannot find.
# SPDX-License-Identifier: MIT
#
# deaf.py SIM
import os
import select
import subprocess
import sys
import tempfile
import time

ACK = b"\x79"


def answers(folder, *options):
    """What the ROM answers to 0x7F on USART1, then on USART2."""
    links = [os.path.join(folder, name) for name in ("one", "two")]
    command = [sys.argv[1], "run", "--device", "f105", "--boot0", "--rom-version", "V1.0", *options]
    command += ["--usart", f"USART1={links[0]}", "--usart", f"USART2={links[1]}"]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    got = []
    try:
        for link in links:
            while not os.path.exists(link):
                time.sleep(0.01)
            got.append(answer(link))
    finally:
        run.terminate()
        run.wait()
    return got


def answer(link):
    line = os.open(link, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    try:
        for _ in range(20):  # what comes before it listens is lost
            os.write(line, b"\x7f")
            if select.select([line], [], [], 0.1)[0]:
                return os.read(line, 1)
    finally:
        os.close(line)
    return b""


def main():
    failures = 0
    cases = (
        ((), [ACK]),
        (("--tie", "PD6=0"), [b"", ACK]),
        (("--tie", "PB5=0"), [b"", b""]),
        (("--noise-on", "CAN2"), [b"", b""]),
    )
    for options, wanted in cases:
        with tempfile.TemporaryDirectory() as folder:
            got = answers(folder, *options)
        print(" ".join(options) or "quiet", got)
        failures += got[: len(wanted)] != wanted
    return failures


sys.exit(main())
