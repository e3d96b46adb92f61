# parts_only.py: checks what is on some parts of a row only: bits (`only`), registers and steps (`parts`).
# SPDX-License-Identifier: MIT
from functools import cache

from checks.refusals import reporter
from table.parts import has_part, is_part


def check_parts_only(devices, refusals):
    """A group of [series] is about the parts of all its rows; what a row says, about its own."""
    of_file = {}
    for device in devices:
        of_file.setdefault(device.file, []).extend(device["parts"])
    series = {file: _Parts(parts) for file, parts in of_file.items()}
    for device in devices:
        report, own = reporter(device, refusals), _Parts(device["parts"])
        for group, key, entry, mask in _entries(device):
            parts = series[device.file] if group in device.shared else own
            where = f"{group}.{key}"
            _check_entry(entry, mask, parts, lambda why, where=where: report(where, why))


def _entries(device):
    """(group, key, entry, mask) of each entry that may be about some parts only."""
    for one in device.get("reset_registers", {}).get("list", []):
        yield "reset_registers", "list", one, one["safe_mask"]
    for one in device.get("clock", {}).get("registers", []):
        yield "clock", "registers", one, 0
    for one in device.get("system_init", {}).get("list", []):
        yield "system_init", "list", one, one["mask"]
    entry = device.get("option_entry", {})
    if entry:
        errors = {"name": "error", "only": entry.get("error_only", [])}
        yield "option_entry", "error_only", errors, entry["error_mask"]
    jump = device.get("jump", {})
    for one in jump.get("steps", []):
        yield "jump", "steps", one, one["mask"]
    for key in ("latency", "ports") if jump else ():
        yield "jump", key, jump[key], jump[key]["mask"]


class _Parts:
    """Of one row, or of all rows of a file. The same patterns are asked for again and again."""

    def __init__(self, names):
        self.names = names
        self.has = cache(lambda pattern: any(is_part(name, pattern) for name in names))


def _check_entry(entry, mask, parts, report):
    name, seen = entry.get("name", "-"), 0
    for one in [entry, *entry.get("only", [])]:
        for pattern in one.get("parts", []):
            if not parts.has(pattern):
                report(f"{name}: {pattern} is no part of this device")
    for one in entry.get("only", []):
        if one["mask"] & (seen | ~mask) or not one["mask"]:
            report(f"{name}: only 0x{one['mask']:X}: no bits, or bits that are there twice or not at all")
        if all(has_part(one, part) for part in parts.names):
            report(f"{name}: only 0x{one['mask']:X}: every part has it")
        seen |= one["mask"]
