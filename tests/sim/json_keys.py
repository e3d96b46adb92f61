# json_keys.py: docs/sim-json.md has each key of a run's JSON, and each key that it names is in one.
# SPDX-License-Identifier: MIT
"""json_keys.py SIM SIM_JSON_MD FIRMWARE_FOLDER"""
import json
import re
import subprocess
import sys

# Together these runs have each key: an entry that comes back, broken points, nobody at the end.
RUNS = (
    ("nucleo-h723zg.elf", "--host", "go", "--enter-after", "100"),
    ("direct-nucleo-h723zg-H4.elf", "--host", "end"),
    ("direct-nucleo-h723zg-H6.elf", "--host", "end"),
    ("nucleo-h723zg.elf", "--host", "end"),
    ("nucleo-h723zg.elf", "--host", "end", "--usbip", "0", "--usb-device", "dfu"),
)
# Where the ELF has DWARF and libdw is here; where several registers are at fault.
NOT_ALWAYS = {"file", "line", "also"}


def keys_of(value):
    """All keys of the objects in a value, at any depth."""
    if isinstance(value, list):
        return set().union(*map(keys_of, value))
    if isinstance(value, dict):
        return set(value).union(*map(keys_of, value.values()))
    return set()


def keys_of_run(sim, folder, elf, *options):
    run = subprocess.run([sim, "run", f"{folder}/{elf}", "--device", "h723", "--json", *options],
                         capture_output=True, text=True, timeout=60, check=False)
    return keys_of(json.loads(run.stdout))


def named_in(text):
    """Words in backticks: of first columns, `advice[].bits` is bits; and all of them."""
    names = re.findall(r"`([^`]+)`", text)
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("|")]
    first = {name.split(".")[-1].removesuffix("[]")
             for cell in rows for name in re.findall(r"`([^`]+)`", cell)}
    return first, first.union(names)


def main(sim, document, folder):
    with open(document, encoding="utf-8") as file:
        text = file.read().split("## The matrix")[0]
    result = text.split("### Why nothing entered")[0]
    columns, _ = named_in(result.split("### What was polled")[0])
    _, named = named_in(text)
    found = set().union(*(keys_of_run(sim, folder, *run) for run in RUNS))
    wrong = [f"{key}: not in {document}" for key in sorted(found - named)]
    wrong += [f"{key}: in {document}, in no run" for key in sorted(columns - found - NOT_ALWAYS)]
    print("\n".join(wrong) or f"{len(found)} keys")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
