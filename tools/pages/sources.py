# sources.py: says who says so: sources, where they differ, and known defects.
# SPDX-License-Identifier: MIT
from pages.markdown import head, line, versions
from schema.sources import sources_of
from table.device import fact_groups


def defects_section(device):
    if not device.listed():
        return ""
    if not device.get("defect"):
        return "\n### Known defects of the ROM\n\nNone that matters for bootleap.\n"
    out = "\n### Known defects of the ROM\n\n"
    out += head("affects", "ROM", "defect", "workaround", "source")
    for defect in device["defect"]:
        cells = (
            defect["affects"],
            versions(defect["versions"]),
            defect["what"],
            defect.get("workaround", "none is known"),
            "; ".join(sources_of(defect)),
        )
        out += line(cells)
    return out


def differs_section(device):
    if not device.get("differs"):
        return ""
    return "\n### Where sources differ\n\n" + "".join(f"- {text}\n" for text in device["differs"])


def sources_section(device):
    out = "\n### Sources\n\n"
    own = []
    for group, table in fact_groups(device):
        if table and group != "defect" and group not in device.shared:
            own.append((f"ram {table['name']}" if group == "ram" else group, table))
    lines = "".join(f"| device | documented | {source} |\n" for source in sources_of(device.facts))
    return out + source_table(own, lines)


def source_table(named, first=""):
    """A line for each way in which groups are sourced, with all groups that are sourced so."""
    lines = {}
    for name, table in named:
        lines.setdefault(_sourcing(table), []).append(name)
    rows = (f"| {', '.join(names)} | {sourcing} |\n" for sourcing, names in lines.items())
    return head("facts", "how sure", "source") + first + "".join(rows)


def _sourcing(table):
    sources = sources_of(table)
    sure = table["confidence"]
    for confidence in ("inferred", "measured"):
        if table.get(confidence):
            sure += f"; {confidence}: {', '.join(table[confidence])}"
    alone = " (one source only)" if len(sources) == 1 else ""
    return f"{sure} | {'; '.join(sources)}{alone}"
