# masks.py: what registers hold that a row gives as names and numbers.
# SPDX-License-Identifier: MIT
from schema.words import CORES


def flag_mask(device, role=None, names=None):
    """The reset flags with this role, or with these names, or all of them, as a mask."""
    mask = 0
    for one in device.get("reset_flags", {}).get("flags", []):
        if (role is None or one["role"] == role) and (names is None or one["name"] in names):
            mask |= 1 << one["bit"]
    return mask


def prescaler_code(device):
    """What IWDG_PR holds for its largest prescaler: 0 divides by 4, each further one by twice that."""
    largest = device.get("iwdg", {}).get("largest_prescaler", 0)
    return largest.bit_length() - 3 if largest else 0


def ccr_reset(core):
    """What CCR of the core holds after a reset."""
    return core.get("ccr_reset", CORES[core["name"]][4])
