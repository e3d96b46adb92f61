# against_objcopy.py: compares the bytes that our ELF reader loads with those that objcopy loads.
# SPDX-License-Identifier: MIT
"""usage: against_objcopy.py IMAGE_LIST EVERY FOLDER...

Takes every EVERY-th ELF of the folders and says how many of how many that were. A folder without an
ELF, and a file that only one of the two can read, is a failure.
"""
import subprocess
import sys
import tempfile
from pathlib import Path

OBJCOPY = "arm-none-eabi-objcopy"
BATCH = 100


def by_objcopy(path, scratch):
    """{address: bytes} of neighbours joined, from objcopy's Intel HEX."""
    subprocess.run([OBJCOPY, "-O", "ihex", path, scratch], check=True)
    memory = {}
    base = 0
    for line in scratch.read_text().split():
        record = bytes.fromhex(line[1:])
        kind, data = record[3], record[4:-1]
        if kind == 0:
            address = base + int.from_bytes(record[1:3], "big")
            for i, byte in enumerate(data):
                memory[address + i] = byte
        elif kind == 2:
            base = int.from_bytes(data, "big") << 4
        elif kind == 4:
            base = int.from_bytes(data, "big") << 16
    return memory


def by_us(program, paths):
    """What image_list says of each path: (words behind the path, {address: byte})."""
    said = subprocess.run([program, *paths], check=True, capture_output=True, text=True).stdout
    found = {}
    for line in said.splitlines():
        first, _, rest = line.partition(" ")
        if first.startswith("/"):
            memory = {}
            found[Path(first)] = (rest, memory)
        elif first != "note":
            address = int(first, 16)
            for i, byte in enumerate(bytes.fromhex(rest)):
                memory[address + i] = byte
    return found


def difference(ours, theirs):
    for address in sorted(ours.keys() | theirs.keys()):
        if ours.get(address) != theirs.get(address):
            return f"0x{address:08X}: {ours.get(address)} here, {theirs.get(address)} by objcopy"
    return None


def main():
    program, every, *folders = sys.argv[1:]
    paths = []
    for folder in folders:
        here = sorted(Path(folder).resolve().rglob("*.elf"))
        if not here:
            sys.exit(f"{folder}: no ELF in it")
        paths += here
    chosen = paths[:: int(every)]
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder) / "out.hex"
        for i in range(0, len(chosen), BATCH):
            for path, (said, ours) in by_us(program, chosen[i : i + BATCH]).items():
                found = said if said.startswith("refused") else None
                found = found or difference(ours, by_objcopy(path, scratch))
                if found:
                    wrong.append(f"{path}: {found}")
    print(f"{len(chosen)} of {len(paths)} ELFs, {len(wrong)} of them read otherwise than by objcopy")
    sys.exit("\n".join(wrong) if wrong else 0)


if __name__ == "__main__":
    main()
