# register_rows.py: checks that a row and the file of its series' registers do not contradict.
# SPDX-License-Identifier: MIT


def check_row(row, part, report):
    """`part`: the PartRegisters of one part of the row."""
    values = _values_of(row)
    _check_identity(row, part, report)
    _check_ready(row, part, report)
    _check_resets(row, part, values, report)
    _check_rest(part, values, report)


def _values_of(row):
    """What the row itself says that registers hold after a reset, by address."""
    peripherals = row.get("peripherals", {})
    values = {one["start"]: one["control_reset"] for one in peripherals.get("list", [])}
    values |= {one["address"]: one["value"] for one in peripherals.get("reset_values", [])}
    return values | {
        one["address"]: one["value"] for one in row.get("clock", {}).get("registers", [])
    }


def _check_identity(row, part, report):
    register, place = part.known.get("DBGMCU_IDCODE"), row.get("identity", {}).get("debug_id")
    if register and place and register.address != place:
        report("DBGMCU_IDCODE", f"is not at 0x{place:08X}, the identity.debug_id of {row.slug}")


def _check_ready(row, part, report):
    """Ready bits follow the same enable bits."""
    bits = [one for one in part.bits if one.word == "follows"]
    for ready in row.get("clock", {}).get("ready", []):
        for one in bits:
            if one.address == ready["address"] and one.mask == 1 << ready["ready"]:
                if (one.other, one.other_mask) != (one.address, 1 << ready["on"]):
                    why = f"follows other bits than clock.ready of {row.slug} says of {ready['name']}"
                    report(one.name, why)


def _check_resets(row, part, values, report):
    """Registers that the row tells the reset value of have the same one, or none, in the file."""
    for known in part.known.values():
        value = values.get(known.address, known.reset)
        if known.reset and known.reset != value:
            why = f"reset is 0x{known.reset:X}, and {row.slug} says 0x{value:X}"
            report(known.name, why)


def _check_rest(part, values, report):
    """After a reset, bits that follow others are what those are."""
    resets = {known.address: known.reset for known in part.known.values()} | values
    for bits in part.bits:
        if bits.word in ("follows", "follows-not", "shows"):
            other = _low(resets[bits.other], bits.other_mask)
            wanted = other if bits.mask.bit_count() > 1 else int(other > 0)
            if bits.word == "follows-not":
                wanted ^= _low(bits.mask, bits.mask)
            if _low(resets[bits.address], bits.mask) != wanted:
                report(bits.name, "differs after a reset from what it follows")


def _low(value, mask):
    """The bits under a mask of neighbours, moved down to bit 0."""
    return (value & mask) // (mask & -mask)
