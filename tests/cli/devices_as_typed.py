# devices_as_typed.py: `bootleap devices --json` says what devices/*.toml says, word for word.
# SPDX-License-Identifier: MIT
# usage: devices_as_typed.py BOOTLEAP
import json
import subprocess
import sys
import tomllib
from pathlib import Path

DEVICES = Path(__file__).resolve().parents[2] / "devices"


def address(value):
    return f"0x{value:08X}" if value else None


def ids(values):
    return [f"0x{value:02X}" for value in values]


def ram(one):
    return {
        "name": one["name"],
        "start": f"0x{one['start']:08X}",
        "size": one["size"],
        "ecc_bytes": one["ecc_bytes"],
        "erased_by": one.get("erased_by"),
    }


def interface(one, row):
    pins = []
    for pin in one["pins"]:
        (signal, name), (mode, pull) = (half.split(sep, 1) for half, sep in
                                        zip(pin.split(": "), (" ", ", ")))
        pins.append({"signal": signal, "pin": name, "mode": mode, "pull": pull})
    return {
        "kind": one["kind"],
        "name": one["name"],
        "i2c_address": f"0x{one['address']:02X}" if one.get("address") else None,
        "rom_ids": ids(one.get("versions", row["rom"]["ids"])),
        "packages": one.get("packages") or None,
        "pins": pins,
    }


def remap(group):
    keys = ("register", "mask", "system_memory")
    return {key: f"0x{group[key]:08X}" for key in keys} if group else None


def option_entry(group):
    if not group:
        return None
    numbers = {key: f"0x{group[key]:08X}" for key in ("register", "mask", "value", "restore")}
    return numbers | {key: group[key] for key in ("name", "set", "back")}


def refusal(one):
    condition = "unless" if "unless" in one else "value"
    return {
        "refuses": one["refuses"],
        "name": one["name"],
        "register": f"0x{one['register']:08X}",
        "mask": f"0x{one['mask']:08X}",
        condition: f"0x{one[condition]:08X}",
        "parts": one.get("parts", []),
    }


def wanted(row, series):
    """All keys but system_memory (cli.devices.facts has it) and sources."""
    rom, boot, flash = row.get("rom", {}), row.get("boot", {}), row.get("flash")
    return {
        "slug": row["slug"],
        "series": series["name"],
        "name": row["name"],
        "parts": row["parts"],
        "core": row["core"]["name"],
        "product": f"0x{rom['product']:03X}" if rom else None,
        "rom_ids": ids(rom.get("ids", [])),
        "rom_vector": address(rom.get("vector")),
        "rom_id_address": address(rom.get("id_address")),
        "flash": flash and {"start": address(flash["start"]), "size": flash["size"]},
        "ram": [ram(one) for one in row.get("ram", [])],
        "rom_ram": [{"name": one["name"], "start": f"0x{one['start']:08X}", "size": one["size"]}
                    for one in row.get("behaviour", {}).get("overwrites", [])],
        "interfaces": [interface(one, row) for one in row.get("interfaces", {}).get("list", [])],
        "enter": row.get("entry", {}).get("mechanism"),
        "direct_hz": row.get("jump", {}).get("hz"),
        "no_direct": row.get("entry", {}).get("no_direct"),
        "remap": remap(row.get("remap")),
        "refused_by": [refusal(one) for one in row.get("options", {}).get("list", [])],
        "option_entry": option_entry(row.get("option_entry")),
        "empty_check": boot.get("empty_check"),
        "dual_bank": boot.get("dual_bank"),
        "self_reset": row.get("behaviour", {}).get("self_reset"),
        "mark": address(row.get("mark", {}).get("address")),
        "tested": ", ".join(row.get("tested", [])) or None,
    }


def rows():
    for path in sorted(DEVICES.glob("*.toml")):
        with path.open("rb") as file:
            text = tomllib.load(file)
        for row in text["device"]:
            # A group that the row lacks is that of its series.
            yield wanted(text["series"] | row, text["series"])


said = {one["slug"]: one
        for one in json.loads(subprocess.check_output([sys.argv[1], "devices", "--json"]))["devices"]}
typed = {row["slug"]: row for row in rows()}
findings = [f"{slug}: in one of the two only" for slug in said.keys() ^ typed.keys()]
for slug in said.keys() & typed.keys():
    findings += [f"{slug}: {key} is {said[slug][key]!r}, typed was {value!r}"
                 for key, value in typed[slug].items() if said[slug][key] != value]
print(*findings, f"{len(said)} devices", sep="\n")
sys.exit(1 if findings or not said else 0)
