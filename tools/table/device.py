# device.py: one row of the device table, as the checks and writers see it.
# SPDX-License-Identifier: MIT
from dataclasses import dataclass

from schema.row import GROUPS

# A device may lack these for good: the chip does not have what they describe.
BY_NATURE = (
    "boot0",
    "packages",
    "bank_check",
    "reports",
    "jump_conditions",
    "detection",
    "dfu",
    "mark",
    "remap",
    "rcc",
    "timers",
    "usart_pins",
    "clock_tree",
    "wwdg",
    "identity",
    "backup",
    "system_init",
    "usb_pullup",
    "first_pages",
    "layouts",
    "bank_swap",
)


@dataclass
class Device:
    """One [[device]] of one file."""

    file: str
    series: str
    slug: str
    facts: dict
    shared: frozenset = frozenset()  # names of the groups that it has from [series]

    def __getitem__(self, key):
        return self.facts[key]

    def get(self, key, default=None):
        return self.facts.get(key, default)

    def page(self):
        """The name of the page about its series: that of its file, without the ending."""
        return self.file.rsplit("/", 1)[-1].removesuffix(".toml")

    def listed(self):
        """True if AN2606 names the device, so that all that its ROM does is known."""
        return not self.get("unlisted")

    def rcc(self):
        """Where RCC is, as a region; None where nobody has typed it."""
        clock, rcc = self.get("clock"), self.get("rcc")
        if clock:
            return {"name": "RCC", "start": clock["rcc"], "size": clock["rcc_size"]}
        return rcc and {"name": "RCC", "start": rcc["start"], "size": rcc["size"]}

    def blocks(self):
        """Every instance of an IP block that the virtual chip has: the timers are among them."""
        listed = self.get("peripherals", {}).get("list", [])
        return listed + [
            {"block": "timer", "size": 0x400, "control_reset": 0} | timer | _lines(timer)
            for timer in self.get("timers", {}).get("list", [])
        ]

    def usart_pins(self):
        """(USART, TX, RX) of each pair of pins that the ROM listens on, once each, in order."""
        pairs = {}
        for one in self.get("interfaces", {}).get("list", []):
            if one["kind"] == "usart":
                pins = dict(pin.split(":")[0].split() for pin in one["pins"])
                pairs[one["name"], pins.get("TX", "-"), pins.get("RX", "-")] = None
        return list(pairs)

    def enters(self):
        """True if the firmware library has a way from the application into this ROM."""
        mark, mechanism = self.get("mark"), self.get("entry", {}).get("mechanism")
        if not mark or (mechanism == "erase-first" and not self.get("first_pages")):
            return False
        if mark.get("place") == "backup" and self.get("backup", {}).get("bytes") != 4:
            return False  # the mark is two words
        return mechanism in ("reset", "erase-first")


def _lines(timer):
    """Both interrupt lines of a timer whose channels have one of their own."""
    lines = [timer["interrupt"], timer.get("compare_interrupt")]
    return {"lines": lines} if lines[1] is not None else {}


def fact_groups(device):
    """(name, table) of each group of facts of a row; None where nobody has typed them."""
    for name in GROUPS:
        table = device.get(name)
        if table or name not in BY_NATURE:
            yield name, table
    rams = device.get("ram")
    for ram in rams or [None]:
        yield "ram", ram
    for defect in device.get("defect", []):
        yield "defect", defect
