# memory_verbs.py: read, verify, erase and reset on virtual chips with different flash.
# SPDX-License-Identifier: MIT
#
# memory_verbs.py SIM BOOTLEAP ELF   ELF: an example for a NUCLEO-G0B1RE
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

from asked import START, wait_for_rom

BYTES = random.Random(18).randbytes(0x1800)
# Device; a range in its flash that is whole pages, and how many; what an erased byte is.
CHIPS = (
    (("g0b1",), (0x1000, 0x1000), 2, 0xFF),
    (("f405", "--flash-size", "512"), (0x4000, 0x8000), 2, 0xFF),
    (("l07", "--flash-size", "64"), (0x1000, 0x400), 8, 0x00),
    (("f10medium", "--flash-size", "64"), (0x400, 0x800), 2, 0xFF),
)


class Chip:
    """One virtual chip, in its ROM, and the tool."""

    def __init__(self, tool, folder, erased):
        self.tool, self.folder, self.findings = tool, folder, []
        self.posix = not tool.endswith(".sh")  # bootleap.exe: no signals, no files that are devices
        self.port = os.path.join(folder, "port")
        self.flash = bytearray([erased]) * 0x10000
        self.erased = erased

    def path(self, name, content=None):
        path = os.path.join(self.folder, name)
        if content is not None:
            with open(path, "wb") as file:
                file.write(content)
        return path

    def run(self, code, *arguments, says=""):
        done = subprocess.run([self.tool, *arguments], capture_output=True, check=False)
        text = (done.stdout + done.stderr).decode(errors="replace")
        if done.returncode != code or says not in text:
            self.findings.append(f"{arguments}: {done.returncode} for {code}, {says!r}: {text}")
        return done.stdout

    def written(self, offset, content):
        self.flash[offset:offset + len(content)] = content

    def read_is_right(self, name, offset, size):
        self.run(0, "read", self.path(name), self.port, "--range", f"{START + offset:#x}+{size}",
                 "--overwrite", says=f": {size} bytes from 0x{START + offset:08X}")
        with open(self.path(name), "rb") as file:
            return file.read()


def fill(chip):
    """Some bytes at the start of flash, of which nobody says that they are an application."""
    image = chip.path("image.bin", BYTES)
    chip.run(0, "flash", image, chip.port, "--address", f"{START:#x}", "--force", "--no-go")
    chip.written(0, BYTES)
    return image


def reading(chip, image):
    wanted = bytes(chip.flash[0x123:0x123 + 0x800])
    if chip.read_is_right("a.bin", 0x123, 0x800) != wanted:
        chip.findings.append("read: raw bytes are others")
    for name in ("a.hex", "a.s19"):
        chip.read_is_right(name, 0x100, 0x700)
        chip.run(0, "verify", chip.path(name), chip.port, "--force", says="1792 bytes, all equal")
    if chip.run(0, "read", "-", chip.port, "--range", f"{START}+16") != bytes(chip.flash[:16]):
        chip.findings.append("read -: other bytes")
    chip.run(2, "read", image, chip.port, says="it is there already. Try: another name, or --overwrite")
    chip.run(2, "read", chip.path("none"), chip.port, "--range", "0x08000000",
             says='not an address, "+" and a length')
    chip.run(2, "read", chip.path("none"), chip.port, "--range", "0+4", "--range", "8+4",
             says="--range: it is there twice")
    chip.run(5, "read", chip.path("none"), chip.port, "--range", "0xA0000000+4", says="refuse")
    if os.path.exists(chip.path("none")) or os.path.exists(chip.path("none.part")):
        chip.findings.append("read: a file is there that should not be")


def refusing_places(chip):
    """What is there already is nobody's to replace, and a bad place is told before the chip is read."""
    mine = chip.path("mine.part", b"mine")
    os.symlink("/dev/full", chip.path("full"))
    chip.run(2, "read", chip.path("mine"), chip.port, says="mine.part: it is there already")
    if chip.posix:
        chip.run(2, "read", chip.path("full"), chip.port, "--overwrite", says="full: a device, not a file")
        chip.run(2, "read", chip.port, chip.path("none"),
                 says="port: a device, not a file. Try: bootleap read")
    chip.run(2, "read", chip.folder, chip.port, "--overwrite", says="a folder, not a file")
    chip.run(1, "read", chip.path("no/where"), chip.path("no-port"), says="No such file or directory")
    with open(mine, "rb") as file:
        if file.read() != b"mine" or not os.path.islink(chip.path("full")):
            chip.findings.append("read: something was replaced")


def has_open(pid, port):
    """Whether this process has the port open."""
    files = f"/proc/{pid}/fd"
    try:
        return any(os.path.realpath(port) == os.readlink(os.path.join(files, name))
                   for name in os.listdir(files))
    except OSError:  # it has ended, or closed a file in between
        return False


