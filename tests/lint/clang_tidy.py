# clang_tidy.py: clang-tidy has nothing to say about the host programs, see .clang-tidy.
# SPDX-License-Identifier: MIT
"""clang_tidy.py BUILD   a build folder with compile_commands.json

A file that was clean is not looked at again while neither it nor anything that clang-tidy sees
beside it is another: the notes of that are in BUILD/clang-tidy. A process a file: what clang-tidy
14 says of va_list in the second file of a process is wrong."""
import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("check", "cli", "common", "host", "sim")
GENERATED = {
    ROOT / "common/devices.c",
    ROOT / "common/devices_clock_trees.c",
    ROOT / "common/devices_option_fields.c",
    ROOT / "common/devices_registers.c",
    ROOT / "common/evidence.c",
    ROOT / "common/named_memories.c",
    ROOT / "common/uf2_families.c",
}
COUNTS = re.compile(r"[0-9]+ warnings? generated|Suppressed |Use -header-filter")


def commands(build):
    """(file, how it is compiled) of each file of the host programs, each once."""
    for one in json.loads((build / "compile_commands.json").read_text(encoding="utf-8")):
        path = Path(one["file"])
        if path not in GENERATED and any(path.is_relative_to(ROOT / folder) for folder in FOLDERS):
            yield path, one["command"]


def surroundings():
    """What all files are looked at with: the checks, clang-tidy itself, every header."""
    version = subprocess.run(["clang-tidy", "--version"], capture_output=True, check=True).stdout
    headers = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.h"))
    return b"\0".join([version] + [path.read_bytes() for path in [ROOT / ".clang-tidy", *headers]])


def findings(build, path):
    """What clang-tidy says of a file, without how much it left out; nothing if that is clean."""
    done = subprocess.run(["clang-tidy", "-p", str(build), "-quiet", str(path)],
                          capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return []
    lines = (done.stdout + done.stderr).splitlines()
    return [line for line in lines if not COUNTS.match(line)] or [f"{path}: clang-tidy fails"]


def main(folder):
    build = Path(folder)
    notes = build / "clang-tidy"
    notes.mkdir(exist_ok=True)
    around = hashlib.sha256(surroundings()).digest()
    files, waiting = dict(commands(build)), {}
    if not files:
        print(f"no file of {ROOT} in {build}/compile_commands.json: it is of another folder")
        return 1
    for path, command in files.items():
        key = hashlib.sha256(around + command.encode() + b"\0" + path.read_bytes()).hexdigest()
        if not (notes / key).exists():
            waiting[path] = key
    bad = 0
    for path, key in waiting.items():
        said = findings(build, path)
        if said:
            bad += 1
            print("\n".join(said))
        else:
            (notes / key).touch()
    print(f"{len(files)} files, {len(waiting)} of them looked at, {bad} with findings")
    return 1 if bad else 0


sys.exit(main(*sys.argv[1:]))
