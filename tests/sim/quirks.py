# quirks.py: versions of ROMs answer a host as AN2606 says that they do, where AN3155 says otherwise.
# SPDX-License-Identifier: MIT
#
# quirks.py SIM
import json
import os
import select
import subprocess
import sys
import tempfile
import time

RDP = ("--option", "rdp-level-1")
NOWHERE = b"\x60\x00\x00\x00\x60"
READ, WRITE, GO, VERSION = b"\x11\xee", b"\x31\xce", b"\x21\xde", b"\x01\xfe"
# Device, version, options; what is sent in turn behind 0x7F; the answers, that to 0x7F first.
CASES = (
    ("l41", "V13.1", (), (), "7979"),
    ("l43", "V9.1", (), (), "79"),
    ("f405", "V3.1", RDP, (READ, WRITE, GO), "79 1f1f 1f1f 1f"),
    ("f405", "V9.0", RDP, (READ,), "79 1f1f"),
    ("f405", "V9.1", RDP, (READ, WRITE), "79 1f 1f"),
    ("f405", "V9.0", (), (READ, b"\x1f\xff\x77\xde\x49", b"\x00\xff"), "79 79 79 7990"),
    ("f03", "V1.0", RDP, (WRITE,), "79 1f1f"),
    ("h743", "V9.0", (), (GO,), "79 -"),
    ("h743", "V9.1", (), (GO,), "79 79"),
    ("f2", "V2.0", (), (READ, NOWHERE, b"\x02\xfd"), "79 79 - 7901041179"),
    ("f2", "V3.3", (), (READ, NOWHERE), "79 79 1f"),
    ("f405", "V3.0", (), (WRITE, NOWHERE), "79 79 -"),
    ("l1xb", "V2.0", (), (READ, NOWHERE), "79 79 -"),
    ("f105", "V2.0", (), (VERSION,), "79 7920000079"),
    ("f105", "V2.2", (), (VERSION,), "79 7922000079"),
)


def read(line, patience):
    got = b""
    while select.select([line], [], [], patience)[0]:
        got += os.read(line, 64)
        patience = 0.1
    return got


def connect(line, patience):
    for _ in range(40):  # what comes before it listens is lost
        os.write(line, b"\x7f")
        got = read(line, patience)
        if got:
            return got
    return b""


def talk(device, version, options, sent, folder, patience):
    """The answers, and what the run says of the ROM's behaviour."""
    link = os.path.join(folder, "line")
    command = [sys.argv[1], "run", "--device", device, "--boot0", "--rom-version", version]
    command += ["--json", "--usart", f"USART1={link}", *options]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    while not os.path.exists(link) and run.poll() is None:
        time.sleep(0.01)
    line = os.open(link, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    answers = [connect(line, patience)]
    for one in sent:
        os.write(line, one)
        answers.append(read(line, patience))
    run.terminate()
    behaviour = json.loads(run.communicate()[0])["behaviour"]
    os.close(line)
    return " ".join(answer.hex() or "-" for answer in answers), behaviour


def main():
    failures = 0
    for device, version, options, sent, wanted in CASES:
        for patience in (0.2, 2):  # a busy machine answers late, and a silence is none then
            with tempfile.TemporaryDirectory() as folder:
                got, behaviour = talk(device, version, options, sent, folder, patience)
            if got == wanted:
                break
        said = [one["what"] for one in behaviour]
        print(device, version, got, said)
        failures += got != wanted
    return failures


sys.exit(main())
