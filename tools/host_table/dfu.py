# dfu.py: writes what a row says of its ROM's USB device.
# SPDX-License-Identifier: MIT
from c_literals import enumerator, flag, text
from table.confidence import confidence_of


def dfu_arrays(device):
    """The strings of the memories beside the flash; "" where one is that of the flash again."""
    if device.get("dfu"):
        memories = device["dfu"]["memories"]
        strings = (text("" if memory == "flash" else memory) for memory in memories)
        yield "char *const ", "dfu_memories", strings, "NULL"


def dfu_fields(device, versions):
    """The member of struct device, where the ROM has DFU; `versions` names the lists of versions."""
    dfu = device.get("dfu")
    if not dfu:
        return
    fails = versions[tuple(dfu.get("leave_fails", []))]
    fields = (
        str(dfu["transfer_size"]),
        f"0x{dfu['usb']:04X}",
        f"0x{dfu['release']:04X}",
        text(dfu["product"]),
        str(dfu["first_string"]),
        str(dfu["configuration"]),
        text(dfu["flash"]),
        str(dfu["count_digits"]),
        str(dfu["size_digits"]),
        flag(dfu.get("bare_bytes", False)),
        flag(dfu.get("tells_largest", False)),
        f"{device.slug}_dfu_memories",
        enumerator("DFU_SERIAL", dfu["serial"]),
        text(dfu.get("serial_text", "")),
        f"{device.slug}_{fails}",
        f"WHETHER_{dfu.get('leaves_first', 'unknown').upper()}",
        str(dfu.get("mass_erase_ms", 0)),
        enumerator("CONFIDENCE", confidence_of(dfu, "memories")),
    )
    yield "dfu", "{" + ", ".join(fields) + "}"
