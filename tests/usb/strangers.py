# strangers.py: Debian's dfu-util on the virtual board's ROM, as a USB device of this machine.
# SPDX-License-Identifier: MIT
"""strangers.py SIM BOOTLEAP STAGE FOLDER CASE:ROW...   FOLDER is build/matrix/gcc-Os"""
import re
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from usb_rows import usb_rows
from virtual_board import Board, Wrong, on_stage


BYTES = 8192


def check(holds, what):
    if not holds:
        raise Wrong(what)


class Case:
    """One board with what its row is flashed with; `version` of its ROM, or ""."""

    def __init__(self, programs, row, version):
        self.sim, self.bootleap, self.stage = programs
        self.row = row
        self.options = ["--rom-version", version] if version else []
        self.folder = tempfile.TemporaryDirectory()
        self.image = Path(self.folder.name, "image.bin")
        self.bytes = self.row.image[:BYTES]
        self.image.write_bytes(self.bytes)
        self.back = Path(self.folder.name, "back.bin")

    def board(self, *options):
        return Board(self.sim, self.row.elf, "--device", self.row.slug, "--flash",
                     Path(self.folder.name, "flash"), *self.options, *options)

    def dfu_util(self, board, *arguments, ready=1, code=0):
        done = on_stage(self.stage, [board], "dfu-util", *arguments, ready=ready)
        check(done.code == code, f"dfu-util {arguments}: {done.code}: {done.out}{done.err}")
        return done.out

    def address(self, *words):
        return ":".join((f"{self.row.start:#x}", *words))


def listed(case):
    """Each alternate setting with the name that the device table gives it, and the serial number."""
    with case.board("--boot0") as board:
        out = case.dfu_util(board, "-l")
    found = re.findall(r'^Found DFU: \[0483:df11\].* path="1-1", alt=(\d+), name="(@[^"]+)",'
                       r' serial="([0-9A-F]{12})"$', out, re.M)
    check(found and any(name.startswith("@Internal Flash") for _, name, _ in found), out)
    check({serial for _, _, serial in found} == {found[0][2]}, out)
    check(sorted(int(alt) for alt, _, _ in found) == list(range(len(found))), out)


def round_trip(case):
    """Down, up and equal; then leave: the application runs, clean, from a reset."""
    row = case.row
    with case.board(*(("--usb-device", "dfu") if row.enters else ("--boot0",))) as board:
        if row.enters:
            asked = on_stage(case.stage, [board], case.bootleap, "enter", "usb:1-1")
            check(asked.code == 0, asked.err)
        case.dfu_util(board, "-a", "0", "-s", case.address(), "-D", case.image)
        case.dfu_util(board, "-a", "0", "-s", case.address(str(len(case.bytes))), "-U", case.back)
        check(case.back.read_bytes() == case.bytes, "what comes up is not what went down")
        case.dfu_util(board, "-a", "0", "-s", case.address("leave"), "-D", case.image,
                      code=74 if row.leaves_first else 0)
        check(board.await_events("go", 1), "no leave")
        check(not row.enters or board.await_events("start", 3), "no application")
    check(not row.enters or not board.came_back(), board.came_back())
    check(board.flash[:len(case.bytes)] == case.bytes, "flash holds something else")


def waits(case):
    """dfu-util -w waits for a ROM that is not there yet: another one asks the application
    meanwhile, it leaves, and the ROM comes with a new number. umockdev knows who listens to udev's
    events by the number of their file, so the two programs must have different ones."""
    others = " ".join(f"{number}</dev/null" for number in range(3, 30))
    with case.board("--usb-device", "dfu") as board:
        script = (f'dfu-util -w -d 0483:df11 -a 0 -s {case.address("leave")} -D {case.image} & '
                  f'waits=$!; sleep 0.2; dfu-util -e -d 1209:0001 {others} >{case.back}; wait $waits')
        done = on_stage(case.stage, [board], "bash", "-c", script)
        check(done.code == 0 and "Waiting for device" in done.out, done.out + done.err)
        check(board.await_events("go", 1) and board.await_events("start", 3), "no application")
    check(not board.came_back(), board.came_back())
    check(" detach " in done.log and re.search(r"^\d+: 1\.3 leave ", done.log, re.M), done.log)


def waits_for_ours(case):
    """bootleap wait finds the ROM of an application that another one asks meanwhile; flash --wait then
    finds what is there already, and says nothing of a wait."""
    others = " ".join(f"{number}</dev/null" for number in range(3, 30))
    with case.board("--usb-device", "dfu") as board:
        script = (f'{case.bootleap} wait usb:1-1 --limit 30 & waits=$!; sleep 0.5; '
                  f'{case.bootleap} enter usb:1-1 {others} >{case.back}; wait $waits && '
                  f'{case.bootleap} flash {case.image} usb:1-1 --wait=30 --address {case.row.start:#x}'
                  ' --start-wait 0 --force')
        done = on_stage(case.stage, [board], "bash", "-c", script)
        check(done.code == 0 and re.search(r"^ROM V?[0-9.]+ of .* answers on usb:1-1$", done.out, re.M),
              done.out + done.err)
        check(done.err.count("waiting for") == 1 and "at most 30 s" in done.err, done.err)
    check(board.flash[:len(case.bytes)] == case.bytes, "flash holds something else")


