# memory.py: checks flash and RAM, where everything is, and the place of the mark.
# SPDX-License-Identifier: MIT
from checks.peripherals import list_of
from table.regions import inside, overlap


def named_regions(device):
    """(key, region) of all that has a place in the address space."""
    flash = device.get("flash")
    if flash:
        yield "flash", {"name": "flash", "start": flash["start"], "size": flash["size"]}
    for region in device.get("rom", {}).get("memory", []):
        yield "rom.memory", region
    for ram in device.get("ram", []):
        yield "ram", ram
    if device.rcc():
        yield "clock.rcc" if device.get("clock") else "rcc", device.rcc()
    for block in device.blocks():
        yield list_of(block), block


def check_regions(device, report):
    found = list(named_regions(device))
    for key, region in found:
        if region["size"] == 0:
            report(key, f"{region['name']} has size 0")
        if region["start"] + region["size"] > 1 << 32:
            report(key, f"{region['name']} reaches beyond the 32-bit address space")
    # In the order of their addresses only neighbours can be the first to overlap.
    order = sorted(range(len(found)), key=lambda i: found[i][1]["start"])
    for i, j in zip(order, order[1:]):
        if overlap(found[i][1], found[j][1]):
            (other_key, other), (key, region) = found[min(i, j)], found[max(i, j)]
            report(key, f"{region['name']} overlaps {other['name']} ({other_key})")


def check_flash(device, report):
    flash = device["flash"]
    if any(run["count"] == 0 or run["size"] == 0 for run in flash["pages"]):
        report("flash.pages", "a run has no pages, or pages of size 0")
    total = sum(run["count"] * run["size"] for run in flash["pages"])
    if total != flash["size"]:
        report("flash.pages", f"add up to {total} bytes, flash.size is {flash['size']}")
    expected = flash["start"]
    for run in flash["pages"]:
        if run["start"] != expected:
            start = f"a run starts at 0x{run['start']:08X}"
            report("flash.pages", f"{start}, the one before ends at 0x{expected:08X}")
        expected = run["start"] + run["count"] * run["size"]
    numbers = []
    for run in flash["pages"]:
        numbers += range(run["first_number"], run["first_number"] + run["count"])
    if len(numbers) != len(set(numbers)):
        report("flash.pages", "two pages have the same number")
    if flash["program_bytes"] not in (1, 2, 4, 8, 16, 32):
        report("flash.program_bytes", f"{flash['program_bytes']} is no power of two up to 32")
    for one in flash.get("letters", []):
        if len(one["letter"]) != 1 or not 0 < one["kb"] * 1024 <= flash["size"]:
            report("flash.letters", f"{one['letter']} is no letter, or stands for too much")
    if "empty_clear" in flash and "empty_register" not in flash:
        report("flash.empty_clear", "there, but flash.empty_register is missing")
    if ("empty_register" in flash) != ("empty_bit" in flash):
        report("flash.empty_register", "empty_register and empty_bit go together")
    blocks = [p for p in device.get("peripherals", {}).get("list", []) if p["block"] == "flash"]
    if "empty_register" in flash and blocks and not inside(flash["empty_register"], 4, blocks):
        report("flash.empty_register", "is outside the flash interface")
    if "empty_register" in flash and device["boot"]["empty_check"] == "none":
        report("boot.empty_check", "none, but flash.empty_register is there")


def check_erase_times(device, report):
    times = [one["size"] for one in device["erase_times"]["list"]]
    if len(times) != len(set(times)):
        report("erase_times.list", "two entries are of one size")
    for run in device["flash"]["pages"]:
        if run["size"] not in times:
            report("erase_times.list", f"nothing about pages of 0x{run['size']:X} bytes")
    if any(one["ms"] == 0 for one in device["erase_times"]["list"]):
        report("erase_times.list", "a page takes 0 ms")


def check_mark(device, report):
    address, place = device["mark"]["address"], device["mark"].get("place", "ram")
    if place == "backup":
        check_backup_mark(device, address, report)
        return
    if address % 8:
        report("mark.address", f"0x{address:08X} is not 8-aligned")
    if not inside(address, 8, device["ram"]):
        report("mark.address", f"0x{address:08X} is outside RAM")
    if _rom_takes_all_ram(device) and device.get("entry", {}).get("mechanism") == "erase-first":
        return  # no place survives this ROM, but the mark survives the reset before it
    for region in device["behaviour"]["overwrites"]:
        if overlap({"start": address, "size": 8}, region):
            report("mark.address", f"0x{address:08X} is in the RAM that the ROM overwrites")


def _rom_takes_all_ram(device):
    return all(
        inside(ram["start"], ram["size"], device["behaviour"]["overwrites"]) for ram in device["ram"]
    )


def check_backup_mark(device, address, report):
    backup = device.get("backup")
    if not backup:
        report("mark.place", "backup, but the device has no group backup")
        return
    size = 4 * backup["count"]
    if not inside(address, 8, [{"start": backup["address"], "size": size}]):
        report("mark.address", f"0x{address:08X} is outside the backup registers")
    # What the library counts on where it keeps the mark there.
    if "unlock_bit" not in backup:
        report("mark.place", "backup needs a bit that unlocks")
    after_reset = {r["address"] for r in device.get("clock", {}).get("registers", [])}
    for one in backup["clocks"]:
        if after_reset and one["register"] not in after_reset:
            report("mark.place", f"backup needs the value of {one['name']}'s register after a reset")
