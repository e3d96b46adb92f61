# facts.py: the facts of a row of the device table, each with what the second source calls it.
# SPDX-License-Identifier: MIT
"""How a fact is compared (`rule`):
each     every claim about every part of the row must be equal
largest  the row describes its largest part: each source's largest claim must be equal
member   the claim must be one of the row's values
names    the claim BIT:NAME|OTHER... must have the row's bits, and one of its names for each
subset   the row's bits must be among the claim's
covers   the claim's addresses must be among the row's
meanings every VALUE:MEANING of the claim must be among the row's
pin      the row's pin must be among the claim's pins, for one part of the row at least
begins   the row's numbers must begin with the claim's: a small part has fewer channels
ways     the claim's words must be among the row's
layout   the claim's pages must begin with the row's, which lacks those whose numbers nobody knows
"""
from dataclasses import dataclass

from chip_state_facts import facts_of_chip_state
from clock_facts import facts_of_clock_tree
from flash_facts import facts_of_flash_control
from option_facts import facts_of_option_fields
from schema.row import GROUPS
from schema.words import CORES

# Said about the facts, or to people: nothing that a second source could have.
NOT_FACTS = {"source", "confidence", "inferred", "measured", "why", "how", "notes", "note"}
LISTS = {  # lists whose entries have a name: group and key in the table -> group of the claims
    ("clock", "registers"): "clock.registers",
    ("clock", "ready"): "clock.ready",
    ("peripherals", "list"): "peripherals",
    ("timers", "list"): "peripherals",
    ("reset_registers", "list"): "reset_registers",
}
SECOND = {  # what the second source calls a key otherwise
    "rom.ids": ("rom.id", "member"),
    "flash.start": ("memory.flash_start", "each"),
    "flash.size": ("memory.flash_size", "largest"),
    "flash.pages": ("memory.pages", "largest"),
    "flash.program_bytes": ("memory.program_bytes", "each"),
    "flash.erased": ("memory.erased", "each"),
    "core.interrupts": ("core.interrupts", "largest"),
    "clock.rcc": ("rcc.start", "each"),
    "reset_flags.flags": ("reset_flags.flags", "names"),
    "backup.count": ("backup.count", "largest"),
}


@dataclass(frozen=True)
class Fact:
    kind: str  # group of the table
    key: str  # as people find it in the table
    value: object
    second: str  # fact of the second source
    rule: str = "each"


def facts_of(device):
    """Every fact of the row, in the table's order."""
    for name in GROUPS:
        group = device.get(name)
        if name == "clock_tree" and group:
            for key, value, rule in facts_of_clock_tree(group):
                yield Fact(name, key, value, key, rule)
        elif name == "flash_control" and group:
            for key, value, rule in facts_of_flash_control(group):
                yield Fact(name, key, value, key, rule)
        elif name == "option_fields" and group:
            for key, value, rule in facts_of_option_fields(group):
                yield Fact(name, key, value, key, rule)
        elif isinstance(group, dict):
            yield from _facts_of_group(name, group)
    for name, key, value, rule in facts_of_chip_state(device):
        yield Fact(name, key, value, key, rule)
    core = device.get("core")
    if core:
        has_vtor = CORES[core["name"]][1]
        yield Fact("core", "core.name (VTOR)", has_vtor, "core.vtor")
    if device.get("ram"):
        regions = [(ram["start"], ram["size"]) for ram in device["ram"]]
        yield Fact("ram", "ram", regions, "memory.ram", "covers")


