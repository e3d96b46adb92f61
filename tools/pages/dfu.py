# dfu.py: says what a ROM's USB device tells of itself, and what it does otherwise.
# SPDX-License-Identifier: MIT
from pages.markdown import items, of_versions, sure, versions
from table.confidence import confidence_of

QUIRKS = {
    "dfu-starts-in-error": "The ROM starts in dfuERROR (errFIRMWARE): send CLRSTATUS first",
    "dfu-early-poll-stalls": "GETSTATUS before the poll timeout is refused: try again",
    "dfu-clrstatus-stalls": "CLRSTATUS outside dfuERROR is refused",
    "dfu-second-bank-shifted": "An erase of a sector of bank 2 erases the sector {number} after it",
    "dfu-second-bank-not-erased": "An erase of a sector of bank 2 does not work",
    "dfu-second-bank-stays-busy": "After an erase of a sector of bank 2 the ROM stays in"
    " dfuDNBUSY until CLRSTATUS comes twice",
    "dfu-mass-erase-missing": "A mass erase does not work",
    "dfu-mass-erase-longer": "A mass erase takes at least {number} ms longer than its poll timeout",
    "dfu-odd-block-corrupted": "A block is corrupted if it has more than {number} bytes and is no"
    " multiple of 8",
    "dfu-memories-erasable": "The strings say that the other memories can be erased, which is wrong",
    "dfu-wrong-sectors": "The string of the flash has a wrong size",
    "dfu-old-release": "bcdDevice is 0x{number:04X}",
    "dfu-resets-backup": "The RTC and the backup registers are reset when a host on USB is found",
}
SERIALS = {
    "middle": "the unique id: the sum of its first and last word, and the upper half of the middle one",
    "last": "the unique id: the sum of its first and last word, and the upper half of the last one",
    "fixed": "not made of the unique id",
}


def dfu_section(device):
    dfu = device.get("dfu")
    return "\n### USB DFU\n\n" + items(_facts(dfu)) if dfu else ""


def _facts(dfu):
    yield f"**Transfer size:** {dfu['transfer_size']} bytes{sure(dfu, 'transfer_size')}."
    yield f"**bcdDevice:** 0x{dfu['release']:04X}{sure(dfu, 'release')}."
    yield f"**Product:** `{dfu['product']}`{sure(dfu, 'product')}."
    memories = ", ".join(f"`{memory}`" for memory in dfu["memories"] if memory != "flash")
    yield f"**Memories:** the flash is `{dfu['flash']}`{sure(dfu, 'flash')}" + (
        f"; the others are {memories}{sure(dfu, 'memories')}." if memories else ".")
    yield f"**Serial number:** {SERIALS[dfu['serial']]}{sure(dfu, 'serial')}."
    if "leaves_first" in dfu:
        when = {"yes": "before", "no": "after", "unknown": "before or after"}[dfu["leaves_first"]]
        yield (
            f"After a leave the ROM leaves the bus {when} the next status"
            f"{sure(dfu, 'leaves_first')}."
        )
    if "leave_fails" in dfu:
        yield f"Leave does not work in {versions(dfu['leave_fails'])}."
    for row in dfu.get("quirks", []):
        what = QUIRKS[row["what"]].format(number=row.get("number"))
        known = row.get("confidence", confidence_of(dfu, "quirks"))
        yield f"{what}{of_versions(row)} ({known})."
