# overview.py: writes the table that has a line for each device.
# SPDX-License-Identifier: MIT
from pages.markdown import head, line, versions

COLUMNS = (
    "device",
    "key",
    "CMSIS macros",
    "Get ID",
    "ROM versions",
    "ROM vector table",
    "enter",
    "direct jump",
    "mark",
    "run on a board",
)


def overview(devices, folder):
    """The table; `folder` leads from its page to the pages of the series, "" on such a page."""
    return head(*COLUMNS) + "".join(line(_cells(device, folder)) for device in devices)


def _cells(device, folder):
    rom, mark = device.get("rom"), device.get("mark")
    mechanism = device.get("entry", {}).get("mechanism", "none")
    page = f"{folder}{device.page()}.md" if folder else ""
    # Links to the index name a device, too.
    anchor = f'<a id="{device.slug}"></a>' if folder else ""
    return (
        f"{anchor}[{device['name']}]({page}#{device.slug})",
        f"`{device.slug}`",
        ", ".join(f"`{part}`" for part in device["parts"]),
        f"0x{rom['product']:03X}" if rom else "not known",
        versions(rom["ids"]) if rom else "not known",
        f"0x{rom['vector']:08X}" if rom else "not known",
        mechanism.replace("-", " "),
        "yes" if device.get("jump") else "no",
        f"0x{mark['address']:08X}" if mark else "none",
        ", ".join(device.get("tested", [])) or "no",
    )
