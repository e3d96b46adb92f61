# test_gen_devices.py: bad rows are refused by name, and --check sees every change.
# SPDX-License-Identifier: MIT
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from bad_direct import BAD as BAD_DIRECT
from bad_manners import BAD as BAD_MANNERS
from bad_options import BAD as BAD_OPTIONS

ROOT = Path(__file__).resolve().parents[2]
GENERATOR = ROOT / "tools" / "gen_devices.py"
OUTPUTS = ("common/devices.c", "src/bootleap_devices.h", "docs/devices.md", "docs/devices/g4.md")

F405, G0B1 = ("f4.toml", "f405"), ("g0.toml", "g0b1")
H723, U575 = ("h7.toml", "h723"), ("u5.toml", "u575")
# What is wrong, in which row, the text of which the first occurrence is replaced, by what,
# and what the refusal must say: the key, and words of the reason.
# fmt: off
BAD = (
    ("no source", F405, 'source = "AN2606 Rev 70 Table 2, Tables 73 and 75"\n',
     "", "entry.source", "missing"),
    ("empty source", F405, '"AN2606 Rev 70 Table 2, Tables 73 and 75"',
     '""', "entry.source", "must be"),
    ("no place", F405, '"AN2606 Rev 70 Table 2, Tables 73 and 75"',
     '"AN2606 Rev 70"', "entry.source", "vague"),
    ("no revision", F405, '"AN2606 Rev 70 Table 2, Tables 73 and 75"',
     '"AN2606 Table 2"', "entry.source", "vague"),
    ("bare name", F405, '"AN2606 Rev 70 Table 2, Tables 73 and 75"',
     '"AN2606"', "entry.source", "vague"),
    ("one vague of two", H723, '"Klipper3d/klipper#5936 and #5892 (AXI SRAM worked, DTCM did not)"',
     '"Klipper"', "mark.source", "vague"),
    ("vague in [series]", ("g0.toml", "-"),
     '"zephyrproject-rtos/hal_stm32 fe7d2e2 stm32cube/stm32g0xx/soc/stm32g0b1xx.h"',
     '"hal"', "series.reset_flags.source", "vague"),
    ("unknown key", U575, "erased = 0xFF",
     "erased = 0xFF\ncolour = 1", "flash.colour", "unknown key"),
    ("unknown group", U575, "[device.mark]",
     "[device.flag]\nx = 1\n[device.mark]", "flag", "unknown key"),
    ("missing key", U575, "erased = 0xFF\n", "", "flash.erased", "missing"),
    ("missing group", U575, "[device.entry]", "[device.exit]", "entry", "missing"),
    ("text for number", U575, "vector = 0x0BF90000",
     'vector = "0x0BF90000"', "rom.vector", "must be a number"),
    ("negative number", U575, "vector = 0x0BF90000",
     "vector = -1", "rom.vector", "must be a number"),
    ("33-bit number", U575, "vector = 0x0BF90000",
     "vector = 0x10BF90000", "rom.vector", "must be a number"),
    ("number for flag", U575, "self_reset = false",
     "self_reset = 0", "manners.self_reset", "true or false"),
    ("flag for number", U575, "erased = 0xFF", "erased = true", "flash.erased", "must be a number"),
    ("no such choice", U575, 'trace = "vtor"', 'trace = "svd"', "manners.trace", "must be one of"),
    ("no such confidence", ("u5.toml", "-"), 'confidence = "documented"',
     'confidence = "sure"', "series.rcc.confidence", "must be one of"),
    ("no parts", U575, 'parts = ["STM32U575xx", "STM32U585xx"]',
     "parts = []", "parts", "must not be empty"),
    ("bad part", U575, '"STM32U575xx"', '"U575"', "parts", "no CMSIS device macro"),
    ("vector outside", F405, "vector = 0x1FFF0000",
     "vector = 0x1FFE0000", "rom.vector", "outside system memory"),
    ("ID outside", F405, "id_address = 0x1FFF77DE",
     "id_address = 0x1FFF7800", "rom.id_address", "outside system memory"),
    ("overwrites no RAM", F405, "start = 0x20000000, size = 0x3000",
     "start = 0x30000000, size = 0x3000", "manners.overwrites", "outside RAM"),
    ("register outside RCC", F405, "address = 0x40023884",
     "address = 0x40024000", "clock.registers", "no register of RCC"),
    ("flags outside RCC", F405, "register = 0x40023874 # RCC_CSR",
     "register = 0x40024000", "reset_flags.register", "outside RCC"),
    ("clock outside RCC", F405, "clock_register = 0x40023840, clock_mask = 0x10000000",
     "clock_register = 4, clock_mask = 1", "peripherals.list", "outside RCC"),
    ("remap outside SYSCFG", G0B1, "register = 0x40010000",
     "register = 0x40010100", "remap.register", "outside SYSCFG"),
    ("empty outside FLASH", G0B1, "empty_register = 0x40022000",
     "empty_register = 0x40010000", "flash.empty_register", "outside the flash interface"),
    ("half an empty check", G0B1, "empty_bit = 16", "", "flash.empty_register", "go together"),
    ("RAM overlaps", F405, "start = 0x2001C000", "start = 0x2001BFFC", "ram", "overlaps SRAM1"),
    ("peripherals overlap", F405, "start = 0x40020400",
     "start = 0x40020200", "peripherals.list", "overlaps GPIOA"),
    ("mark in the ROM's RAM", F405, "address = 0x20008000",
     "address = 0x20002FF8", "mark.address", "ROM overwrites"),
    ("mark outside RAM", F405, "address = 0x20008000",
     "address = 0x20020000", "mark.address", "outside RAM"),
    ("mark half outside", U575, "address = 0x20008000",
     "address = 0x200BFFFC", "mark.address", "not 8-aligned"),
    ("mark not aligned", F405, "address = 0x20008000",
     "address = 0x20008004", "mark.address", "not 8-aligned"),
    ("page sum", F405, "size = 0x100000", "size = 0x80000", "flash.pages", "add up to 1048576"),
    ("page gap", U575, "start = 0x08100000, first",
     "start = 0x08180000, first", "flash.pages", "a run starts at"),
    ("page number twice", U575, "first_number = 128",
     "first_number = 127", "flash.pages", "same number"),
    ("macro twice", U575, '"STM32U585xx"]', '"STM32F405xx"]', "parts", "also on row f405"),
    ("slug twice", ("u5.toml", "f405"), 'slug = "u575"',
     'slug = "f405"', "slug", "is also in devices/f4.toml"),
    ("answers twice", U575, "product = 0x482", "product = 0x467", "rom.ids", "also on row g0b1"),
    ("ready bit", F405, "value = 0x00000083", "value = 0x00000081", "clock.ready", "differ"),
    ("flag unknown", F405, 'after_pin = ["PINRSTF"]',
     'after_pin = ["NRSTF"]', "reset_flags.after_pin", "no flag"),
    ("flag bit twice", F405, '"PINRSTF", bit = 26',
     '"PINRSTF", bit = 25', "reset_flags.flags", "twice"),
    ("USART unknown", F405, 'kind = "usart", name = "USART1"',
     'kind = "usart", name = "USART9"', "interfaces.list", "not in peripherals"),
    ("pin without level", F405, '"RX PA10: input, no pull"',
     '"RX PA10"', "interfaces.list[0].pins", "SIGNAL PIN"),
    ("pin of no interface", F405, '"RX PA10: input, no pull"',
     '"SCL PA10: input, no pull"', "interfaces.list", "not those of usart"),
    ("no such mode", F405, '"RX PA10: input, no pull"',
     '"RX PA10: listens, no pull"', "interfaces.list[0].pins", "SIGNAL PIN"),
    ("I2C address of 8 bits", F405, "address = 0x3A",
     "address = 0xAF", "interfaces.list", "no 7-bit address"),
    ("address of a USART", F405, '"RX PA10: input, no pull"]',
     '"RX PA10: input, no pull"], address = 1', "interfaces.list", "only I2C"),
    ("version of no ROM", F405, "address = 0x3A, versions = [0x90, 0x91] }",
     "address = 0x3A, versions = [0x92] }", "interfaces.list", "not in rom.ids"),
    ("defect of no ROM", F405, "versions = [0x30]\nwhat",
     "versions = [0x33]\nwhat", "defect.versions", "not in rom.ids"),
    ("version twice", F405, "ids = [0x30, 0x31", "ids = [0x30, 0x30", "rom.ids", "twice"),
    ("no such mechanism", U575, 'mechanism = "reset"',
     'mechanism = "magic"', "entry.mechanism", "must be one of"),
    ("no mark", U575, "[device.mark]", "[device.remark]", "remark", "unknown key"),
    ("crystal for nothing", F405, 'needed_for = ["usb", "can"]',
     "needed_for = []", "crystal.without", "nothing"),
    ("crystal for no interface", F405, 'needed_for = ["usb", "can"]',
     'needed_for = ["i3c"]', "crystal.needed_for", "no interface"),
    ("crystal against manners", F405, "self_reset = true",
     "self_reset = false", "crystal.without", "must agree"),
    ("EMPTY without check", G0B1, 'empty_check = "flag"',
     'empty_check = "none"', "boot.empty_check", "is there"),
    ("watchdogs differ", ("u5.toml", "u575"), "address = 0x40003000\nlargest",
     "address = 0x40003400\nlargest", "iwdg.address", "differs"),
    ("unlisted false", U575, 'slug = "u575"',
     'slug = "u575"\nunlisted = false\nunknown = ["x"]\nsource = "RM0456 Rev 6 Section 1"',
     "unlisted", "unknown key"),
    ("unlisted without unknown", U575, 'slug = "u575"', 'slug = "u575"\nunlisted = true',
     "unknown", "missing"),
    ("bad code", U575, "tested = []", 'tested = []\ncodes = ["U575"]', "codes", "no pattern"),
    ("alias without one", U575, 'trace = "vtor"', 'trace = "alias"', "manners.trace", "address 0"),
    ("doubt about nothing", U575, 'inferred = ["pages"]',
     'inferred = ["page"]', "flash.inferred", "no key of flash"),
    ("bad slug", ("u5.toml", "U575"), 'slug = "u575"', 'slug = "U575"', "slug", "lower-case"),
    ("no size", U575, "start = 0x28000000\nsize = 0x4000",
     "start = 0x28000000\nsize = 0", "ram", "size 0"),
    ("beyond 32 bits", U575, "start = 0x28000000", "start = 0xFFFFF000", "ram", "beyond"),
    ("overwrites nothing", U575, "start = 0x20000000, size = 0x4000",
     "start = 0x20000000, size = 0", "manners.overwrites", "size 0"),
    ("no pages", U575, "first_number = 128, count = 128",
     "first_number = 128, count = 0", "flash.pages", "no pages"),
    ("vector not aligned", U575, "vector = 0x0BF90000",
     "vector = 0x0BF90040", "rom.vector", "128-aligned"),
    ("version 0", U575, "ids = [0x92, 0x93]", "ids = [0x92, 0]", "rom.ids", "0 is no version"),
    ("clears no flag", U575, "clears_empty = false",
     "clears_empty = true", "manners.clears_empty", "is missing"),
    ("command 0xFF", U575, "commands = [0x00,", "commands = [0xFF,", "protocol.commands", "0xFF"),
    ("odd program unit", U575, "program_bytes = 16",
     "program_bytes = 12", "flash.program_bytes", "power of two"),
    ("clear is a flag", U575, "clear = 23", "clear = 26", "reset_flags.clear", "also a flag"),
    ("no software flag", U575, 'role = "software"',
     'role = "other"', "reset_flags.flags", "role software"),
    ("register twice", U575, "address = 0x46020CE8",
     "address = 0x46020CE4", "clock.registers", "same address"),
    ("flags as clock", U575, "address = 0x46020CE8",
     "address = 0x46020CF4", "clock.registers", "reset flags"),
    ("ready bit nowhere", U575, 'name = "PLL3", address = 0x46020C00',
     'name = "PLL3", address = 0x46020C04', "clock.ready", "does not list"),
    ("peripheral twice", U575, 'name = "USART2", block',
     'name = "USART3", block', "peripherals.list", "USART3 is there twice"),
    ("half a clock", U575, "clock_mask = 0x00000004",
     "clock_mask = 0", "peripherals.list", "go together"),
    ("no watchdog", U575, 'block = "iwdg"', 'block = "pwr"', "peripherals.list", "iwdg"),
    ("remap bits", G0B1, "system_memory = 0x1",
     "system_memory = 0x4", "remap.system_memory", "outside remap.mask"),
    ("remap clock", G0B1, "clock_register = 0x40021040 # RCC_APBENR2",
     "clock_register = 0x4002103C", "remap.clock_register", "differs"),
    ("no TOML", ("u5.toml", "-"), "[series]", "[series", "-", "not TOML"),
)
# fmt: on


