# rom.py: says where the ROM is, what it overwrites and leaves, and which crystal it needs.
# SPDX-License-Identifier: MIT
from pages.behaviour import behaviour_text
from pages.markdown import ranges, sure, versions

TRACES = {
    "none": "it leaves no trace",
    "vtor": "VTOR still points into system memory",
    "alias": "MEM_MODE still selects system memory",
}
WITHOUT_CRYSTAL = {
    "reset": "Without it the ROM resets the chip",
    "interface-missing": "Without it the other interfaces work",
    "nothing": "",
    "unknown": "What the ROM does without it is not known",
}


def rom_section(device):
    rom, behaviour = device.get("rom"), device.get("behaviour")
    if not rom or not behaviour:
        return ""
    out = "\n**The ROM.** "
    out += f"System memory: {ranges(rom['memory'])}. Vector table: 0x{rom['vector']:08X}. "
    where = f"0x{rom['id_address']:08X}" if "id_address" in rom else "it has none, or none is known"
    out += f"ID byte: {where}. "
    out += f"It overwrites RAM {ranges(behaviour['overwrites'])}. "
    out += f"When it starts the application: {TRACES[behaviour['trace']]}{sure(behaviour, 'trace')}."
    out += behaviour_text(device)
    if behaviour["clears_empty"]:
        only = f", {versions(behaviour['clears_empty_in'])}" if "clears_empty_in" in behaviour else ""
        out += f" It clears the EMPTY flag when it starts{only}{sure(behaviour, 'clears_empty')}."
    if "unmasks" in behaviour:
        out += f" It enables interrupts itself in {versions(behaviour['unmasks'])}."
    out += f" {_crystal(device['crystal'])}"
    commands = device["protocol"]["commands"]
    listed = ", ".join(f"0x{code:02X}" for code in commands)
    return out + f" Commands over USART: {listed}{sure(device['protocol'], 'commands')}.\n"


def _crystal(crystal):
    if not crystal["needed_for"]:
        return "No interface needs a crystal."
    kinds = ", ".join(kind.upper() for kind in crystal["needed_for"])
    out = f"{kinds} need{'s' if len(crystal['needed_for']) == 1 else ''} a crystal"
    if "frequencies" in crystal:
        out += f" ({crystal['frequencies']})"
    known = "" if crystal["without"] == "unknown" else sure(crystal, "without")
    return f"{out}. {WITHOUT_CRYSTAL[crystal['without']]}{known}."
