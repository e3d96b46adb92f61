# load.py: reads observations, from folders and files in TOML or from a ledger in CSV.
# SPDX-License-Identifier: MIT
from dataclasses import dataclass
from pathlib import Path

from evidence.csv_form import observations_of_csv
from evidence.words import LEFTOVER, OBSERVATION
from schema.keys import Key
from schema.values import check_keys
from table import toml_file

LEFTOVERS = "leftovers.toml"


@dataclass(frozen=True)
class Observation:
    """One observation, and the file that has it."""

    file: str
    facts: dict

    def __getitem__(self, key):
        return self.facts[key]

    def get(self, key, default=None):
        return self.facts.get(key, default)

    def left(self):
        """What the program left, by key, and the way in."""
        return self.get("left", {}) | {"way": self["way"]}


def load_observations(paths):
    """The observations of these folders, .toml and .csv files, as tables in TOML's form. Raises
    ValueError with all that is wrong with their keys."""
    refusals = []
    found = [one for path in paths for one in read_observations(Path(path), refusals)]
    if refusals:
        raise ValueError("\n".join(refusals))
    return [one.facts for one in found]


def read_observations(path, refusals):
    """Every well-formed observation of a folder or file, in the order of files. What is wrong goes to
    `refusals`."""
    if path.is_dir():
        files = sorted(file for file in path.glob("*.toml") if file.name != LEFTOVERS)
        return [one for file in files for one in read_observations(file, refusals)]
    name = f"{path.parent.name}/{path.name}"
    try:
        content = path.read_bytes()
    except OSError as error:
        refusals.append(f"{name}: -: -: {error.strerror}")
        return []
    if path.suffix == ".csv":
        tables = _tables_of_csv(name, content, refusals)
    else:
        tables = _tables_of_toml(name, content, refusals)
    return [Observation(name, facts) for facts in tables if _well_formed(name, facts, refusals)]


def _tables_of_csv(name, content, refusals):
    try:
        return observations_of_csv(content.decode("utf-8").splitlines())
    except (KeyError, AttributeError, ValueError) as error:
        refusals.append(f"{name}: -: -: not a ledger: {error!r}")
        return []


def _tables_of_toml(name, content, refusals):
    table, wrong = toml_file.read(name, content, {"observation": Key("tables")})
    refusals += wrong
    return table["observation"] if table else []


def _well_formed(name, facts, refusals):
    def report(key, why):
        refusals.append(f"{name}: {facts.get('id', '-')}: {key}: {why}")

    return check_keys(facts, OBSERVATION, "", report)


def load_leftovers(folder, refusals):
    """The leftovers, in the order of their file."""
    name = f"{folder.name}/{LEFTOVERS}"
    try:
        content = (folder / LEFTOVERS).read_bytes()
    except OSError as error:
        refusals.append(f"{name}: -: -: {error.strerror}")
        return []
    keys = {"leftover": Key("rows", keys=LEFTOVER)}
    table, wrong = toml_file.read(name, content, keys)
    refusals += wrong
    return table["leftover"] if table else []
