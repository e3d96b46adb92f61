# runs.py: the images that bootleap-check and the simulator both judge, and how each is run.
# SPDX-License-Identifier: MIT
import csv
import re
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / name) for name in ("sim", "recipes", "evidence")]

TABLE = ROOT / "tests" / "check" / "runs.toml"
# Checks of cases.py whose words before the options are so many.
BEFORE_OPTIONS = {"answers": 1, "boots": 3, "ends": 2, "holds": 1, "judge": 2, "nothing": 2, "origin": 2,
                  "says": 1, "stands": 3, "tells": 1}


class Run(NamedTuple):
    """A run of the simulator."""

    family: str
    elf: str
    device: str  # a slug, or a macro
    options: tuple


class Table:
    """runs.toml, over the images of one build folder."""

    def __init__(self, build, path=TABLE):
        self.build = Path(build)
        with open(path, "rb") as file:
            self.facts = tomllib.load(file)

    def _device(self, pattern, path):
        found = re.search(pattern, str(path))
        return self.facts["devices"].get(found[1], found[1]) if found else None

    def images(self, group):
        """(family, path, device, runs) of what this group of runs.toml names."""
        for one in self.facts[group]:
            for pattern in one["files"]:
                for path in sorted(self.build.glob(pattern)):
                    device = self._device(one.get("device", "$^"), path)
                    yield one.get("family", group), path, device, one.get("runs", [])

    def says_nothing(self, options):
        """Whether a run with these options says nothing of the image."""
        return any(option in self.facts["left_out"] for option in options)

    def runs(self, families=()):
        """Every run of these families, or of all, each once."""
        seen = set()
        found = [*self._listed(), *self._cases(), *self._recipes(), *self._fixtures()]
        if not families or "evidence" in families:  # it takes its time, and writes programs
            found += self._observations()
        for run in found:
            wanted = not families or run.family in families
            key = run[1:]
            if wanted and key not in seen and not self.says_nothing(run.options) and Path(run.elf).is_file():
                seen.add(key)
                yield run

    def _listed(self):
        for family, path, device, runs in self.images("images"):
            for options in runs:
                yield Run(family, str(path), device, tuple(options.split()))

    def _cases(self):
        """What cmake/cases.cmake wrote."""
        for path in sorted(self.build.glob("cases/*")):
            for line in path.read_text(encoding="utf-8").splitlines():
                fields = [one.replace("\\n", "\n").replace("\\\\", "\\") for one in line.split("\t")]
                check, words = fields[1], fields[2:]
                if check in BEFORE_OPTIONS:
                    options = words[2 + BEFORE_OPTIONS[check]:]
                    yield Run(family_of(path.name), words[0], words[1], limited(options))

    def _recipes(self):
        import recipes
        for name, row in recipes.load().items():
            elf = self.build / "recipes" / f"{name}.elf"
            options = row["options"].split()
            if "--host" not in options:
                options += ["--host", "end"]
            yield Run("recipes", str(elf), row["device"], tuple(options))

    def _fixtures(self):
        import fixtures
        for row in fixtures.table("images.csv"):
            for elf in fixtures.paths_of(row["image"], self.build):
                yield Run("fixtures", str(elf), row["device"], tuple(row["options"].split()) or fixtures.OPTIONS)

    def _observations(self):
        """What tests/evidence replays. Its programs are read there; no run is made."""
        folder = self.build / "evidence"
        if not (folder / "program.elf").is_file():
            return
        import replay
        replayed = replay.Replay("no simulator", folder)
        for one in replay.read_observations(replay.EVIDENCE, []):
            try:
                plan = replayed.planner.plan(one.facts)
            except replay.NotExpressible:
                continue
            options = [*plan.options, "--limit", replay.LIMIT]
            if "--host" not in options:
                options += ["--host", "end"]
            yield Run("evidence", replayed._program(plan), plan.row, tuple(options))


def family_of(group):
    """sim.mutant.gcc -> mutant"""
    words = [word for word in group.split(".") if word not in ("sim", "gcc", "clang")]
    return ".".join(words)


def limited(options):
    """Runs that would wait for long end after 20 million instructions: the handoffs are before that."""
    options = list(options)
    if "--limit" not in options:
        options += ["--limit", "20000000"]
    return tuple(options)


def slugs():
    """The slug of each macro and slug, as the device table has them."""
    sys.path.insert(0, str(ROOT / "tools"))
    from table.load import load_devices
    found = {}
    for device in load_devices(ROOT / "devices", []):
        found.update({part: device.slug for part in [*device["parts"], device.slug]})
    return found


if __name__ == "__main__":
    out = csv.writer(sys.stdout)
    for run in Table(sys.argv[1]).runs():
        out.writerow([run.family, run.elf, run.device, " ".join(run.options)])
