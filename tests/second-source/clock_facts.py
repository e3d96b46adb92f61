# clock_facts.py: the facts of a row's clock tree: where its fields are, and what their values mean.
# SPDX-License-Identifier: MIT
from table.clock_tree import Field


def facts_of_clock_tree(tree):
    """(key, value, rule) of each fact; what the second source calls it is the key."""
    fields = {one["name"]: one for one in tree["fields"]}
    for name, field in fields.items():
        yield f"clock_tree.{name}.register", field["register"], "each"
        yield f"clock_tree.{name}.mask", field["mask"], "each"
    for name, meanings in _meanings(tree, fields).items():
        words = " ".join(f"{value}:{meaning}" for value, meaning in meanings.items())
        yield f"clock_tree.{name}.values", words, "meanings"


def _meanings(tree, fields):
    """What each value of each field means: a factor, Hz, or the clock that it selects."""
    tables = {table["name"]: table["values"] for table in tree["tables"]}
    found = {}
    for node in tree["list"]:
        if "select" in node:
            means = node.get("ranges") or node["from"]
            found[node["select"]] = dict(enumerate(map(str, means)))
        for factor in node.get("factors", []):
            name = factor.get("multiply") or factor.get("divide")
            if name and "when" not in factor:  # with one, the field means another thing already
                found.setdefault(name, _factors(factor, fields[name], tables, node["factors"]))
    return found


def _factors(factor, field, tables, all_factors):
    """By value; a table in halves stands beside a constant that takes the half."""
    count = Field(field["register"], field["mask"]).values()
    listed = tables.get(factor.get("by")) or [v + factor.get("plus", 0) for v in range(count)]
    half = next((one["divide_by"] for one in all_factors if "divide_by" in one), 1)
    return {value: f"{amount / half:g}" for value, amount in enumerate(listed)}
