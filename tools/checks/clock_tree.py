# clock_tree.py: checks the clock tree: names, tables, and the clock that a reset leaves.
# SPDX-License-Identifier: MIT
from table.clock_tree import ROLES, clock_nodes, frequencies
from table.regions import inside

SOURCES = ("hz", "crystal", "ranges", "from")


def check_clock_tree(device, report):
    tree = device["clock_tree"]
    for field in tree["fields"]:
        if field["register"] % 4 or not inside(field["register"], 4, [device.rcc()]):
            report("clock_tree.fields", f"{field['name']} is outside RCC")
        if bin(field["mask"]).lstrip("0b").strip("0").count("0") or not field["mask"]:
            report("clock_tree.fields", f"{field['name']}: the mask has gaps, or no bit")
    names = [entry["name"] for entry in tree["list"]]
    for name in sorted({n for n in names if names.count(n) > 1}):
        report("clock_tree.list", f"{name} is there twice")
    for role in ROLES:
        if role not in names:
            report("clock_tree.list", f"there is no {role}")
    for entry in tree["list"]:
        if sum(key in entry for key in SOURCES) != 1:
            report("clock_tree.list", f"{entry['name']} needs one of {', '.join(SOURCES)}")
    for factor in (f for entry in tree["list"] for f in entry.get("factors", [])):
        if len({"multiply", "divide", "divide_by"} & factor.keys()) != 1:
            report("clock_tree.list", "a factor needs one of multiply, divide, divide_by")
        if "fraction" in factor and "multiply" not in factor:
            report("clock_tree.list", "only a multiplier has a fraction")
        if ("fraction" in factor) != ("fraction_when" in factor) or ("when" in factor) != ("is" in factor):
            report("clock_tree.list", "fraction and fraction_when, and when and is, go together")
    try:
        nodes = clock_nodes(device)
    except KeyError as error:
        report("clock_tree.list", f"{error} is no field, no table or no earlier node")
        return
    if all([_check_lengths(node, report) for node in nodes]):
        _check_reset(device, nodes, report)


def _check_lengths(node, report):
    """True if each list has an entry for each value of its field."""
    wanted = [(node.select, node.ranges or node.inputs)] if node.ranges or node.inputs else []
    wanted += [(factor.field, factor.table) for factor in node.factors if factor.table]
    for field, listed in wanted:
        if len(listed) != field.values():
            why = f"{node.name}: a list of {len(listed)} for a field of {field.values()} values"
            report("clock_tree.list", why)
            return False
    return True


def _check_reset(device, nodes, report):
    """The system clock of a reset is the one that other groups of the row say."""
    registers = {r["address"]: r["value"] for r in device["clock"]["registers"]}
    for field in device["clock_tree"]["fields"]:
        if field.get("reset"):
            if field["register"] in registers:
                report("clock_tree.fields", f"{field['name']}: its reset is in clock.registers")
                return
            value = field["reset"] * (field["mask"] & -field["mask"])
            registers[field["register"]] = registers.get(field["register"], 0) | value
    found = frequencies(nodes, registers, device["clock_tree"]["hse"])
    hz = found[[node.name for node in nodes].index("SYSCLK")]
    for group in ("jump", "clock_reset"):
        said = device.get(group, {}).get("hz", hz)
        if said != hz:
            report("clock_tree.list", f"a reset's system clock is {hz:g} Hz, {group}.hz says {said}")
