# versions.py: names the lists of ROM versions that the facts of a device use.
# SPDX-License-Identifier: MIT


def version_lists(device):
    """Each list of ROM versions that facts of the device use: its C name."""
    rows = device.get("interfaces", {}).get("list", []) + device.get("defect", [])
    rows = [{}, *rows, *behaviour_versions(device)]  # the empty list is used in any case
    lists = dict.fromkeys(tuple(row.get("versions", [])) for row in rows)
    return {ids: "_".join(["versions", *(f"{i:02X}" for i in ids)]) for ids in lists}


def behaviour_versions(device):
    """What has a list of ROM versions, as rows with the key `versions`."""
    behaviour, check = device.get("behaviour", {}), device.get("bank_check", {})
    go, startup = device.get("go", {}), device.get("startup", {})
    dfu = device.get("dfu", {})
    for key in ("clears_empty_in", "unmasks"):
        yield {"versions": behaviour.get(key, [])}
    yield {"versions": go.get("fails", [])}
    yield {"versions": go.get("keeps_stack", [])}
    yield from go.get("stack_room", [])
    yield from device.get("protocol", {}).get("quirks", [])
    yield from dfu.get("quirks", [])
    yield {"versions": dfu.get("leave_fails", [])}
    yield check
    yield from check.get("windows", [])
    yield from go.get("leaves", [])
    yield from device.get("jump_conditions", {}).get("list", [])
    yield from device.get("detection", {}).get("deaf", [])
    yield from startup.get("list", [])
