# restored.py: finds what the direct way brings back beside the clocks of the row.
# SPDX-License-Identifier: MIT
"""The direct way promises what a reset would have left. It pulses the reset bits of peripherals and
brings the clocks back. What a reset of the chip resets besides is here: registers that
devices/registers/ names in `restored`, unless a bit that is pulsed resets them."""
from table.load import load_devices
from table.regions import inside
from table.registers import load_registers
from table.row_registers import row_known, row_registers

BLOCKS = ("pwr", "syscfg")
EVERY_BIT = 0xFFFFFFFF


def load_restored(folder, refusals):
    """The rows of devices/, with what add_restored() adds, and what devices/registers/ says."""
    devices = load_devices(folder, refusals)
    registers = load_registers(folder / "registers", refusals)
    add_restored(devices, registers)
    return devices, registers


def add_restored(devices, registers):
    """Gives each row with a direct way what direct_steps() asks for: `jump.late`, reset bits, and
    `jump.restored`, steps; and `jump.open`: names of registers of which nobody says what becomes of
    them."""
    for device in devices:
        jump = device.get("jump")
        if jump:
            known = row_known(device, row_registers(device, registers))
            jump["late"] = _late_resets(device, known)
            found = list(_not_pulsed(device, known))
            jump["restored"] = [
                _restored(device, one) | _only_on(parts)
                for one, parts in found
                if one.direct == "restored"
            ]
            jump["restored"] += _low_speed_oscillator(device)
            jump["open"] = [
                one.name
                for one, _ in found
                if one.direct in ("", "late") and inside(one.address, 4, _blocks(device))
            ]


def _low_speed_oscillator(device):
    """LSION, which is bit 0 where LSIRDY is bit 1; in the backup domain it stays as it is."""
    iwdg = device["iwdg"]
    register, steps = iwdg.get("lsi_register"), device["jump"]["steps"]
    done = any(step["register"] == register and step["mask"] & 1 for step in steps)
    if iwdg.get("lsi_bit") == 1 and not done:
        yield change_step("CSR: LSION", register, 1, 0)


def _only_on(parts):
    return {"parts": parts} if parts else {}


def _late_resets(device, known):
    """Reset bits that are pulsed when the clocks are back, `register`, `mask` and perhaps `parts`:
    SYSCFG's, as the core's voltage may hang on a bit of it, and those of what serves memories."""
    found = {
        (block["reset_register"], block["reset_mask"]): []
        for block in _blocks(device)
        if block["block"] == "syscfg" and "reset_register" in block
    }
    for one, parts in known:
        if one.direct == "late":
            found.setdefault((one.reset_register, one.reset_mask), parts)
    return [
        {"register": register, "mask": mask} | _only_on(parts)
        for (register, mask), parts in found.items()
        if not _is_in((register, mask), _early(device))
    ]


def swap_bit(device):
    """(register, mask) of the bit that swaps the banks, and so the code that runs; zeros: none."""
    check = device.get("bank_check", {})
    return check.get("swap_register", 0), check.get("swap_mask", 0)


def _not_pulsed(device, known):
    """Registers of the row, with the parts that have them, that no pulsed bit resets for sure."""
    pulsed = _early(device) + _pulsed_by_steps(device)
    if not swap_bit(device)[0]:
        pulsed += [(late["register"], late["mask"]) for late in device["jump"]["late"]]
    whole = {s["register"] for s in device["jump"]["steps"] if s["mask"] == EVERY_BIT}
    for one, parts in known:
        bit = one.reset_register, one.reset_mask
        if not (one.backup_domain or one.address in whole or _is_in(bit, pulsed)):
            yield one, parts


def _early(device):
    return [(r["address"], r["safe_mask"]) for r in device["reset_registers"]["list"]]


def _pulsed_by_steps(device):
    """Bits of RSTR registers that the row's steps set and clear."""
    steps = [s for s in device["jump"]["steps"] if not s.get("wait") and s["mask"] != EVERY_BIT]
    clears = [(s["register"], s["mask"]) for s in steps if s["value"] == 0]
    return [
        (s["register"], s["mask"])
        for s in steps
        if s["value"] == s["mask"] and (s["register"], s["mask"]) in clears
    ]


def _is_in(bit, pulsed):
    register, mask = bit
    return any(register == place and mask & bits == mask and mask for place, bits in pulsed)


def _blocks(device):
    return [p for p in device["peripherals"]["list"] if p["block"] in BLOCKS]


def _restored(device, known):
    remap = device.get("remap", {})  # MEM_MODE, which the departure writes
    mask = known.settings & ~known.kept
    for register, bits in (swap_bit(device), (remap.get("register"), remap.get("mask", 0))):
        mask &= ~bits if known.address == register else EVERY_BIT
    return change_step(known.name + ": as after a reset", known.address, mask, known.reset & mask)


def clock_steps(device):
    """Steps that have the blocks clocked whose registers are restored, where no step of the row does."""
    on = {(step["register"], step["value"]) for step in device["jump"]["steps"]}
    names = {one["address"]: one["name"] for one in device["clock"]["registers"]}
    for block in _blocks(device):
        register, mask = block["clock_register"], block["clock_mask"]
        needed = any(inside(s["register"], 4, [block]) for s in device["jump"]["restored"])
        if needed and register and (register, mask) not in on:
            yield change_step(f"{names[register]}: the clock of {block['name']}", register, mask, mask)


def change_step(name, register, mask, value):
    """A step that gives the bits of the mask this value."""
    return {"name": name, "register": register, "mask": mask, "value": value, "wait": False}
