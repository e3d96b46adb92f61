# pin_board.py: what `pins` says of the BOOT0 pin, of packages, and where a ROM has no USB.
# SPDX-License-Identifier: MIT
#
# pin_board.py BOOTLEAP BATCH CASE
import json
import sys

from questions import Answers, check, finish

tool = Answers(*sys.argv[1:3])

# Typed here from the names of ST's pin data ("PA14-BOOT0") and AN2606 Rev 70 Table 2: the pin, the
# option bit of the pattern, and what a new chip has by the factory's option bytes.
BOOT0 = {
    "g03": ("PA14", "nBOOT_SEL = 0", "ignored"), "c031": ("PA14", "nBOOT_SEL = 0", "ignored"),
    "g0b1": ("PA14", "nBOOT_SEL = 0", "ignored"), "u073": ("PF3", "nBOOT_SEL = 0", "ignored"),
    "g47": ("PB8", "nSWBOOT0 = 1", "counts"), "l43": ("PH3", "nSWBOOT0 = 1", "counts"),
    "l47": ("BOOT0", None, "counts"), "f405": ("BOOT0", None, "counts"),
    "f10medium": ("BOOT0", None, "counts"), "f09": ("PF11", "BOOT_SEL = 1", "counts"),
    "l01": ("PB9", "nBoot0_SW = 1", "unknown"), "h743": ("BOOT0", None, "counts"),
    "h563": ("BOOT0", "PRODUCT_STATE = Open", "counts"), "wb5": ("PH3", "nSWBOOT0 = 1", "counts"),
    "u575": ("PH3", "nSWBOOT0 = 1", "counts"), "wb05": ("PA10", None, "counts"),
    "wl3": ("PA10", None, "counts"), "f042": None,
}
# Typed here from the pin tables of the data sheets: a package, and the pins of the ROM it lacks.
PACKAGES = {
    "STM32F105RBT6": "PD5 PD6", "STM32F107VCT6": "", "STM32F103C8T6": "",
    "STM32F401CCU6": "PC10 PC11 PC12 PD5 PD6", "STM32F411CEU6TR": "PC10 PC11 PC12 PD5 PD6",
    "STM32G071C8T6": "PC10 PC11", "STM32G030J6M6": "PA3 PB10 PB11",
    "STM32H723VGT6": "PF0 PF1 PH13 PH14", "STM32H743ZIT6": "PH13 PH14 PI0 PI1 PI2 PI3",
    "stm32f405rgt6": "PF0 PF1 PI0 PI1 PI2 PI3", "NUCLEO-F401RE": "PD5 PD6",
    "STM32C092CBT6": "PC10 PC11",
    # Without the letter of the package: what all with so many pins lack.
    "nucleo-f429zi": "PI0 PI1 PI2 PI3", "NUCLEO-H743ZI": "PH13 PH14 PI0 PI1 PI2 PI3",
}

# The letter in a board's name is the flash size: the F429I-DISCO has an F429ZI.
BOARDS = ("STM32F429I-DISCO", "STM32F429I-DISC1", "STM32F469I-DISCO", "STM32F412G-DISCO",
          "STM32H747I-DISCO", "STM32F746G-DISCO", "STM32L476G-EVAL", "STM32H573I-DK", "B-L475E-IOT01A")
# Typed here from the pin tables of the data sheets: DS12232 (LQFP32 and UFQFPN32, and both with N),
# DS13737 (LQFP144 without and with SMPS).
NO_PACKAGE = {
    "STM32G071K8": ("PB10 PB11 PB12 PB13 PB14 PC10 PC11", "PB15"),
    "STM32U575ZI": ("", "PB11 PB12"),
}
F04_BOOT0 = {
    "STM32F042T6Y6": "PB8", "STM32F048T6Y6": "PB8", "STM32F042F4P6": "PB8", "STM32F042G6U6": "PB8",
    "STM32F042K6T6": "PB8", "STM32F042K6U6": "PF11", "STM32F042C6T6": "PF11",
    "STM32F048C6U6": "PF11", "STM32F042F6": "PB8", "STM32F042C4": "PF11",
}


def pins(*words):
    return json.loads(tool.run("pins", *words, "--json").out)


