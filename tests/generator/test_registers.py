# test_registers.py: bad files of devices/registers/ are refused, and good ones say what they mean.
# SPDX-License-Identifier: MIT
import re
import unittest

from project_copy import ROOT, ProjectCopy, rows_of
from checks.registers import check_registers
from table.register_bits import Bits, Known, part_registers
from table.registers import registers_of
from table.row_registers import row_known

F4 = (ROOT / "devices" / "registers" / "f4.toml").read_text(encoding="utf-8")

VOSRDY = '"follows", bits = { VOSRDY = 0x4000 }, what = "RCC_CR.PLLON"'
BRR = 'bits = { BRR = 0x8 }, what = "PWR_CSR.BRE"'
DBP = '{ register = "CR", is = "plain", bits = { DBP = 0x100 } },'
LAST = '{ register = "CR", is = "read-only", bits = { LAST = 0x80000000 }, parts = ["STM32F412Rx"] },'
TWO = 'bits = { ODRDY = 0x10000, ODSWRDY = 0x20000 }, what = "PWR_CR.ODEN|ODSWEN"'
# What is wrong with f4.toml, the text that is replaced, by what, and what the refusal must say.
# fmt: off
BAD = (
    ("another series", 'series = "F4"', 'series = "F9"', "series: no row is of the series F9"),
    ("a vague source", re.search(r'    "zephyr[^"]*"', F4)[0], '    "a header"', "vague"),
    ("no such word", 'is = "write-only"', 'is = "secret"', "peripheral[0].bits[2].is: must be one of"),
    ("no mask", "DBP = 0x100", "DBP = 0", "names and masks that are not 0"),
    ("outside", 'name = "CSR", offset = 0x04', 'name = "CSR", offset = 0x400', "PWR_CSR: offset 0x400"),
    ("not aligned", 'name = "CSR", offset = 0x04', 'name = "CSR", offset = 0x06', "PWR_CSR: offset 0x6"),
    ("first of one", 'name = "CSR", offset = 0x04', 'name = "CSR", first = 1, offset = 0x04',
     "PWR_CSR: first without count"),
    ("two at one place", 'name = "CSR", offset = 0x04', 'name = "CSR", offset = 0x00', "PWR_CSR: is at 0x40007000"),
    ("a register twice", 'name = "CSR", offset = 0x04 }', 'name = "CSR", offset = 0x04 }, { name = "CSR", offset = 8 }',
     "PWR_CSR: is there twice"),
    ("no such register", 'register = "CSR", is = "one"', 'register = "CRS", is = "one"', "PWR has no register CRS"),
    ("no such part", 'parts = ["f405"]', 'parts = ["f406"]', "parts: f406 is no macro"),
    ("looks at nothing", VOSRDY, '"follows", bits = { VOSRDY = 0x4000 }', "follows needs what it looks at"),
    ("looks in vain", DBP, DBP.replace(" } },", ' }, what = "PWR_CR" },'),
     "plain looks at nothing"),
    ("plain all over", DBP, '{ register = "CR", is = "plain" },', "plain without bits"),
    ("looks nowhere", VOSRDY, VOSRDY.replace("RCC_CR", "RCC_CRX"), "PWR_CSR: RCC_CRX.PLLON: no register"),
    ("looks at no bits", VOSRDY, VOSRDY.replace("PLLON", "PLLOFF"), "RCC_CR has no bits PLLOFF"),
    ("a name with two masks", DBP, DBP + DBP.replace("0x100", "0x200"), "PWR_CR.DBP: has two masks"),
    ("two for three", TWO, TWO.replace("|ODSWEN", "|ODSWEN|DBP"), "PWR_CSR: 2 names look at 3"),
    ("more bits than it follows", BRR, BRR.replace("0x8", "0x38"), "PWR_CSR.BRR: 3 bits cannot follow 1"),
    ("two things of a bit", BRR, BRR.replace("0x8", "0x4"), "PWR_CSR.BRR: is follows, and PWR_CSR.PVDO is read-only"),
    ("two things of a bit on two parts", DBP, DBP + LAST + LAST.replace("read-", "write-").replace("Rx", "Vx"),
     "PWR_CR.LAST: is write-only, and PWR_CR.LAST is read-only"),
    ("write-only and set", "CSBF = 0x8", "CSBF = 0x4000", "PWR_CR.CSBF: is write-only, and is set"),
    ("another reset", "reset = 0x4000, parts", "reset = 0x4001, parts", "PWR_CR: reset is 0x4001, and f405 says 0x4000"),
    ("not at rest", 'name = "CSR", offset = 0x04', 'name = "CSR", offset = 0x04, reset = 0x8',
     "PWR_CSR.BRR: differs after a reset"),
    ("another identity", 'name = "IDCODE", offset = 0x00', 'name = "IDCODE", offset = 0x20',
     "DBGMCU_IDCODE: is not at 0xE0042000, the identity.debug_id of f405"),
    ("half a reset bit", "reset_mask = 0x10000000\n", "", "PWR: reset_register and reset_mask go together"),
    ("no such setting", '"PMC", "EXTICR*"', '"PMD", "EXTICR*"', "SYSCFG: restored: no register PMD"),
    ("another enable bit", 'what = "RCC_CR.HSION|HSEON|PLLON"', 'what = "RCC_CR.HSION|PLLON|HSEON"',
     "RCC_CR.HSERDY: follows other bits than clock.ready of f405 says of HSE"),
)
# fmt: on
SMALL = b"""series = "Z9"
[[peripheral]]
name = "DMA1"
start = 0x40000000
size = 0x100
also = [{ name = "DMA2", start = 0x40000100, parts = ["z999"] }]
registers = [
    { name = "CR", offset = 0 },
    { name = "R", offset = 4, count = 2, first = 1, reset = 7 },
    { name = "FCR", offset = 0x10, backup_domain = true },
]
bits = [
    { register = "CR", is = "plain", bits = { A = 0x1, B = 0x2 } },
    { register = "R*", is = "follows", bits = { AF = 0x10, BF = 0x20 }, what = "DMA1_CR.A|B" },
    { register = "R1", is = "follows", bits = { ANY = 0x40 }, what = "DMA1_CR.A|B" },
    { register = "R2", is = "set-by", bits = { C = 0x1, D = 0x2 }, what = "DMA1_FCR" },
    { register = ["CR", "FCR"], is = "locked", what = "DMA1_CR.B", parts = ["STM32Z998xx"] },
]
source = "RM9999 Rev 1 Section 1"
confidence = "documented"
"""


