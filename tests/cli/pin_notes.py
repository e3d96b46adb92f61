# pin_notes.py: what a board designer must know is said by `pins`, by `devices` and on the pages.
# SPDX-License-Identifier: MIT
#
# pin_notes.py BOOTLEAP BATCH
import json
import sys
from pathlib import Path

from questions import Answers, check, finish

PAGES = Path(__file__).resolve().parents[2] / "docs" / "devices"
L4_OLD = "l41 l43 l45 l47 l49"
F4_CRYSTAL = "f405 f401xc f401xe f411 f412 f413 f42 f446 f469 f72 f74 f76"
# Typed here from AN2606 Rev 70: words of the note, the rows that have it, and where it is said.
TYPED = (
    ("VDDUSB at 3.3 V", f"g0b0 g0b1 g47 g49 h503 h563 l4p5 l4r l5 u575 wb5 {L4_OLD}",
     "Tables 109, 111, 117, 119, 121, 127, 162 to 178, 183, 217: Note of the line DFU"),
    ("unless VDDUSB is connected to VDD", L4_OLD, "notes behind Tables 162, 164, 166, 170, 172"),
    ("voltage range 2", f"l4p5 l4r {L4_OLD}", "line Power of Tables 162 to 176"),
    ("engineering bytes", "c091 c53 c55 c59 h5e wba2",
     "Table 18 note 2; line RCC of Tables 20, 23, 26, 130 and 188"),
    ("12, 24 or 48 MHz", "c53 c55 c59", "line RCC of Tables 20, 23 and 26"),
    ("not there on LQFP32", "g0b0", "Table 109 note 2"),
    ("does not move to PA11", "c071", "Table 16 note 1"),
    ("synchronization byte twice, at 115200 baud", "h743", "note behind Table 135"),
    ("USBREGEN", "h743", "note behind Table 135"),
    ("pull-up on PA11", "h743", "Table 136, V9.0"),
    ("WLCSP68-G", "u375", "Section 92.2"),
    ("needs its falling edge", "l01", "Table 142; Table 143, V12.3"),
    ("SWDIO and SWCLK", "l01", "Table 142"),
    ("WLCSP90", "f405", "Section 34.2.1"),
    ("revisions A, Z and B", "f2", "Section 24"),
    ("revisions Z and 1", "f74", "Section 45"),
    ("revisions 2 and 3", "l47", "Section 75"),
    ("STM32L071xx and STM32L081xx", "l07", "Section 66"),
    ("smaller than LQFP64", "g07", "Table 108, V11.0"),
    ("packages of 32 and 48 pins only", "g03", "Table 106, V5.1"),
    ("PD6 is grounded inside", "f105", "Section 22.3.2"),
    ("13.7 s", "f105", "Table 229"),
    ("slow one (8 MHz)", F4_CRYSTAL, "notes behind Tables 73 to 103"),
    ("more than 1 % off", "f070x6 f070xb", "notes behind Tables 37 and 39"),
    ("resets the chip if", "f070x6 f070xb f105 f2 f301 f303xc f303xe f373 l1xc l1xd l1xe l4p5 l4r"
     f" l43 l45 l47 l49 f358 f378 {F4_CRYSTAL}", "lines RCC: the CSS; Table 230: 10 ms"),
    ("125 kbit/s", "f105 f2 f405 f412 f413 f42 f446 f469 f72 f74 f76 l43 l45 l47 l49 l4p5 l4r",
     "lines CAN"),
    ("250 kbit/s", "c091 c53 c55 c59 g0b1 h503 h523 h563 h723 h743 h7a3 h7rs l5 u535 u575 u595 u5f",
     "lines FDCAN"),
    ("2.4 Mbit/s", "u375 u3b5", "line FDCAN of Tables 208 and 211"),
    ("tied to GND", "g07 g0b0 g0b1 g43 g47 g49 h723 l01 l03 l07 l41 l43 l45 l49 l4p5 l4r l5 wb1 wb5"
     " wl5", "lines SPIx_NSS"),
)


def sections():
    """The part of a page about each device."""
    for page in PAGES.glob("*.md"):
        for section in page.read_text(encoding="utf-8").split('<a id="')[1:]:
            yield section.split('"')[0], section


def pin_notes():
    """Each where AN2606 has it, and nowhere else."""
    tool = Answers(*sys.argv[1:3])
    slugs = [row["slug"] for row in json.loads(tool.run("devices", "--json").out)["devices"]]
    pins = [json.loads(answer.out)["notes"]
            for answer in tool.ask(("pins", slug, "--json") for slug in slugs)]
    texts = {"pins": dict(zip(slugs, map("\n".join, pins))),
             "devices": {slug: " ".join(answer.out.split())
                         for slug, answer in zip(slugs, tool.ask(("devices", one) for one in slugs))},
             "the page": dict(sections())}
    for words, rows, source in TYPED:
        wanted = set(rows.split())
        found = {slug for slug in slugs if words in texts["pins"][slug]}
        check(found == wanted, f"{words!r} ({source}): {' '.join(sorted(found ^ wanted))}")
        for where, text in texts.items():
            lacking = [slug for slug in wanted if words not in text[slug]]
            check(not lacking, f"{words!r}: not in {where} of {' '.join(lacking)}")


finish(pin_notes)
