# chip_state_facts.py: the facts of a row about option bytes that a second source has too.
# SPDX-License-Identifier: MIT
from table.layouts import layouts_of


def facts_of_chip_state(device):
    """(group, key, value, rule) of each fact; what the second source calls it is the key."""
    for one in device.get("write_protection", {}).get("list", []):
        for key in ("start", "end"):
            mask = one.get(f"{key}_mask")
            if mask:
                # A part with fewer pages has fewer bits, and a header may have them all.
                yield "write_protection", f"write_protection.{one['name']}.{key}", mask, "subset"
    for name, one in _bits(device).items():
        for key in sorted({"pages", "last_pages"} & one.keys()):
            named = f"write_protection.{name.replace(' ', '_')}.{key}"
            yield "write_protection", named, one[key], "each"
    for entry in device.get("layouts", {}).get("list", []):
        if "when" in entry:
            yield "layouts", f"layouts.{entry['when']['name']}", entry["when"]["mask"], "each"
    for kb, entry, runs in layouts_of(device):
        yield "layouts", f"layouts.{kb}-in-{entry['banks']}", runs, "layout"


def _bits(device):
    """Of each name, the bits that are for as many pages in every layout."""
    found = {}
    for one in device.get("write_protection", {}).get("list", []):
        if one["kind"] == "bits":
            found.setdefault(one["name"], []).append(one)
    return {name: ones[0] for name, ones in found.items() if len(ones) == 1}
