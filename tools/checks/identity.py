# identity.py: checks where a part tells who it is, and bit-banding, which not every core has.
# SPDX-License-Identifier: MIT


def check_identity(device, report):
    identity, first = device["identity"], device.get("first_pages", {})
    for key, unit in (("uid", 4), ("uid_last", 4), ("debug_id", 4), ("flash_size", 2)):
        if identity.get(key, 0) % unit:
            report(f"identity.{key}", f"0x{identity[key]:08X} is not {unit}-aligned")
    size = identity.get("flash_size")
    if size and first.get("size_register", size) != size:
        report("identity.flash_size", "differs from first_pages.size_register")


def check_bit_band(device, report):
    if device["core"].get("bit_band") and device["core"]["name"] not in ("cortex-m3", "cortex-m4"):
        report("core.bit_band", f"{device['core']['name']} has none")