def _facts_of_group(name, group):
    for key, value in group.items():
        path = f"{name}.{key}"
        if key in NOT_FACTS or path in ("write_protection.list", "layouts.list"):
            continue
        if path == "rom.memory":
            starts = {region["start"] for region in value}
            lasts = {region["start"] + region["size"] - 1 for region in value}
            yield Fact(name, path + ".start", starts, "rom.system_memory start", "member")
            yield Fact(name, path + ".last", lasts, "rom.system_memory last", "member")
        elif path == "interfaces.list":
            yield from _facts_of_interfaces(value)
        elif (name, key) in LISTS:
            yield from _facts_of_list(name, LISTS[name, key], value)
        elif path == "usart_pins.list":
            yield from _facts_of_usart_pins(value)
        elif path == "jump.steps":
            yield from _facts_of_steps(value)
        elif path == "options.list":
            yield from _facts_of_options(value)
        elif path == "interrupts.requests":
            yield from _facts_of_requests(value)
        elif path == "backup.clocks":
            for clock in value:
                where = f"0x{clock['register']:08X}:{clock['bit']}"
                yield Fact(name, f"{path}.{clock['name']}", where, f"enable.{clock['name']}")
        else:
            second, rule = SECOND.get(path, (path, "each"))
            yield Fact(name, path, value, second, rule)


def _facts_of_interfaces(interfaces):
    """One fact for each pin; a pin that stands in two entries is one fact."""
    seen = set()
    for interface in interfaces:
        for text in interface["pins"]:
            signal, pin = text.split(":")[0].split()
            name = f"{interface['name']}.{signal}"
            if (name, pin) not in seen:
                seen.add((name, pin))
                yield Fact("interfaces", f"interfaces.{name}.{pin}", pin, f"pins.{name}", "pin")


def _facts_of_usart_pins(pairs):
    """The alternate function of each pin; a pin of a pad is that of its port."""
    for one in pairs:
        ports = one.get("ports", [one["tx"], one["rx"]])
        for signal, pin, function in zip(("TX", "RX"), ports, one.get("functions", [])):
            path = f"usart_pins.{one['usart']}.{signal}.{pin}"
            yield Fact("usart_pins", path, function, path)


def _facts_of_options(checks):
    """Where the bits of each check are; bits that two checks ask about are one fact."""
    seen = set()
    for check in checks:
        for key, rule in (("register", "each"), ("mask", "subset")):
            path = f"options.{check['name']}.{key}"
            if (path, check[key]) not in seen:
                seen.add((path, check[key]))
                yield Fact("options", path, check[key], path, rule)


def _facts_of_steps(steps):
    """Where the bits of each step are; a register that is written as a whole has its address."""
    seen = set()
    for step in steps:
        for key in ("register", "mask"):
            path = f"jump.steps.{step['name']}.{key}"
            if (path, step[key]) not in seen:
                seen.add((path, step[key]))
                yield Fact("jump", path, step[key], path.replace(" ", "_"))


def _facts_of_requests(requests):
    """The ways of each request: DMA1.5 is channel 5, DMA2.2:4 asks for 4 there; 50 asks anywhere."""
    found = {}
    for one in requests:
        number = str(one.get("request", ""))
        ways = {f"{dma}.{one['channel']}" for dma in one["dma"]} if "channel" in one else {""}
        ways = {":".join(part for part in (way, number) if part) for way in ways}
        found.setdefault(f"requests.{one['name']}.{one['signal']}", set()).update(ways)
    for path, ways in found.items():
        yield Fact("interrupts", f"interrupts.{path}", ways, path, "ways")


def _facts_of_list(kind, claimed, entries):
    for entry in entries:
        path = f"{claimed}.{entry['name']}"
        for key, value in entry.items():
            if isinstance(value, str) or key == "parts":
                continue
            second, rule = f"{path}.{key}", "each"
            if (claimed, key) == ("clock.registers", "value"):
                second = f"reset-value.0x{entry['address']:08X}"
            elif (claimed, key) == ("peripherals", "control_reset"):
                second = f"reset-value.0x{entry['start']:08X}"
            elif key == "safe_mask":
                rule = "subset"
            elif key == "lines":
                rule = "begins"
            yield Fact(kind, f"{path}.{key}", value, second, rule)
