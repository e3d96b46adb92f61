# fault.py: a fault that stays, from one step of the protocol on, while a chip is flashed.
# SPDX-License-Identifier: MIT
#
# fault.py BOOTLEAP FAKE_ROM STEP...
# Runs the faults of these steps, several at once: each of them mostly waits.
import sys
from concurrent.futures import ThreadPoolExecutor

from fake_chip import G0B1, Chip
from firmware import elf

AT_ONCE = 8
TIMEOUT_MS = 400  # for an answer; an idle machine needs 1, a busy one now and then 100
REFUSED, FAILED, NO_DEVICE, MISMATCH = 5, 1, 3, 6
UNTOUCHED, TOUCHED = False, True


def no_ack(step, doing, part, flash):
    """Faults of an answer that is one byte."""
    yield f"silence@{step}", FAILED, flash, f"{doing}: no answer to the {part} within {TIMEOUT_MS} ms"
    yield f"wrong@{step}", FAILED, flash, f"{doing}: 0x41 as answer to the {part}, which is neither"
    yield f"close@{step}", FAILED, flash, f"{doing}: PORT is gone"


def ack(step, doing, part, flash):
    """The same, where a NACK is a fault, too: `doing` and `part` are how the tool calls them."""
    yield f"nack@{step}", REFUSED, flash, f"{doing}: NACK, the ROM refuses the {part}"
    yield from no_ack(step, doing, part, flash)


def short(step, doing, got, flash):
    return f"silence@{step}", FAILED, flash, f"{doing}: no answer within {TIMEOUT_MS} ms, {got} came"


def faults_of_identification():
    """As faults(), up to the first read."""
    sync = "sync at PORT: "
    yield "silence@sync", NO_DEVICE, UNTOUCHED, sync + "nothing answers"
    # A ROM says NACK to a sync byte when it is in sync already, so the tool goes on; this one was not.
    yield ("nack@sync", FAILED, UNTOUCHED,
           f"Get: no answer to the command within {TIMEOUT_MS} ms")
    yield "close@sync", FAILED, UNTOUCHED, sync + "the port is gone"

    yield from ack("get", "Get", "command", UNTOUCHED)
    yield from ack("get-end", "Get", "command", UNTOUCHED)
    yield short("get-data", "Get", "4 of 10 bytes of the answer", UNTOUCHED)
    yield ("wrong@get-data", FAILED, UNTOUCHED,
           f"Get: no answer within {TIMEOUT_MS} ms, 11 of 26 bytes of the answer came")
    yield "close@get-data", FAILED, UNTOUCHED, "Get: PORT is gone"

    yield from ack("id", "Get ID", "command", UNTOUCHED)
    yield from ack("id-end", "Get ID", "command", UNTOUCHED)
    yield short("id-data", "Get ID", "0 of 2 bytes of the answer", UNTOUCHED)
    yield "wrong@id-data", FAILED, UNTOUCHED, "Get ID: an id of 18 bytes, where an STM32 has 2"

    # The first read is that of the ROM's version byte, where a NACK is no fault: refused.protected.
    at = "read at 0x1FFF9FFE"
    yield from no_ack("read", at, "command", UNTOUCHED)
    yield from no_ack("read-address", at, "address", UNTOUCHED)
    yield from no_ack("read-length", at, "length", UNTOUCHED)
    yield short("read-data", at, "0 of 1 bytes of the data", UNTOUCHED)


def faults_of_flashing():
    """As faults(), from the erase on."""
    page = "erase of page 0"
    yield from ack("erase", page, "command", UNTOUCHED)
    for fault in ack("erase-list", page, "list of pages", UNTOUCHED):
        if not fault[0].startswith("silence"):  # it takes 20 s: a list may be that long
            yield fault

    at = "write at 0x08000010"  # stack pointer to HardFault are written last
    yield from ack("write", at, "command", TOUCHED)
    yield from ack("write-address", at, "address", TOUCHED)
    yield from ack("write-data", at, "data", TOUCHED)
    yield from ack("write-data:3", "write at 0x08000200", "data", TOUCHED)
    yield "close@write-half:2", FAILED, TOUCHED, "write at 0x08000100: PORT is gone"

    # Reads 3 to 6 ask for the size and the option bytes, twice each: this chip refuses them.
    at = "read at 0x08000BB8"  # whether the flash reaches as far as the file
    for step, part in (("read:7", "command"), ("read-address:3", "address"),
                       ("read-length:3", "length")):
        yield (f"nack@{step}", REFUSED, UNTOUCHED,
               "the file reaches to 0x08000BBF, and the ROM refuses to read there")
        yield from no_ack(step, at, part, UNTOUCHED)
    yield short("read-data:5", "read at 0x08000A78", "8 of 16 bytes of the data", UNTOUCHED)
    yield "close@read-data:5", FAILED, UNTOUCHED, "read at 0x08000A78: PORT is gone"
    # Data come for reads 1 and 2, of the version, 3, the end, 4 and 5, the samples; then verify.
    yield short("read-data:6", "read at 0x08000010", "120 of 240 bytes of the data", TOUCHED)
    yield "close@read-data:7", FAILED, TOUCHED, "read at 0x08000100: PORT is gone"
    yield ("wrong@read-data:4", MISMATCH, TOUCHED,
           "verify at 0x08000010: the chip has 0x60, the file 0x70")

    yield from ack("go", "go at 0x08000000", "command", TOUCHED)
    yield "nack@go-address", REFUSED, TOUCHED, "go at 0x08000000: NACK, the ROM refuses the address"
    yield "close@go-address", FAILED, TOUCHED, "go at 0x08000000: PORT is gone"
    # Nobody but an application says something else than ACK or NACK, or nothing for long.
    for fault in ("silence", "wrong"):
        yield (f"{fault}@go-address", FAILED, TOUCHED,
               "start at PORT: no answer from the application within 300 ms")


def faults():
    """KIND@STEP[:N], exit code, whether flash may have changed, part of the message."""
    yield from faults_of_identification()
    yield from faults_of_flashing()


def run(tool, fake_rom, fault, code, may_change, text):
    """What is wrong with the answer to this fault, as lines."""
    with Chip(fake_rom, G0B1, banner="ready", fault=fault) as chip:
        (chip.folder / "app.elf").write_bytes(elf())
        done = chip.run(tool, "flash", chip.folder / "app.elf", chip.port, "--timeout",
                        str(TIMEOUT_MS), "--start-wait", "300")
        message = f"bootleap: flash: {text.replace('PORT', str(chip.port))}"
        if done.returncode != code:
            yield f"exit code {done.returncode} instead of {code}"
        if done.stderr.count("\n") != 1 or message not in done.stderr:
            yield f"stderr is {done.stderr!r} and lacks {message!r}"
        if not may_change and not chip.is_untouched():
            yield "the flash has changed, or the chip was told to erase or write"


def step_of(fault):
    """`read:2` and `write-half:2` belong to read and write."""
    return fault.split("@")[1].split("-")[0].split(":")[0]


def main():
    tool, fake_rom, *steps = sys.argv[1:]
    chosen = [fault for fault in faults() if step_of(fault[0]) in steps]
    findings = 0
    with ThreadPoolExecutor(AT_ONCE) as pool:
        results = pool.map(lambda fault: list(run(tool, fake_rom, *fault)), chosen)
        for fault, wrong in zip(chosen, results):
            print(fault[0], *(wrong or ["as wanted"]), sep="\n    " if wrong else ": ")
            findings += len(wrong)
    print(f"{len(chosen)} faults, {findings} findings")
    return 1 if findings or not chosen else 0


sys.exit(main())