def interrupting(chip):
    """Ctrl-C, also while the ROM is looked for, leaves a ROM that answers, and no file."""
    for verb in (("read", chip.path("cut.bin")), ("erase", "--pages", "0"), ("info",)):
        for delay in (0, 0.01, 0.03):
            one = subprocess.Popen([chip.tool, *verb, chip.port], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
            while one.poll() is None and not has_open(one.pid, chip.port):
                time.sleep(0.001)  # its start takes as long as the machine likes
            time.sleep(delay)
            one.send_signal(signal.SIGTERM)  # a test may have been started with SIGINT ignored
            if one.wait() < 0:
                chip.findings.append(f"{verb} after {delay} s: ended by the signal")
            chip.run(0, "info", chip.port, says="product")
            if os.path.exists(chip.path("cut.bin.part")):
                chip.findings.append(f"{verb} after {delay} s: a part is left")
            if os.path.exists(chip.path("cut.bin")):
                os.remove(chip.path("cut.bin"))


def verifying(chip, image):
    chip.run(0, "verify", image, chip.port, "--force", "--address", f"{START:#x}", says="all equal")
    other = bytearray(BYTES)
    other[0x777] ^= 4
    other[0x1780] ^= 1
    path = chip.path("other.bin", other)
    told = json.loads(chip.run(6, "verify", path, chip.port, "--force", "--json", "--address",
                               f"{START:#x}", says="2 of 6144 bytes differ"))
    if told["first_difference"] != "0x08000777" or told["bytes_differ"] != 2:
        chip.findings.append(f"verify: {told}")


def erasing(chip, pages, count):
    offset, size = pages
    both = f"{START + offset:#x}+{size:#x}"
    chip.run(2, "erase", chip.port, says="say what is to be erased, in one way")
    chip.run(2, "erase", chip.port, "--all", "--range", both, says="in one way")
    chip.run(2, "erase", chip.port, "--range", f"{START + offset + 4:#x}+{size - 8:#x}",
             says=f"no whole pages; those that they touch are 0x{START + offset:08X} to "
                  f"0x{START + offset + size - 1:08X}. Try: --whole-pages")
    chip.run(2, "erase", chip.port, "--range", "0x20000000+0x100", says="not in the flash of this chip")
    chip.run(2, "erase", chip.port, "--pages", "9-8", says="--pages 8, or --pages 8-15")
    chip.run(2, "erase", chip.port, "--pages", "60000", says="no such pages. Try: pages 0-")
    chip.run(2, "erase", chip.port, "--pages", "-1", says="--pages 8, or --pages 8-15")
    told = json.loads(chip.run(0, "erase", chip.port, "--whole-pages", "--json", "--range",
                               f"{START + offset + 4:#x}+{size - 8:#x}"))
    if (told["pages_erased"], told["verified"], told["bytes"]) != (count, True, size):
        chip.findings.append(f"erase: {told}")
    chip.written(offset, bytes([chip.erased]) * size)
    chip.run(0, "erase", chip.port, "--pages", "0", "--no-check", says="1 page, not read back")
    chip.written(0, bytes([chip.erased]) * (size // count))


def run(simulator, tool, chip, pages, count, erased):
    """What is wrong with what the verbs say and do."""
    with tempfile.TemporaryDirectory() as folder:
        one = Chip(tool, folder, erased)
        command = [simulator, "run", "--device", *chip, "--boot0", "--usart", f"USART1={one.port}"]
        running = subprocess.Popen([*command, "--flash", one.path("dump")],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not os.path.exists(one.port) and running.poll() is None:
            time.sleep(0.005)
        wait_for_rom(one.port)
        image = fill(one)
        reading(one, image)
        refusing_places(one)
        verifying(one, image)
        erasing(one, pages, count)
        if chip[0] == "g0b1":
            if one.posix:
                interrupting(one)
            one.run(0, "erase", one.port, "--pages", "0")
        running.terminate()
        running.wait()
        with open(one.path("dump"), "rb") as file:
            flash = file.read(len(one.flash))
        if flash != bytes(one.flash):
            at = next(i for i, byte in enumerate(flash) if byte != one.flash[i])
            one.findings.append(f"flash at 0x{at:X} is 0x{flash[at]:02X}, not 0x{one.flash[at]:02X}")
    return [f"{chip[0]}: {finding}" for finding in one.findings]


def reset(simulator, tool, elf):
    """The application is asked, its chip is reset by code in RAM, and it starts again."""
    with tempfile.TemporaryDirectory() as folder:
        one = Chip(tool, folder, 0xFF)
        running = subprocess.Popen([simulator, "run", elf, "--device", "g0b1", "--usart",
                                    f"USART2={one.port}"], stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL, text=True)
        while not os.path.exists(one.port) and running.poll() is None:
            time.sleep(0.005)
        one.run(0, "reset", one.port, "--expect", "version 1",
                says="application started: bootleap example on NUCLEO-G0B1RE, version 1")
        one.run(0, "read", one.path("a.bin"), one.port, "--range", f"{START}+64", says="64 bytes")
        one.run(0, "enter", one.port, says="answers on")  # read has started the application again
        running.terminate()
        judged = running.communicate()[0]
        if "after a reset" not in judged:
            one.findings.append(f"the simulator saw no reset: {judged}")
    return one.findings


def main(simulator, tool, elf):
    with ThreadPoolExecutor() as pool:
        resets = pool.submit(reset, simulator, tool, elf)
        answers = pool.map(lambda case: run(simulator, tool, *case), CHIPS)
    findings = resets.result() + [finding for answer in answers for finding in answer]
    print("\n".join(findings))
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
