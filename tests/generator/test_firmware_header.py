# test_firmware_header.py: compiles src/bootleap_devices.h for every part, as C and as C++.
# SPDX-License-Identifier: MIT
import re
import sys
import unittest

from configurations import compile_text, for_each_part, macros_of_parts, parts

# Each constant that the library may use, with or without brackets in a preprocessor test.
CONSTANTS = """
    ROM SYSTEM_MEMORY SYSTEM_MEMORY_SHIFT MARK FLAGS FLAGS_ANY FLAGS_SOFTWARE FLAGS_POWER
    FLAGS_CLEAR FLAGS_CLEAR_STAYS SELF_RESET ALIAS VTOR DCACHE MPU STACK_LIMITS REMAP REMAP_CLOCK
    REMAP_CLOCK_MASK REMAP_REGISTER REMAP_MASK REMAP_SYSTEM_MEMORY IWDG_KR ROM_FIRST CLEARED BACKUP
    ROM_LOOKS
""".split()
# Registers and bits that the CMSIS header of one part has, and of another part does not.
# fmt: off
ON_SOME_PARTS = (
    ("RESETS", "0x40021028u", "STM32F107xC", "STM32F103xB"),
    ("RESETS", "0x40021028u", "STM32F105xC", "STM32F100xB"),
    ("RESETS", "0x40023814u", "STM32F401xC", "STM32F410Cx"),
    ("RESETS", "0x44020C6Cu", "STM32H563xx", "STM32H503xx"),
    ("CLOCK_STEPS", "0x40021890u", "STM32G071xx", "STM32G070xx"),
    ("CLOCK_STEPS", "0x40021008u", "STM32L052xx", "STM32L051xx"),
    ("CLOCK_STEPS", "0x40021008u", "STM32L073xx", "STM32L010xB"),
    ("CLOCK_STEPS", "0x40023838u", "STM32F412Zx", "STM32F412Cx"),
    ("CLOCK_STEPS", "{0x40022000u, 0x00040B07u", "STM32G031xx", "STM32G030xx"),
    ("PORT_MASK", "0x000000FFu", "STM32F412Zx", "STM32F412Cx"),
    ("USB_CLOCKS", "0x4002101Cu", "STM32F072xB", "STM32F071xB"),
    ("SYSTEM_INIT", "0x58000010u", "STM32WB55xx", "STM32WB30xx"),
    ("SYSTEM_INIT", "0x46007404u", "STM32WBA62xx", "STM32WBA63xx"),
    ("OPTION_ERROR_MASK", "0x0000C3FAu", "STM32G031xx", "STM32G030xx"),
)
# fmt: on
OVERRIDDEN = """
#include "bootleap_devices.h"
#if BOOTLEAP_ROM != 1u || BOOTLEAP_MARK != 8u
#error lost
#endif
extern int nothing;
"""


def spread(text):
    """The same with each register of a run, a step of the kind 2, named."""
    runs = re.findall(r"\{0x([0-9A-F]{7}[26AE])u, 0x([0-9A-F]{8})u", text)
    places = (int(first, 16) - 2 + 4 * i for first, count in runs for i in range(int(count, 16)))
    return text + "".join(f" 0x{place:08X}u" for place in places)


def use_of(part):
    """Uses every constant, under names of this part's own."""
    numbers = "".join(
        f"#if BOOTLEAP_{name} > 0xFFFFFFFFu\n#error {part}: {name} is too large\n#endif\n"
        f"extern const unsigned long {part}_{name};\n"
        f"const unsigned long {part}_{name} = BOOTLEAP_{name};\n"
        for name in CONSTANTS
    )
    return f"""
extern int nothing;
#if BOOTLEAP_ENTRY
{numbers}
extern const char {part}_CLEARED_WORDS[];
const char {part}_CLEARED_WORDS[] = "" BOOTLEAP_CLEARED_WORDS;
#endif
"""


def command(compiler, language, defines=()):
    standard = {"c": "-std=c11", "c++": "-std=c++11"}[language]
    defined = (f"-D{define}" for define in defines)
    return [compiler, "-x", language, standard, "-fsyntax-only", *defined]


class FirmwareHeader(unittest.TestCase):
    def each_part(self, compiler, language):
        self.assertGreater(len(parts()), 0)
        result = compile_text(command(compiler, language), for_each_part(parts(), use_of))
        # A diagnostic names the part as the file that it is in.
        self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_host_c(self):
        self.each_part(COMPILER, "c")

    def test_cross_c(self):
        self.each_part("arm-none-eabi-gcc", "c")

    def test_cpp(self):
        self.each_part("g++", "c++")

    def test_nothing_is_touched_that_a_part_lacks(self):
        chosen = sorted({part for _, _, *both in ON_SOME_PARTS for part in both})
        macros = macros_of_parts([COMPILER], chosen)
        for name, text, has, lacks in ON_SOME_PARTS:
            with self.subTest(part=lacks, text=text):
                self.assertIn(text, spread(macros[has]["BOOTLEAP_" + name]))
                self.assertNotIn(text, spread(macros[lacks]["BOOTLEAP_" + name]))

    def test_unknown_part_is_an_error_that_helps(self):
        for defines in ([], ["STM32F999xx"]):
            text = '#include "bootleap_devices.h"\n'
            result = compile_text(command(COMPILER, "c", defines), text)
            self.assertNotEqual(result.returncode, 0)
            self.assertIn("CMSIS macro", result.stderr)
            self.assertIn("-DSTM32F405xx", result.stderr)

    def test_rom_and_mark_can_be_overridden(self):
        defines = [parts()[0], "BOOTLEAP_ROM=1u", "BOOTLEAP_MARK=8u"]
        result = compile_text(command(COMPILER, "c", defines), OVERRIDDEN)
        self.assertEqual(result.returncode, 0, result.stderr)


if __name__ == "__main__":
    COMPILER = sys.argv.pop(1) if len(sys.argv) > 1 else "cc"
    unittest.main()
