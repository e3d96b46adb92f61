# surroundings.py: what is around a program, as options of bootleap-sim run.
# SPDX-License-Identifier: MIT


class NotExpressible(Exception):
    """No program on the virtual chip can stand for this observation; says why."""


def surroundings(observation, device, left):
    """Options for what is around the program."""
    options = []
    if left.get("swd") == "on":
        raise NotExpressible("no debugger is modelled")
    if observation.get("rom"):
        options += ["--rom-version", observation["rom"]]
    if left.get("ob") == "rdp1":
        options += ["--option", "rdp-level-1"]
    if "crystal" in observation.get("cause", []):
        options += crystal(observation)
    if "bank" in observation.get("cause", []):  # the ROM looks for one
        looks = {"option": ["--bfb2"], "unknown": ["--worst"]}
        options += looks.get(device.get("bank_check", {}).get("when"), [])
    if boot0_is_high(left):
        options += ["--boot0-pin", "PF11"]
    if "traffic" in left:
        kinds = {"uart": ("usart",), "can": ("can",)}[left["traffic"]]
        names = [one["name"] for one in device["interfaces"]["list"] if one["kind"] in kinds]
        if not names:
            raise NotExpressible(f"this ROM has no {left['traffic']} for the traffic")
        options += ["--noise-on", names[0]]
    return options


def boot0_is_high(left):
    """PF11 is wired to BOOT0 and driven. BOOT_SEL = 0 is the same to the ROMs that look at it."""
    return left.get("gpio") == "pf11" or left.get("ob") == "bootsel0"


def crystal(observation):
    """Missed at each start, or found as often as the observation says."""
    if observation["outcome"] != "sometimes":
        return ["--no-crystal"]
    served, of = observation.get("times", (1, 2))
    return ["--crystal-chance", str(100 * served // of)]


def usual_wire(device):
    """The wire of an observation that names none: USB, as of most, or a USART."""
    kinds = {one["kind"] for one in device["interfaces"]["list"]}
    return "usb" if "usb" in kinds else "usart"


def failing_go(device):
    """The versions whose Go of AN3155 starts nothing, as "132" of V13.2."""
    return [f"{version >> 4}{version & 15}".zfill(3) for version in device.get("go", {}).get("fails", [])]
