# clock_tree.py: the clock tree of a row, resolved to registers and numbers, and its frequencies.
# SPDX-License-Identifier: MIT
"""A tree is a list of nodes of which each hangs on earlier ones. devices/README.md tells its keys."""
from dataclasses import dataclass

# Nodes that the virtual chip looks for, and where they stand in struct clock_tree.
ROLES = {
    "SYSCLK": "sysclk",
    "CPU": "cpu",
    "PCLK1": "pclk1",
    "APB1 timers": "timers[0]",
    "APB2 timers": "timers[1]",
    "SYSTICK": "systick",
    "LSI": "lsi",
}


@dataclass(frozen=True)
class Field:
    """Bits of a register; without an address they are 0."""

    address: int = 0
    mask: int = 0

    def of(self, registers):
        low = self.mask & -self.mask or 1
        return (registers.get(self.address, 0) & self.mask) // low

    def values(self):
        return self.mask // (self.mask & -self.mask or 1) + 1


@dataclass(frozen=True)
class Factor:
    """Multiplies or divides by a table's entry for the field, or by the field and `plus`."""

    divides: bool
    field: Field
    table: tuple
    plus: int
    when: Field
    value: int  # of `when` with which the factor counts
    fraction: Field
    fraction_when: Field


@dataclass(frozen=True)
class Node:
    """A clock: fixed, of the crystal, one of `ranges`, or one of the nodes `inputs`."""

    name: str
    hz: int
    crystal: bool
    select: Field
    ranges: tuple
    inputs: tuple  # numbers of nodes, -1: no clock
    factors: tuple


def clock_nodes(device):
    """The nodes of the row's tree; a name that is not there raises KeyError."""
    tree = device["clock_tree"]
    fields = {f["name"]: Field(f["register"], f["mask"]) for f in tree["fields"]}
    tables = {table["name"]: tuple(table["values"]) for table in tree["tables"]}
    numbers, nodes = {}, []
    for entry in tree["list"]:
        nodes.append(_node(entry, fields, tables, numbers))
        numbers[entry["name"]] = len(nodes) - 1
    return nodes


def _node(entry, fields, tables, numbers):
    return Node(
        entry["name"],
        entry.get("hz", 0),
        entry.get("crystal", False),
        fields[entry["select"]] if "select" in entry else Field(),
        tuple(entry.get("ranges", ())),
        tuple(numbers[name] if name else -1 for name in entry.get("from", ())),
        tuple(_factor(factor, fields, tables) for factor in entry.get("factors", ())),
    )


def _factor(entry, fields, tables):
    def field(key):
        return fields[entry[key]] if key in entry else Field()

    divides = "multiply" not in entry
    return Factor(
        divides,
        field("divide" if divides else "multiply"),
        tables[entry["by"]] if "by" in entry else (),
        entry.get("divide_by", entry.get("plus", 0)),
        field("when"),
        entry.get("is", 0),
        field("fraction"),
        field("fraction_when"),
    )


def frequencies(nodes, registers, hse):
    """Hz of each node, where registers hold these values."""
    found = []
    for node in nodes:
        choice = node.select.of(registers)
        hz = hse if node.crystal else node.ranges[choice] if node.ranges else node.hz
        if node.inputs:
            hz = found[node.inputs[choice]] if node.inputs[choice] >= 0 else 0
        for factor in node.factors:
            if factor.when.of(registers) == factor.value:
                by = _amount(factor, registers)
                hz = hz * by if not factor.divides else hz / by if by else 0
        found.append(hz)
    return found


def _amount(factor, registers):
    value = factor.field.of(registers)
    amount = factor.table[value] if factor.table else value + factor.plus
    if factor.fraction_when.of(registers):
        amount += factor.fraction.of(registers) / factor.fraction.values()
    return amount