def list_of_ours(case):
    """bootleap list names it, and info tells the same serial number."""
    with case.board("--boot0") as board:
        done = on_stage(case.stage, [board], case.bootleap, "list")
        check(done.code == 0 and re.search(r"^usb:1-1 +0483:DF11 ", done.out, re.M), done.out + done.err)


def smaller(case):
    """A chip with less flash than its ROM tells keeps what it has, if the file is too large. `info`
    tells what the chip has."""
    with case.board("--boot0", "--flash-size", "512", "--worst") as board:
        done = on_stage(case.stage, [board], case.bootleap, "info", "usb:")
        check("0x0807FFFF, 512 KB in 1 bank" in done.out, done.out)
    for full in ((), ("--full",)):
        with case.board("--boot0", "--flash-size", "512", "--worst") as board:
            case.image.write_bytes(case.bytes.ljust(512 * 1024 + 8, b"5"))
            done = on_stage(case.stage, [board], case.bootleap, "flash", case.image, "usb:", *full)
            check(done.code == 5 and "this chip may have less flash" in done.err, done.err)
            check(done.counts["erase"] == done.counts["block"] == 0, done.counts)


# A program that has claimed the interface while another one runs.
HOLDS = """import fcntl, glob, struct, subprocess, sys
node = open(max(glob.glob("/dev/bus/usb/001/*")), "r+b", buffering=0)
fcntl.ioctl(node, 0x8004550F, struct.pack("@I", 0))
sys.exit(subprocess.call(sys.argv[1:]))
"""


def busy(case):
    """Two programs at once: the second one is told, and both leave the device as it was."""
    with case.board("--boot0") as board:
        done = on_stage(case.stage, [board], "python3", "-c", HOLDS, case.bootleap, "info", "usb:")
        check(done.code == 1 and "another program uses this device" in done.err, done.err)
        case.dfu_util(board, "-a", "0", "-s", case.address("256"), "-U", case.back)


# Downloads that are taken back at once: the device has done some of them by then.
TAKES_BACK = """import ctypes, glob, os, struct
node = os.open(max(glob.glob("/dev/bus/usb/001/*")), os.O_RDWR)
ioctl = ctypes.CDLL(None).ioctl
ioctl.argtypes = [ctypes.c_int, ctypes.c_ulong, ctypes.c_void_p]
def request(*bytes):
    data = ctypes.create_string_buffer(struct.pack("@%dB" % len(bytes), *bytes), len(bytes))
    return data, ctypes.create_string_buffer(
        struct.pack("@BBiIPi24x", 2, 0, 0, 0, ctypes.addressof(data), len(bytes)), 56)
for _ in range(100):
    _, download = kept = request(0x21, 1, 0, 0, 0, 0, 5, 0, 0x21, 0, 0, 0, 8)
    ioctl(node, 0x8038550A, download)
    ioctl(node, 0x550B, download)
    _, abort = also = request(0x21, 6, 0, 0, 0, 0, 0, 0)
    ioctl(node, 0x8038550A, abort)
    left = 2
    while left:
        left -= ioctl(node, 0x4008550D, ctypes.byref(ctypes.c_void_p())) == 0
"""


def takes_back(case):
    """What a program takes back leaves the replies to others as they are."""
    with case.board("--boot0") as board:
        done = on_stage(case.stage, [board], "timeout", "5", "python3", "-c", TAKES_BACK)
        check(done.code == 0, f"{done.code} {done.err}")
        case.dfu_util(board, "-l")


# A program that dies in the middle of a transfer: the kernel's, or here the stage's, look at its
# buffer (USBDEVFS_SUBMITURB) meets memory that is not there.
DIES = """import fcntl, glob, struct
node = open(max(glob.glob("/dev/bus/usb/001/*")), "r+b")
fcntl.ioctl(node, 0x8038550A, struct.pack("@BBiIPi24x", 2, 0, 0, 0, 16, 64))
"""


def dies(case):
    """A program that dies while it uses the device takes nothing with it."""
    with case.board("--boot0") as board:
        done = on_stage(case.stage, [board], "bash", "-c",
                        'python3 -c "$1"; echo "$?"; dfu-util -l', "bash", DIES)
    check(re.search(r"^134$", done.out, re.M), f"it lives: {done.out}{done.err}")
    check("Found DFU" in done.out, done.out + done.err)


CASES = {one.__name__.replace("_", "-"): one
         for one in (listed, round_trip, waits, waits_for_ours, list_of_ours, smaller, busy, takes_back,
                     dies)}


def main(sim, bootleap, stage, folder, *wanted):
    asked = [(name, *which.partition("@")[::2]) for name, which in
             (one.split(":") for one in wanted)]
    rows = {row.slug: row for row in usb_rows(folder, [slug for _, slug, _ in asked])}

    def one(name, slug, version):
        try:
            CASES[name](Case((sim, bootleap, stage), rows[slug], version))
        except (Wrong, OSError) as error:
            return f"{name} on {slug} {version}: {error}\n"
        return ""

    with ThreadPoolExecutor(2) as pool:
        wrong = "".join(pool.map(one, *zip(*asked)))
    print(wrong or f"{len(asked)} cases")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
