# dfu.py: says what a ROM's USB device tells of itself, and what it does otherwise.
# SPDX-License-Identifier: MIT
from pages.markdown import of_versions, sure, versions
from table.confidence import confidence_of

QUIRKS = {
    "dfu-starts-in-error": "It starts in dfuERROR (errFIRMWARE): CLRSTATUS first",
    "dfu-early-poll-stalls": "GETSTATUS before the time that it gave is refused: try again",
    "dfu-clrstatus-stalls": "CLRSTATUS outside dfuERROR is refused",
    "dfu-second-bank-shifted": "An erase of a sector of bank 2 erases the one {number} further",
    "dfu-second-bank-not-erased": "An erase of a sector of bank 2 does not work",
    "dfu-second-bank-stays-busy": "After an erase of a sector of bank 2 it stays in dfuDNBUSY"
    " until CLRSTATUS comes twice",
    "dfu-mass-erase-missing": "A mass erase does not work",
    "dfu-mass-erase-longer": "A mass erase lasts at least {number} ms longer than it says",
    "dfu-odd-block-corrupted": "A block of more than {number} bytes that is no multiple of 8 is"
    " corrupted",
    "dfu-memories-erasable": "Its strings say that the memories beside the flash can be erased",
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
    if not dfu:
        return ""
    memories = ", ".join(f"`{memory}`" for memory in dfu["memories"] if memory != "flash")
    out = "\n**USB DFU.** "
    out += f"Transfers have {dfu['transfer_size']} bytes{sure(dfu, 'transfer_size')}. "
    out += f"bcdDevice is 0x{dfu['release']:04X}{sure(dfu, 'release')}, the product"
    out += f" `{dfu['product']}`{sure(dfu, 'product')}. The flash is `{dfu['flash']}`"
    out += f"{sure(dfu, 'flash')}"
    out += f"; beside it: {memories}{sure(dfu, 'memories')}. " if memories else ". "
    out += f"Serial number: {SERIALS[dfu['serial']]}{sure(dfu, 'serial')}."
    if "leaves_first" in dfu:
        when = {"yes": "before", "no": "after", "unknown": "before or after"}[dfu["leaves_first"]]
        out += f" It is gone {when} the status that follows a leave{sure(dfu, 'leaves_first')}."
    if "leave_fails" in dfu:
        out += f" Leave does not work in {versions(dfu['leave_fails'])}."
    for row in dfu.get("quirks", []):
        what = QUIRKS[row["what"]].format(number=row.get("number"))
        known = row.get("confidence", confidence_of(dfu, "quirks"))
        out += f" {what}{of_versions(row)}, {known}."
    return out + "\n"