class Refusals(ProjectCopy):
    def test_the_direct_way_accounts_for_each_register(self):
        self.change("registers/h7.toml", '"CPUCR", "D3CR"', '"D3CR"')
        self.assertIn("h743: jump: PWR_CPUCR is reset by no bit", self.run_it().stderr)

    def test_bad_files_are_refused(self):
        rows, _ = rows_of("devices/f4.toml", (ROOT / "devices" / "f4.toml").read_bytes())
        for what, old, new, why in BAD:
            with self.subTest(what):
                self.assertIn(old, F4, "the test looks for text that is gone")
                file = "devices/registers/f4.toml"
                found, refusals = registers_of(file, F4.replace(old, new, 1).encode())
                if found:
                    check_registers({found.series: found}, rows, refusals)
                fitting = [one for one in refusals if one.startswith(f"{file}: -: ") and why in one]
                self.assertTrue(fitting, refusals)

    def test_the_generator_refuses_them(self):
        self.change("registers/f4.toml", 'series = "F4"', 'series = "F2"')
        self.change("registers/f7.toml", "DBP = 0x100", "DBP = 0")
        result = self.run_it()
        self.assertEqual(result.returncode, 1)
        name = "devices/registers/f4.toml: -: series: a file about F2 has another name"
        self.assertIn(name, result.stderr)
        self.assertIn("devices/registers/f7.toml: -: peripheral[0].bits[", result.stderr)
        self.assertEqual([path.name for path in self.root.iterdir()], ["devices"])

    def test_a_series_may_have_several_files(self):
        for file, key, offset in (("h5", "PWR_DBPCR", 0x24), ("h5-rtc", "RTC_DR", 0x04)):
            place = f'name = "{key[4:]}", offset = 0x'
            self.change(f"registers/{file}.toml", f"{place}{offset:02X}", f"{place}{offset + 2:02X}")
            wrong = f"devices/registers/{file}.toml: -: {key}: offset 0x{offset + 2:X}"
            self.assertIn(wrong, self.run_it().stderr)


