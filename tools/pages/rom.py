# rom.py: says where the ROM is, what it overwrites and leaves, and which crystal it needs.
# SPDX-License-Identifier: MIT
from pages.behaviour import behaviour_items
from pages.markdown import items, ranges, sure, versions

TRACES = {
    "none": "nothing: the ROM leaves no trace",
    "vtor": "VTOR still points into system memory",
    "alias": "MEM_MODE still selects system memory",
}
WITHOUT_CRYSTAL = {
    "reset": "Without it the ROM resets the chip",
    "interface-missing": "Without it the other interfaces work",
    "nothing": "",
    "unknown": "What the ROM does without it is unknown",
}


def rom_section(device):
    rom, behaviour = device.get("rom"), device.get("behaviour")
    if not rom or not behaviour:
        return ""
    return "\n### What the ROM does\n\n" + items(_facts(device, rom, behaviour))


def _facts(device, rom, behaviour):
    yield f"**System memory:** {ranges(rom['memory'])}. Vector table: 0x{rom['vector']:08X}."
    where = f"0x{rom['id_address']:08X}" if "id_address" in rom else "the ROM has none, or none is known"
    yield f"**ID byte:** {where}."
    yield f"**RAM that the ROM overwrites:** {ranges(behaviour['overwrites'])}."
    yield f"**Trace** when it starts the application: {TRACES[behaviour['trace']]}{sure(behaviour, 'trace')}."
    yield f"**Crystal:** {_crystal(device['crystal'])}"
    yield from behaviour_items(device)
    if behaviour["clears_empty"]:
        only = f" ({versions(behaviour['clears_empty_in'])})" if "clears_empty_in" in behaviour else ""
        yield f"The ROM clears the EMPTY flag when it starts{only}{sure(behaviour, 'clears_empty')}."
    if "unmasks" in behaviour:
        yield f"The ROM enables interrupts itself in {versions(behaviour['unmasks'])}."
    listed = ", ".join(f"0x{code:02X}" for code in device["protocol"]["commands"])
    yield f"**Commands over USART:** {listed}{sure(device['protocol'], 'commands')}."


def _crystal(crystal):
    if not crystal["needed_for"]:
        return "no interface needs one."
    kinds = ", ".join(kind.upper() for kind in crystal["needed_for"])
    out = f"{kinds} need{'s' if len(crystal['needed_for']) == 1 else ''} one"
    if "frequencies" in crystal:
        out += f" ({crystal['frequencies']})"
    known = "" if crystal["without"] == "unknown" else sure(crystal, "without")
    without = WITHOUT_CRYSTAL[crystal["without"]]
    return f"{out}." + (f" {without}{known}." if without else "")
