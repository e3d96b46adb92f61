# test_gen_devices.py: bad rows are refused by name, and --check sees every change.
# SPDX-License-Identifier: MIT
import shutil
import unittest
from pathlib import Path

from bad_chip_state import BAD as BAD_CHIP_STATE
from bad_dfu import BAD as BAD_DFU
from bad_direct import BAD as BAD_DIRECT
from bad_option_bytes import BAD as BAD_OPTION_BYTES
from bad_rom_behaviour import BAD as BAD_ROM_BEHAVIOUR
from bad_rows import BAD
from project_copy import ROOT, ProjectCopy

PAGES = [f"docs/devices/{path.stem}.md" for path in sorted((ROOT / "devices").glob("*.toml"))]
# One of the pages stands for all of them where each file costs a run.
OUTPUTS = ("common/devices.c", "src/bootleap_devices.h", "docs/devices.md", "docs/devices/g4.md")


class Generator(ProjectCopy):
    def test_good_rows_are_accepted(self):
        for run in (self.run_it, self.run_command):
            result = run()
            self.assertEqual((result.returncode, result.stdout, result.stderr), (0, "", ""))

    def test_output_is_that_of_the_project(self):
        self.run_it()
        for name in {*OUTPUTS, *PAGES}:
            self.assertEqual((self.root / name).read_bytes(), (ROOT / name).read_bytes(), name)

    def test_the_command_line_says_the_same(self):
        self.change("f4.toml", "address = 0x20008000", "address = 0x20008004", "f405")
        result = self.run_command()
        self.assertEqual(result.returncode, 1)
        self.assertIn("devices/f4.toml: f405: mark.address: 0x20008004 is not 8-al", result.stderr)
        self.assertNotIn("Traceback", result.stderr)
        self.assertEqual(result, self.run_it())
        shutil.copy(ROOT / "devices" / "f4.toml", self.root / "devices")
        stale = self.run_command("--check")
        self.assertEqual(stale.returncode, 1)
        for name in {*OUTPUTS, *PAGES}:
            self.assertIn(f"gen_devices: {name} is not what devices/*.toml says. Try", stale.stderr)
        self.assertEqual(stale, self.run_it("--check"))

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

    def test_a_page_of_no_series_is_seen_and_removed(self):
        self.run_it()
        page = self.root / "docs" / "devices" / "z9.md"
        page.write_text("Z9", encoding="utf-8")
        result = self.run_it("--check")
        self.assertEqual(result.returncode, 1)
        self.assertIn("docs/devices/z9.md", result.stderr)
        self.assertTrue(page.exists(), "--check must not write")
        self.run_it()
        self.assertFalse(page.exists())

    def test_check_sees_a_changed_fact(self):
        self.run_it()
        self.change("f4.toml", "address = 0x20008000", "address = 0x20008008")
        self.assertEqual(self.run_it("--check").returncode, 1)

    def test_bad_rows_are_refused(self):
        for what, (file, slug), old, new, key, why in (
            *BAD,
            *BAD_CHIP_STATE,
            *BAD_OPTION_BYTES,
            *BAD_ROM_BEHAVIOUR,
            *BAD_DFU,
            *BAD_DIRECT,
        ):
            with self.subTest(what):
                self.keep_series(Path(file).stem)
                if not self.is_refused(file, slug, old, new, key, why):
                    self.keep_all()  # it contradicts a row of another series
                    self.assertTrue(self.is_refused(file, slug, old, new, key, why))

    def is_refused(self, file, slug, old, new, key, why):
        self.change(file, old, new, slug)
        self.remove_what_was_written()
        result = self.run_it()
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assert_nothing_written("a refused run must write nothing")
        wanted = f"devices/{file}: {slug}: {key}: "
        lines = [l for l in result.stderr.splitlines() if l.startswith(wanted)]
        return any(why in line for line in lines)

    def remove_what_was_written(self):
        """By a row that was accepted: the fault of that row, not of the next."""
        for path in self.root.iterdir():
            if path.name != "devices":
                shutil.rmtree(path)

    def assert_nothing_written(self, message):
        self.assertEqual([path.name for path in self.root.iterdir()], ["devices"], message)

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
        self.keep_series("f0")
        for file, slug in (("f0.toml", "f04"), ("f0.toml", "f05")):
            self.without(file, slug, "mark")
            self.assertIn(f"devices/{file}: {slug}: mark: missing", self.run_it().stderr)

    def test_erasing_first_needs_the_pages(self):
        self.keep_series("f0")
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
        self.assert_nothing_written("--coverage must write nothing")

    def test_no_device_file(self):
        shutil.rmtree(self.root / "devices")
        result = self.run_it()
        self.assertEqual(result.returncode, 1)
        self.assertIn("no .toml file", result.stderr)


if __name__ == "__main__":
    unittest.main()
