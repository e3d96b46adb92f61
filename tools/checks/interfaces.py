# interfaces.py: checks what the ROM listens on: interfaces, pins, crystal.
# SPDX-License-Identifier: MIT
from checks.versions import check_versions

LOST_MOST = 15  # struct deaf_pin has room for so many names and the end


def check_interfaces(device, report):
    interfaces, ids = device["interfaces"], device["rom"]["ids"]
    signals = {
        "usart": {"TX", "RX"},
        "i2c": {"SCL", "SDA"},
        "i3c": {"SCL", "SDA"},
        "spi": {"MOSI", "MISO", "SCK", "NSS"},
        "can": {"TX", "RX"},
        "usb": {"DM", "DP"},
    }
    for interface in interfaces["list"]:
        name = interface["name"]
        found = [pin.split()[0] for pin in interface["pins"]]
        if sorted(found) != sorted(signals[interface["kind"]]):
            report("interfaces.list", f"{name}: its pins are not those of {interface['kind']}")
        if "address" in interface and interface["kind"] not in ("i2c", "i3c"):
            report("interfaces.list", f"{name}: only I2C has an address")
        if interface.get("address", 0) > 0x7F:
            report("interfaces.list", f"{name}: 0x{interface['address']:02X} is no 7-bit address")
        for version in interface.get("versions", []):
            if version not in ids:
                report("interfaces.list", f"{name}: 0x{version:02X} is not in rom.ids")
    peripherals = device.get("peripherals")
    names = [p["name"] for p in peripherals["list"]] if peripherals else []
    for interface in interfaces["list"]:
        if peripherals and interface["kind"] == "usart" and interface["name"] not in names:
            report("interfaces.list", f"{interface['name']} is not in peripherals.list")


def check_crystal(device, report):
    crystal = device["crystal"]
    kinds = {interface["kind"] for interface in device["interfaces"]["list"]}
    for kind in crystal["needed_for"]:
        if kind not in kinds:
            report("crystal.needed_for", f"{kind!r} is no interface of this device")
    if bool(crystal["needed_for"]) == (crystal["without"] == "nothing"):
        report("crystal.without", "nothing, and only that, where no interface needs a crystal")
    if device["behaviour"]["self_reset"] != (crystal["without"] == "reset"):
        report("crystal.without", "reset and behaviour.self_reset say the same and must agree")


def check_detection(device, report):
    interfaces = device["interfaces"]["list"]
    pins = {pin.split(":")[0].split()[1] for one in interfaces for pin in one["pins"]}
    names = {one["name"] for one in interfaces}
    for row in device["detection"]["deaf"]:
        if row["pin"] not in pins:
            report("detection.deaf", f"{row['pin']} is no pin of an interface")
        for name in row.get("loses", []):
            if name not in names:
                report("detection.deaf", f"{row['pin']}: this ROM has no {name}")
        if len(row.get("loses", [])) > LOST_MOST:
            report("detection.deaf", f"{row['pin']}: loses more than {LOST_MOST} interfaces")
    check_versions(device, "detection", device["detection"]["deaf"], report)


def check_packages(device, report):
    interfaces = device["interfaces"]
    listed = [pin for one in interfaces["list"] for pin in one["pins"]]
    pins = {pin.split(":")[0].split()[1] for pin in listed + interfaces.get("unused", [])}
    for row in device["packages"]["list"]:
        for pin in row["lacks"]:
            if pin not in pins:
                report("packages.list", f"{pin} is no pin of the ROM")
    _check_codes(device["packages"]["list"], "packages.list", report)


def check_boot0(device, report):
    listed = device["boot0"].get("of_packages", [])
    for row in listed:
        if row["pin"] not in device["boot0"]["pin"]:
            report("boot0.of_packages", f"{row['pin']} is not named in boot0.pin")
    _check_codes(listed, "boot0.of_packages", report)


def _check_codes(listed, key, report):
    seen = set()
    for code in (code for row in listed for code in row["codes"]):
        if not code.startswith("STM32"):
            report(key, f"{code}: ordering codes begin with STM32")
        if code in seen:
            report(key, f"{code} is there twice")
        seen.add(code)
