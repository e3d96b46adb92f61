# test_firmware_header.py: compiles src/bootleap_devices.h for every part, as C and as C++.
# SPDX-License-Identifier: MIT
import re
import subprocess
import sys
import unittest
from pathlib import Path

HEADER = Path(__file__).resolve().parents[2] / "src" / "bootleap_devices.h"
# Each constant that the library may use, with or without brackets in a preprocessor test.
CONSTANTS = """
    ROM SYSTEM_MEMORY SYSTEM_MEMORY_SHIFT MARK FLAGS FLAGS_ANY FLAGS_SOFTWARE FLAGS_POWER FLAGS_CLEAR
    SELF_RESET ALIAS VTOR DCACHE MPU STACK_LIMITS REMAP REMAP_CLOCK REMAP_CLOCK_MASK REMAP_REGISTER
    REMAP_MASK REMAP_SYSTEM_MEMORY IWDG_KR ROM_FIRST CLEARED BACKUP ROM_LOOKS
""".split()
USE = '#include "bootleap_devices.h"\nextern int nothing;\n#if BOOTLEAP_ENTRY\n' + "".join(
    f"#if BOOTLEAP_{name} > 0xFFFFFFFFu\n#error too large\n#endif\n"
    f"extern const unsigned long use_{name};\n"
    f"const unsigned long use_{name} = BOOTLEAP_{name};\n"
    for name in CONSTANTS
) + """
extern const char use_CLEARED_WORDS[];
const char use_CLEARED_WORDS[] = "" BOOTLEAP_CLEARED_WORDS;
#endif
"""
OVERRIDDEN = """
#include "bootleap_devices.h"
#if BOOTLEAP_ROM != 1u || BOOTLEAP_MARK != 8u
#error lost
#endif
extern int nothing;
"""
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wundef", "-Werror"]


def parts():
    return re.findall(r"defined\((STM32\w+)\)", HEADER.read_text(encoding="utf-8"))


def compile_with(compiler, language, defines, source=USE):
    standard = {"c": "-std=c11", "c++": "-std=c++11"}[language]
    command = [compiler, "-x", language, standard, "-fsyntax-only", *WARNINGS, f"-I{HEADER.parent}"]
    return subprocess.run(
        command + [f"-D{define}" for define in defines] + ["-"],
        input=source,
        text=True,
        capture_output=True,
    )


class FirmwareHeader(unittest.TestCase):
    def each_part(self, compiler, language):
        self.assertGreater(len(parts()), 0)
        for part in parts():
            with self.subTest(compiler=compiler, part=part):
                result = compile_with(compiler, language, [part])
                self.assertEqual(result.returncode, 0, result.stderr)

    def test_host_c(self):
        self.each_part(COMPILER, "c")

    def test_cross_c(self):
        self.each_part("arm-none-eabi-gcc", "c")

    def test_cpp(self):
        self.each_part("g++", "c++")

    def test_unknown_part_is_an_error_that_helps(self):
        for defines in ([], ["STM32F999xx"]):
            result = compile_with(COMPILER, "c", defines)
            self.assertNotEqual(result.returncode, 0)
            self.assertIn("CMSIS macro", result.stderr)
            self.assertIn("-DSTM32F405xx", result.stderr)

    def test_rom_and_mark_can_be_overridden(self):
        defines = [parts()[0], "BOOTLEAP_ROM=1u", "BOOTLEAP_MARK=8u"]
        result = compile_with(COMPILER, "c", defines, OVERRIDDEN)
        self.assertEqual(result.returncode, 0, result.stderr)


if __name__ == "__main__":
    COMPILER = sys.argv.pop(1) if len(sys.argv) > 1 else "cc"
    unittest.main()
