# mark.py: where the mark can be when it is not in RAM.
# SPDX-License-Identifier: MIT


def mark_can_be_in_backup(device):
    """True if the library can write two words to the backup registers of this device."""
    backup = device.get("backup")
    if not backup or backup["bytes"] != 4 or "unlock_bit" not in backup:
        return False
    if backup.get("least", backup["count"]) < 2:
        return False  # some part of the row has no room for it
    after_reset = clocks_after_reset(device)
    return all(one["register"] in after_reset for one in backup["clocks"])


def mark_in_backup(backup):
    """The last two registers of the smallest part: least likely to be in use already."""
    return backup["address"] + 4 * (backup.get("least", backup["count"]) - 2)


def clocks_after_reset(device):
    registers = device.get("clock", {}).get("registers", [])
    return {one["address"]: one["value"] for one in registers}