class Meaning(unittest.TestCase):
    def setUp(self):
        self.file, wrong = registers_of("z9.toml", SMALL)
        self.assertEqual(wrong, [])

    def bits(self, part, slug, name):
        found = part_registers(self.file, part, slug)
        self.assertEqual(found.wrong, [])
        return [bits for bits in found.bits if bits.name == name]

    def test_as_many_as_names_is_each_its_own(self):
        for name, mask, other in (("AF", 0x10, 0x1), ("BF", 0x20, 0x2)):
            wanted = Bits(0x40000008, mask, "follows", f"DMA1_R2.{name}", 0x40000000, other)
            self.assertEqual(self.bits("STM32Z999xx", "z998", f"DMA1_R2.{name}"), [wanted])

    def test_one_name_looks_at_all(self):
        wanted = Bits(0x40000004, 0x40, "follows", "DMA1_R1.ANY", 0x40000000, 0x3)
        self.assertEqual(self.bits("STM32Z999xx", "z998", "DMA1_R1.ANY"), [wanted])

    def test_without_bits_it_is_the_register(self):
        wanted = Bits(0x40000008, 0x2, "set-by", "DMA1_R2.D", 0x40000010, 0xFFFFFFFF)
        self.assertEqual(self.bits("STM32Z999xx", "z998", "DMA1_R2.D"), [wanted])

    def test_parts_are_macros_or_slugs(self):
        self.assertEqual(self.bits("STM32Z999xx", "z998", "DMA1_CR"), [])
        wanted = Bits(0x40000010, 0xFFFFFFFF, "locked", "DMA1_FCR", 0x40000000, 0x2)
        self.assertEqual(self.bits("STM32Z998xx", "z998", "DMA1_FCR"), [wanted])
        self.assertEqual(self.bits("STM32Z999xx", "z998", "DMA2_R1.ANY"), [])
        wanted = Bits(0x40000104, 0x40, "follows", "DMA2_R1.ANY", 0x40000100, 0x3)
        self.assertEqual(self.bits("STM32Z999xx", "z999", "DMA2_R1.ANY"), [wanted])

    def test_what_is_said_of_a_register(self):
        known = part_registers(self.file, "STM32Z999xx", "z998").known
        self.assertEqual(list(known), ["DMA1_CR", "DMA1_R1", "DMA1_R2", "DMA1_FCR"])
        self.assertEqual((known["DMA1_R2"].address, known["DMA1_R2"].reset), (0x40000008, 7))
        self.assertTrue(known["DMA1_FCR"].backup_domain)

    def test_parts_of_a_row_that_differ_are_one_register(self):
        line = '{{ name = "SR", offset = 0x14, reset = {}, parts = ["STM32Z99{}xx"] }},'
        two = line.format(1, 8) + line.format(4, 9)
        small = SMALL.replace(b'{ name = "FCR"', two.encode() + b'{ name = "FCR"')
        file, wrong = registers_of("z9.toml", small)
        parts = {part: part_registers(file, part, "z998") for part in ("STM32Z998xx", "STM32Z999xx")}
        found = [(known, macros) for known, macros in row_known({}, parts) if known.name == "DMA1_SR"]
        self.assertEqual((found, wrong), ([(Known(0x40000014, "DMA1_SR", 5, False, 0, 0, 0, 0xFFFFFFFF, ""), [])], []))


if __name__ == "__main__":
    unittest.main()
