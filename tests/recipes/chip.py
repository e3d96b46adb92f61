# chip.py: writes the addresses that recipes need of a device, from its row.
# SPDX-License-Identifier: MIT
"""chip.py FOLDER SLUG...   writes FOLDER/SLUG/chip.h of each"""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests" / "evidence")]

from chip_steps import ChipSteps  # noqa: E402
from table.load import load_devices  # noqa: E402
from table.registers import load_registers  # noqa: E402

# Registers of the clock tree, which a reset of the clocks by a vendor's HAL writes. It leaves the
# enables of peripherals alone.
ENABLE = re.compile(r"(ENR|RSTR)\d*$")
WITH_FPU = ("cortex-m4", "cortex-m7", "cortex-m33", "cortex-m55")


def clock_tree(device):
    return [(register["address"], register["value"]) for register in device["clock"]["registers"]
            if not ENABLE.search(register["name"])]


def port(device):
    """GPIO port B: what an application drives a LED with."""
    return next(found for found in device["peripherals"]["list"] if found["name"] == "GPIOB")


def oscillator(device):
    """One that a reset leaves off: its register and bit."""
    values = {register["address"]: register["value"] for register in device["clock"]["registers"]}
    for ready in device["clock"]["ready"]:
        if not values.get(ready["address"], 0) >> ready["on"] & 1:
            return ready["address"], 1 << ready["on"]
    return 0, 0


def settings(device, registers):
    """(address, mask, value) of what a vendor's HAL sets on the way to fast clocks, and leaves when
    it puts them back: supplies, and prefetch of the flash."""
    chip = ChipSteps(device, registers, 0)
    return [step[1:] for step in [*chip.set_supplies(), *chip.set_flash()]]


def triples(items):
    return "{" + ", ".join("{" + ", ".join(f"0x{n:08X}u" for n in item) + "}" for item in items) + "}"


def pairs(items):
    return "{" + ", ".join(f"{{0x{a:08X}u, 0x{b:08X}u}}" for a, b in items) + "}"


def constants(device):
    remap, backup = device.get("remap") or {}, device.get("backup") or {}
    led, flags = port(device), device["reset_flags"]
    software = next((f["bit"] for f in flags["flags"] if f["role"] == "software"), 0)
    yield "ROM", device["rom"]["vector"]
    yield "HAS_FPU", int(device["core"]["name"] in WITH_FPU)
    yield "HAS_VTOR", int(device["core"]["name"] != "cortex-m0")
    yield "INTERRUPT_WORDS", (device["core"]["interrupts"] + 31) // 32
    yield "FLASH", device["flash"]["start"]
    yield "FREE_RAM", device["mark"]["address"] + 0x40  # beyond what the ROM overwrites
    yield "REMAP", int(bool(remap))
    yield "REMAP_REGISTER", remap.get("register", 0)
    yield "REMAP_MASK", remap.get("mask", 0)
    yield "REMAP_SYSTEM_MEMORY", remap.get("system_memory", 0)
    yield "REMAP_CLOCK", remap.get("clock_register", 0)
    yield "REMAP_CLOCK_MASK", remap.get("clock_mask", 0)
    yield "RESET_FLAGS", flags["register"]
    yield "RESET_FLAGS_SOFTWARE", 1 << software
    yield "RESET_FLAGS_CLEAR", 1 << flags["clear"]
    yield "LED_PORT", led["start"]
    yield "LED_CLOCK", led["clock_register"]
    yield "LED_CLOCK_MASK", led["clock_mask"]
    yield "OSCILLATOR", oscillator(device)[0]
    yield "OSCILLATOR_MASK", oscillator(device)[1]
    yield "BACKUP", backup.get("address", 0)
    yield "BACKUP_UNLOCK", backup.get("unlock_register", 0)
    yield "BACKUP_UNLOCK_MASK", 1 << backup.get("unlock_bit", 0)


def header(device, registers):
    backup = device.get("backup") or {}
    clocks = [(clock["register"], 1 << clock["bit"]) for clock in backup.get("clocks", [])]
    lines = ["#ifndef CHIP_H", "#define CHIP_H"]
    lines += [f"#define CHIP_{name} 0x{value:X}u" for name, value in constants(device)]
    lines += [f"#define CHIP_CLOCK_TREE {pairs(clock_tree(device))}",
              f"#define CHIP_BACKUP_CLOCKS {pairs(clocks + [(0, 0)])}",
              f"#define CHIP_SETTINGS {triples([*settings(device, registers), (0, 0, 0)])}",
              "#endif", ""]
    return "\n".join(lines)


def main(folder, *slugs):
    devices = {device.slug: device for device in load_devices(ROOT / "devices", [])}
    registers = load_registers(ROOT / "devices" / "registers", [])
    for slug in slugs:
        text, path = header(devices[slug], registers), Path(folder, slug, "chip.h")
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


main(*sys.argv[1:])
