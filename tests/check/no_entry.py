# no_entry.py: images that never go to a ROM: bootleap-check finds no error in them, nor an entry.
# SPDX-License-Identifier: MIT
"""no_entry.py CHECK BUILD   the images of runs.toml's [[no_entry]]: 0 if there are 50, and none has one"""
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from both import JOBS, Both
from runs import ROOT, Table, slugs

LEAST = 50
TRACES = ROOT / "tests" / "startup" / "traces"
BOARDS = {"h723zg": "h723", "g0b1re": "g0b1", "u575zi": "u575", "stm32f4discovery": "f405", "standstill": "f405"}


def slug_of(path, known):
    """The device of an image: of a start-up its trace names it, else the image's name does."""
    if path.parent.name == "startup":
        return (TRACES / f"{path.stem}.csv").read_text(encoding="utf-8").split("\n", 1)[0].split()[-1]
    words = path.stem.replace(".", "-").split("-")
    return next(BOARDS.get(word) or known[word] for word in words if word in BOARDS or word in known)


def images(build):
    """(path, slug) of each."""
    known = slugs()
    for _, path, device, _ in Table(build).images("no_entry"):
        yield path, device or slug_of(path, known)


def wrong_in(both, path, slug):
    """What is wrong with what is said of it, or ""."""
    said = both.checked(str(path), slug)
    if "failed" in said:
        return said["failed"]
    found = said["findings"] + [one for entry in said["entries"] for one in entry["findings"]]
    errors = [one["text"] for one in found if one["severity"] == "error"]
    errors += [f"an entry at {entry['pc']}" for entry in said["entries"]]
    if not said["entries"] and said["ended"] != 7:
        errors.append(f"it ends with {said['ended']}: without an entry it has to be 7")
    return "; ".join(errors)


def main(check, build):
    both = Both(check, "no simulator")
    found = list(images(build))
    with ThreadPoolExecutor(JOBS) as pool:
        wrong = list(pool.map(lambda one: wrong_in(both, *one), found))
    for (path, _), why in zip(found, wrong):
        if why:
            print(f"{Path(path).name}: {why}")
    print(f"{len(found)} images that never go to a ROM, {sum(map(bool, wrong))} with an error or an entry")
    return 1 if any(wrong) or len(found) < LEAST else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