class Generator(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        shutil.copytree(ROOT / "devices", self.root / "devices")

    def run_it(self, *arguments):
        return subprocess.run(
            [sys.executable, str(GENERATOR), "--root", str(self.root), *arguments],
            text=True,
            capture_output=True,
        )

    def change(self, file, old, new, slug="-"):
        """In the row of this slug, or where the row has it not, in the whole file."""
        path = self.root / "devices" / file
        text = path.read_text(encoding="utf-8")
        self.assertIn(old, text, "the test looks for text that is gone")
        start = max(text.find(f'slug = "{slug}"'), 0)
        start = start if text.find(old, start) >= 0 else 0
        path.write_text(text[:start] + text[start:].replace(old, new, 1), encoding="utf-8")

    def test_good_rows_are_accepted(self):
        result = self.run_it()
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, "", ""))

    def test_output_is_that_of_the_project(self):
        self.run_it()
        for name in OUTPUTS:
            self.assertEqual((self.root / name).read_bytes(), (ROOT / name).read_bytes(), name)

    def test_check_accepts_what_was_written(self):
        self.run_it()
        self.assertEqual(self.run_it("--check").returncode, 0)

    def test_check_sees_each_changed_or_missing_file(self):
        self.run_it()
        for name in OUTPUTS:
            with self.subTest(name):
                path = self.root / name
                good = path.read_bytes()
                for bad in (good + b"\n", None):
                    path.unlink() if bad is None else path.write_bytes(bad)
                    result = self.run_it("--check")
                    self.assertEqual(result.returncode, 1)
                    self.assertIn(name, result.stderr)
                    self.assertEqual(path.exists(), bad is not None, "--check must not write")
                path.write_bytes(good)

    def test_check_sees_a_changed_fact(self):
        self.run_it()
        self.change("f4.toml", "address = 0x20008000", "address = 0x20008008")
        self.assertEqual(self.run_it("--check").returncode, 1)

    def test_bad_rows_are_refused(self):
        for what, (file, slug), old, new, key, why in BAD + BAD_OPTIONS + BAD_MANNERS + BAD_DIRECT:
            with self.subTest(what):
                shutil.copy(ROOT / "devices" / file, self.root / "devices" / file)
                self.change(file, old, new, slug)
                result = self.run_it()
                shutil.copy(ROOT / "devices" / file, self.root / "devices" / file)
                self.assertEqual(result.returncode, 1, result.stderr)
                wanted = f"devices/{file}: {slug}: {key}: "
                lines = [l for l in result.stderr.splitlines() if l.startswith(wanted)]
                self.assertTrue(
                    any(why in line for line in lines),
                    f"no {wanted!r} with {why!r} in:\n{result.stderr}",
                )
                self.assertNotIn("Traceback", result.stderr)
                for name in OUTPUTS:
                    self.assertFalse(
                        (self.root / name).exists(), "a refused run must write nothing"
                    )

    def test_all_refusals_come_in_one_run(self):
        self.change("f4.toml", "address = 0x20008000", "address = 0x20008004", "f405")
        self.change("u5.toml", "erased = 0xFF\n", "", "u575")
        result = self.run_it()
        self.assertEqual(result.returncode, 1)
        self.assertIn("devices/f4.toml: f405: mark.address", result.stderr)
        self.assertIn("devices/u5.toml: u575: flash.erased", result.stderr)

    def test_shared_answers_can_be_declared(self):
        self.change("u5.toml", "product = 0x482", 'product = 0x467\nshares_product_with = ["g0b1"]')
        self.assertEqual(self.run_it().returncode, 1, "one side is not enough")
        declared = 'product = 0x467\nshares_product_with = ["u575"]'
        self.change("g0.toml", "product = 0x467", declared, "g0b1")
        self.assertEqual(self.run_it().returncode, 0)

    def add_part(self, part):
        path = self.root / "devices" / "parts.txt"
        path.write_text(path.read_text(encoding="utf-8") + part + "\n", encoding="utf-8")

    def test_a_known_macro_on_no_row_is_refused(self):
        self.add_part("STM32F999xx # not there")
        result = self.run_it()
        self.assertEqual(result.returncode, 1)
        self.assertIn("devices/parts.txt: -: parts: STM32F999xx is on no row", result.stderr)

    def test_a_known_macro_twice_is_refused(self):
        self.add_part("STM32F405xx\nSTM32F405xx")
        self.assertIn("STM32F405xx is there twice", self.run_it().stderr)

    def test_the_known_macros_must_be_there(self):
        (self.root / "devices" / "parts.txt").unlink()
        result = self.run_it()
        self.assertEqual(result.returncode, 1)
        self.assertIn("devices/parts.txt: -: -: ", result.stderr)

    def test_a_mark_in_a_backup_register(self):
        place = 'place = "backup"\naddress = '
        self.change("c0.toml", "[device.mark]\n", '[device.mark]\nplace = "backup"\n', "c011")
        self.assertIn("c011: mark.place: backup, but", self.run_it().stderr)
        self.change("c0.toml", 'place = "backup"\n', "", "c011")
        self.change("f4.toml", "address = 0x20008000", place + "4", "f405")
        self.assertIn("f405: mark.address: 0x00000004 is outside", self.run_it().stderr)
        self.change("f4.toml", place + "4", place + "0x40002850", "f405")
        # The library starts PWREN, which a reset leaves off, and must know the bit that unlocks.
        self.assertEqual(self.run_it().stderr, "")
        self.change("f4.toml", "unlock_bit = 8\n", "", "f405")
        self.assertIn("f405: mark.place: backup needs a bit that unlocks", self.run_it().stderr)
        self.change("f4.toml", "# PWR_CR\n", "# PWR_CR\nunlock_bit = 8\n", "f405")
        self.change("f4.toml", place + "0x40002850", "address = 0x20008000", "f405")
        self.assertEqual(self.run_it().stderr, "")
        header = (self.root / "src" / "bootleap_devices.h").read_text(encoding="utf-8")
        self.assertIn("// STM32WB10xx/15xx\n#define BOOTLEAP_ENTRY 1\n", header)
        self.assertIn("#define BOOTLEAP_MARK 0x40002850u\n", header)

    def without(self, file, slug, group):
        """The row loses this group, which no other row of the file has in common with it."""
        path = self.root / "devices" / file
        text = path.read_text(encoding="utf-8")
        start = text.index(f"[device.{group}]\n", text.index(f'slug = "{slug}"'))
        end = text.index("\n\n", start)
        path.write_text(text[:start] + text[end + 2 :], encoding="utf-8")

    def test_entering_needs_a_mark(self):
        for file, slug in (("f0.toml", "f04"), ("f0.toml", "f05")):
            self.without(file, slug, "mark")
            self.assertIn(f"devices/{file}: {slug}: mark: missing", self.run_it().stderr)

    def test_erasing_first_needs_the_pages(self):
        self.without("f0.toml", "f04", "first_pages")
        self.assertIn("devices/f0.toml: f04: first_pages: missing", self.run_it().stderr)

    def test_a_device_that_is_not_listed_needs_little(self):
        row = """
[[device]]
slug = "f999"
unlisted = true
name = "STM32F999"
parts = ["STM32F999xx"]
unknown = ["All but its name."]
source = "zephyrproject-rtos/hal_stm32 fe7d2e2 stm32cube/stm32f9xx/soc/stm32f999xx.h"

[device.core]
name = "cortex-m4"
interrupts = 82
priority_bits = 4
mpu = true
source = "zephyrproject-rtos/hal_stm32 fe7d2e2 stm32cube/stm32f9xx/soc/stm32f999xx.h"
confidence = "documented"
"""
        path = self.root / "devices" / "f9.toml"
        path.write_text('[series]\nname = "F9"\n' + row, encoding="utf-8")
        self.assertEqual(self.run_it().stderr, "")
        header = (self.root / "src" / "bootleap_devices.h").read_text(encoding="utf-8")
        self.assertIn("defined(STM32F999xx)\n// STM32F999\n#define BOOTLEAP_ENTRY 0\n", header)

    def test_coverage_counts_what_is_cited(self):
        def counts():
            result = self.run_it("--coverage")
            self.assertEqual((result.returncode, result.stderr), (0, ""))
            lines = (line.rsplit(": ", 1) for line in result.stdout.splitlines())
            return {name: int(number.split()[0]) for name, number in lines}

        before = counts()
        self.assertEqual(before["known parts without a row"], 0)
        self.change("f4.toml", '"AN2606 Rev 70 Table 2, Tables 73 and 75"',
                    '["AN2606 Rev 70 Table 2", "RM0090 Rev 21 Section 2.4"]')
        after = counts()
        one, more = "fact groups with one source", "fact groups with two sources or more"
        self.assertEqual(after[one], before[one] - 1)
        self.assertEqual(after[more], before[more] + 1)
        for name in OUTPUTS:
            self.assertFalse((self.root / name).exists(), "--coverage must write nothing")

    def test_no_device_file(self):
        shutil.rmtree(self.root / "devices")
        result = self.run_it()
        self.assertEqual(result.returncode, 1)
        self.assertIn("no .toml file", result.stderr)


if __name__ == "__main__":
    unittest.main()