def boot0():
    """The pin, the option bit, and a new chip; and nothing where nobody knows it."""
    for name, wanted in BOOT0.items():
        one = pins(name)["boot0"]
        got = (one["pin"], one["counts_with"], one["factory"])
        check(wanted is None or got == wanted, f"{name}: {got}")
        check(one["level"] == "high", f"{name}: {one['level']}")
    check("PB8" in pins("f042")["boot0"]["pin"] and "PF11" in pins("f042")["boot0"]["pin"], "f042")
    check(pins("n6")["boot0"] is None, "n6 has one")
    rows = json.loads(tool.run("devices", "--json").out)["devices"]
    lacking = [row["slug"] for row in rows if row["interfaces"] and not row["boot0"]]
    check(not lacking, f"no BOOT0: {' '.join(lacking)}")
    for verb in ("pins", "devices"):
        text = " ".join(tool.run(verb, "g030c8").out.split())
        check("BOOT0 PA14, high when a reset ends. It counts only with nBOOT_SEL = 0: a new chip"
              " ignores the pin." in text, f"not in the text of {verb}")
    text = " ".join(tool.run("pins", "STM32F407VGT6").out.split())
    check("No option bit switches it off. Needed besides: BOOT1 (PB2) is low." in text, "f405")


def packages():
    """Pins that the package lacks are marked, and no others; without an ordering code none is."""
    for code, lacks in PACKAGES.items():
        uses = pins(code)["pins"]
        missing = dict.fromkeys(use["pin"] for use in uses if use["on_package"] is False)
        check(" ".join(missing) == lacks, f"{code}: {' '.join(missing)} instead of {lacks}")
        check(all(use["on_package"] is not None for use in uses), f"{code}: not known of all")
        text = " ".join(tool.run("pins", code).out.split())
        said = f"does not have {lacks}." if lacks else "has all pins of the ROM."
        check(f"package {code} {said}" in text, f"{code}: not in the text")
        check((text.count("not on this package") > 0) == bool(lacks), f"{code}: marks")
    for name in ("f405", "STM32F405xx", "STM32F405", *BOARDS):
        check({use["on_package"] for use in pins(name)["pins"]} == {None}, f"{name} is a package")
        check("\npackage " not in tool.run("pins", name).out, f"{name} says of a package")
    text = tool.run("pins", "STM32F401CCU6").out
    check("\npulled up       PA" not in text and " PD5 " not in text.split("driven ")[-1],
          "a pin that is not there is called pulled up")


def no_usb():
    """Which pins to wire instead, where the ROM has no USB, and only there."""
    rows = json.loads(tool.run("devices", "--json").out)["devices"]
    for row, answer in zip(rows, tool.ask(("pins", row["slug"]) for row in rows)):
        usb = any(one["kind"] == "usb" for one in row["interfaces"])
        said = "This ROM has no USB: wire P" in answer.out
        check(said == (bool(row["interfaces"]) and not usb), f"{row['slug']}: {said}")
    for name, wires in (("STM32F103C8T6", "PA9 (TX) and PA10 (RX) of USART1"),
                        ("g071", "PA9 (TX) and PA10 (RX) of USART1"),
                        ("l031", "PA9 (TX) and PA10 (RX) of USART2")):
        check(f"no USB: wire {wires}." in tool.run("pins", name).out, name)


def no_package():
    """A code without the letter of the package: what all lack, and what only some lack."""
    for code, (all_lack, some_lack) in NO_PACKAGE.items():
        found = {None: [], False: [], True: []}
        for use in pins(code)["pins"]:
            found[use["on_package"]].append(use["pin"])
        check(" ".join(dict.fromkeys(found[False])) == all_lack, f"{code}: {found[False]}")
        check(" ".join(dict.fromkeys(found[None])) == some_lack, f"{code}: {found[None]}")
        check(found[True], f"{code}: no pin is on all packages")
        text = " ".join(tool.run("pins", code).out.split())
        check(f"{code} does not tell the package: some do not have {some_lack}." in text, code)
        check((f"{code} does not have {all_lack}." in text) == bool(all_lack), f"{code}: {text}")
        check("has all pins" not in text, f"{code} has all")
        check(text.count("; not on some packages") == len(found[None]), f"{code}: marks")


def boot0_of_packages():
    """Typed here from ST's pin data: where a package of F04x has PF11, that is the pin."""
    for code, pin in F04_BOOT0.items():
        check(pins(code)["boot0"]["pin"] == pin, f"{code}: {pins(code)['boot0']['pin']}")
        check(f"BOOT0 {pin}, high when" in " ".join(tool.run("pins", code).out.split()), code)
    for code in ("STM32F042K6", "f04", "STM32F042x6", "STM32F042"):
        pin = pins(code)["boot0"]["pin"]
        check("PB8" in pin and "PF11" in pin and "WLCSP36" in pin, f"{code}: {pin}")


CASES = (boot0, boot0_of_packages, packages, no_package, no_usb)
finish({case.__name__.replace("_", "-"): case for case in CASES}[sys.argv[3]])
