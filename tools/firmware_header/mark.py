# mark.py: writes where the mark is: in RAM or in backup registers.
# SPDX-License-Identifier: MIT
from c_literals import word
from firmware_header.lines import constant, words
from schema.sources import sources_of
from table.mark import clocks_after_reset, mark_can_be_in_backup, mark_in_backup

NO_BACKUP = """\
#ifdef BOOTLEAP_MARK_IN_BACKUP
#error "bootleap: nothing is known of backup registers of this part that could hold the mark: \\
build without BOOTLEAP_MARK_IN_BACKUP"
#endif
#define BOOTLEAP_BACKUP 0
"""
CHOICE = """\
#ifdef BOOTLEAP_MARK_IN_BACKUP
#define BOOTLEAP_BACKUP 1
#else
#define BOOTLEAP_BACKUP 0
#endif
#if defined(BOOTLEAP_MARK_IN_BACKUP) && !defined(BOOTLEAP_MARK)
#define BOOTLEAP_MARK {}
#endif
"""


def mark_constants(device):
    """Where the mark is: in RAM or, if that can be and is wanted, in backup registers."""
    mark, backup = device["mark"], device.get("backup")
    in_ram = f"// mark: {'; '.join(sources_of(mark))}\n"
    in_ram += constant("MARK", word(mark["address"]), True)
    if not mark_can_be_in_backup(device):
        return NO_BACKUP + in_ram
    out = f"// backup: {'; '.join(sources_of(backup))}\n"
    out += "".join(constant(*one) for one in _backup(device))
    if mark.get("place") == "backup":
        return out + "#define BOOTLEAP_BACKUP 1\n" + in_ram
    return out + CHOICE.format(word(mark_in_backup(backup))) + in_ram


def _backup(device):
    """The clocks to switch on, and as words what is cleared afterwards: DBP, then those of the
    clocks that a reset leaves off, the first last."""
    backup, after_reset = device["backup"], clocks_after_reset(device)
    clocks = {}
    for one in backup["clocks"]:
        clocks[one["register"]] = clocks.get(one["register"], 0) | 1 << one["bit"]
    lock, bit = backup["unlock_register"], 1 << backup["unlock_bit"]
    rows, off = [], []
    for register, mask in clocks.items():
        stays_off = mask & ~after_reset[register]
        rows.append(f"{{{word(register)}, {word(mask)}, {word(stays_off)}}},")
        off = [(register, stays_off)] * bool(stays_off) + off
    off = [(lock, bit)] + off
    return (
        ("BACKUP_FIRST", word(backup["address"])),
        ("BACKUP_LAST", word(backup["address"] + 4 * (backup["count"] - 2))),
        ("BACKUP_CLOCKS", " ".join(rows)),
        ("BACKUP_LOCK", word(lock)),
        ("BACKUP_LOCK_MASK", word(bit)),
        ("BACKUP_CLEARED", len(off)),
        ("BACKUP_CLEARED_WORDS", f'"{"".join(words(*pair) for pair in off)}"'),
    )
