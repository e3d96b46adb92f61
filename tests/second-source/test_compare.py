# test_compare.py: the comparison finds a wrong number in the table, and a wrong excuse for it.
# SPDX-License-Identifier: MIT
"""The comparison runs in the test's own process, and what no run has changed is not read again: rows
of the same bytes and claims of the same files are those of the run before. Where only accepted.csv
differs, nothing is compared again."""
import contextlib
import functools
import io
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import compare
import header_facts
import register_facts
from claims import Claims
from table import load, registers, toml_file

HERE = Path(__file__).resolve().parent
DEVICES = HERE.parents[1] / "devices"
sys.path.insert(0, str(HERE.parent / "generator"))

from project_copy import (  # noqa: E402
    content_of,
    copy_series,
    known_device_of,
    registers_of,
    rows_of,
)
from toml_pieces import parse  # noqa: E402

compared = compare.compared

known_claims, known_register_claims, known_facts = {}, {}, {}
known_headers, known_header_facts = {}, {}


def files_of(folder):
    return tuple((path.name, path.read_bytes()) for path in sorted(folder.glob("*.csv"))
                 if path.name != "accepted.csv")  # says nothing about a fact


def claims_of(folder):
    files = files_of(folder)
    if files not in known_claims:
        known_claims[files] = Claims(folder)
    return known_claims[files]


def headers_of(folder, expand):
    files = files_of(folder)
    if files not in known_headers:
        known_headers[files] = header_facts.HeaderClaims(folder, expand)
    return known_headers[files]


def header_facts_of(device, claims):
    """The groups of a row that was read before are the same objects, but for those of a series."""
    key = (claims, *(id(device.get(group)) for group in header_facts.GROUPS))
    if key not in known_header_facts:
        known_header_facts[key] = device, list(header_facts.header_facts(device, claims))
    return known_header_facts[key][1]


def register_claims_of(folder, expand, headers):
    files = files_of(folder)
    if files not in known_register_claims:
        known_register_claims[files] = register_facts.RegisterClaims(folder, expand, headers)
    return known_register_claims[files]


def register_facts_of(files, devices, claims):
    """What the files say depends on nothing but the slugs and macros of the rows."""
    rows = tuple((device.slug, *device["parts"]) for device in devices)
    key = (*files.values(), rows, claims)
    if key not in known_facts:
        known_facts[key] = list(register_facts.register_facts(files, devices, claims))
    return known_facts[key]


@functools.lru_cache(maxsize=4)
def compared_of(devices, data):
    return compared(devices.folder, data.folder)


@dataclass
class Result:
    returncode: object  # what sys.exit() would get
    stdout: str
    stderr: str


# File of devices/, a pattern, what replaces its first occurrence, the fact that is then wrong.
# fmt: off
WRONG = (
    ("f4", r"^vector = 0x\w+", "vector = 0x1FFF0004", "rom.vector"),
    ("f4", r"^product = 0x\w+", "product = 0x4FF", "rom.product"),
    ("f4", r"^ids = \[[^]]*\]", "ids = [0x01]", "rom.ids"),
    ("f4", r"^id_address = 0x\w+", "id_address = 0x1FFF0000", "rom.id_address"),
    ("f4", r'(name = "system memory", start = )0x\w+', r"\g<1>0x1FFE0000",
     "rom.memory.start"),
    ("f4", r"^interrupts = \d+", "interrupts = 7", "core.interrupts"),
    ("f4", r"^priority_bits = \d+", "priority_bits = 2", "core.priority_bits"),
    ("f4", r'^name = "cortex-m4"', 'name = "cortex-m3"', "core.name"),
    ("f4", r'"BORRSTF", bit = 25', '"BORRSTF", bit = 24', "reset_flags.flags"),
    ("f4", r"^clear = 24", "clear = 23", "reset_flags.clear"),
    ("f4", r"^register = 0x40023874", "register = 0x40023870", "reset_flags.register"),
    ("f4", r"^rcc = 0x40023800", "rcc = 0x40021000", "clock.rcc"),
    ("f4", r'(name = "CR", address = 0x40023800, value = )0x\w+', r"\g<1>0x81",
     "clock.registers.CR.value"),
    ("f4", r'(name = "CR", address = )0x40023800', r"\g<1>0x40023804",
     "clock.registers.CR.address"),
    ("f4", r'(name = "HSI", address = 0x\w+, on = 0, ready = )1', r"\g<1>2",
     "clock.ready.HSI.ready"),
    ("f4", r'(name = "USART1", .*clock_mask = )0x\w+', r"\g<1>0x20",
     "peripherals.USART1.clock_mask"),
    ("f4", r'(name = "GPIOB", .*reset_mask = )0x\w+', r"\g<1>0x4",
     "peripherals.GPIOB.reset_mask"),
    ("timers/f4", r'(name = "TIM6", .*start = )0x\w+', r"\g<1>0x40001800",
     "peripherals.TIM6.start"),
    ("timers/f4", r'(name = "TIM7", .*interrupt = )\d+', r"\g<1>54", "peripherals.TIM7.interrupt"),
    ("interrupts/f4", r'(name = "USART2", lines = .)38', r"\g<1>37",
     "peripherals.USART2.interrupt"),
    ("interrupts/f4", r'(name = "USART2", signal = "rx", .*channel = )\d+', r"\g<1>6",
     "requests.USART2.rx"),
    ("usart-pins/f4", r'(tx = "PA9", rx = "PA10", functions = .7, )7', r"\g<1>8",
     "usart_pins.USART1.RX.PA10"),
    ("clock-tree/f4", r'(name = "PLLP", values = .2, 4, )6', r"\g<1>5",
     "clock_tree.PLLCFGR.PLLP.values"),
    ("f4", r'(name = "CR: PLLON", register = 0x\w+, mask = )0x\w+', r"\g<1>0x2000000",
     "jump.steps.CR: PLLON.mask"),
    ("g4", r'(name = "PWR_CR1: LPR", register = )0x\w+', r"\g<1>0x40007004",
     "jump.steps.PWR_CR1: LPR.register"),
    ("f4", r"TX PA9:", "TX PC9:", "interfaces.USART1.TX.PC9"),
    ("f4", r"^(start = 0x08000000\nsize = )0x\w+", r"\g<1>0x1000", "flash.size"),
    ("f4", r"^erased = 0xFF", "erased = 0x00", "flash.erased"),
    ("f4", r"^program_bytes = \d+", "program_bytes = 1", "flash.program_bytes"),
    ("f4", r"(start = 0x08000000, first_number = 0, count = )4", r"\g<1>3", "flash.pages"),
    ("g0", r"^(\[(?:series|device)\.remap\]\nregister = )0x\w+", r"\g<1>0x40010004",
     "remap.register"),
    ("f4", r'(name = "RDP", register = )0x40023C14', r"\g<1>0x40023C18",
     "options.RDP.register"),
    ("f1", r'(name = "RDPRT", register = 0x\w+, mask = )0x2, value = 0x2',
     r"\g<1>0x4, value = 0x4", "options.RDPRT.mask"),
    ("f4", r"^uid = 0x\w+", "uid = 0x1FFF7A20", "identity.uid"),
    ("f4", r"^flash_size = 0x\w+", "flash_size = 0x1FFF7A20", "identity.flash_size"),
    ("h7", r"kb = \[1024\], banks = 2, page = 0x20000, second = 0x08100000",
     "kb = [1024], banks = 2, page = 0x20000", "layouts.1024-in-2"),
    ("g0", r"start_mask = 0x3F, ", "start_mask = 0x7F, ", "write_protection.WRP1A.start"),
    ("registers/h7", r"\bVOSRDY = 0x2000 ", "VOSRDY = 0x1000 ", "registers.PWR_D3CR.VOSRDY"),
    ("registers/f4", r'"SHIFTR", offset = 0x2C', '"SHIFTR", offset = 0x80',
     "registers.RTC_SHIFTR"),
    ("f1", r'(name = "AHBRSTR", address = )0x40021028', r"\g<1>0x40021030",
     "reset_registers.RCC_AHBRSTR"),
    ("f1", r"mask = 0x4000, parts = ..STM32F107xC.", 'mask = 0x4000, parts = ["STM32F10*"',
     "touched.0x40021028"),
    ("h5", r"mask = 0x800, parts", "mask = 0x1000, parts", "pulsed.AHB4RSTR"),
    ("g0", r'(name = "EXTI_IMR2".*), parts = .*', r"\g<1> },", "touched.0x40021890"),
    ("l0", r'(name = "CRRCR: HSI48ON".*), parts = .*', r"\g<1> },", "touched.0x40021008"),
    ("h7", r"^vector = 0x1FF09800", "vector = 0x1FF00000", "rom.vector"),
)
# fmt: on


class Compare(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.devices, self.data = Path(folder.name, "devices"), Path(folder.name, "data")
        shutil.copytree(DEVICES, self.devices)
        self.data.mkdir()
        for path in HERE.glob("*.csv"):
            shutil.copy(path, self.data)

    def change(self, path, pattern, replacement):
        text = path.read_text(encoding="utf-8")
        changed, count = re.subn(pattern, replacement, text, count=1, flags=re.MULTILINE)
        self.assertEqual(count, 1, f"{path.name} has no {pattern}")
        self.assertNotEqual(changed, text)
        path.write_text(changed, encoding="utf-8")

    def accept(self, line):
        with open(self.data / "accepted.csv", "a", encoding="utf-8") as stream:
            stream.write(line + "\n")

    def folders(self):
        return ["--devices", str(self.devices), "--data", str(self.data)]

    def run_compare(self):
        out, err = io.StringIO(), io.StringIO()
        devices, data = content_of(self.devices), content_of(self.data, but="accepted.csv")
        with (
            mock.patch.object(compare, "compared", lambda *_: compared_of(devices, data)),
            mock.patch.object(toml_file, "parse", parse),
            mock.patch.object(load, "device_of", known_device_of),
            mock.patch.object(load, "rows_of", rows_of),
            mock.patch.object(registers, "registers_of", registers_of),
            mock.patch.object(compare, "Claims", claims_of),
            mock.patch.object(compare, "HeaderClaims", headers_of),
            mock.patch.object(compare, "header_facts", header_facts_of),
            mock.patch.object(compare, "RegisterClaims", register_claims_of),
            mock.patch.object(compare, "register_facts", register_facts_of),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            code = compare.main(self.folders())
        return Result(code, out.getvalue(), err.getvalue())

    def run_command(self):
        """The same from a command line."""
        command = [sys.executable, "-B", HERE / "compare.py", *self.folders()]
        result = subprocess.run(command, text=True, capture_output=True)
        return Result(result.returncode, result.stdout, result.stderr)

    def refused(self, *words):
        result = self.run_compare()
        self.assertEqual(result.returncode, 1, result.stdout + result.stderr)
        for word in words:
            self.assertIn(word, result.stderr)

    def says(self, *words):
        """A line has all of these."""
        lines = self.run_compare().stderr.splitlines()
        return any(all(word in line for word in words) for line in lines)

    def fine(self, *words):
        result = self.run_compare()
        self.assertEqual(result.returncode, 0, result.stderr)
        for word in words:
            self.assertIn(word, result.stdout)

    def test_copy_is_fine(self):
        self.fine()

    def test_the_command_line_says_the_same(self):
        self.assertEqual(self.run_command(), self.run_compare())
        self.change(self.data / "accepted.csv", r"^H723xx,rom.vector,RIOT,.*\n", "")
        result = self.run_command()
        self.assertEqual(result.returncode, 1)
        self.assertIn("RIOT says 0x1FF00000 (STM32H723xx)", result.stderr)
        self.assertEqual(result, self.run_compare())

    def test_wrong_values(self):
        for file, pattern, replacement, key in WRONG:
            with self.subTest(key=key, file=file):
                path = self.devices / f"{file}.toml"
                wrong = (f"/{path.name}: ", f"{key}: the table says ")
                copy_series(path.stem, self.devices)
                self.assertFalse(self.says(*wrong), "before the change")
                self.change(path, pattern, replacement)
                self.assertTrue(self.says(*wrong))

    def test_disagreement_that_nobody_accepted(self):
        self.change(self.data / "accepted.csv", r"^H723xx,rom.vector,RIOT,.*\n", "")
        self.refused("rom.vector: the table says 0x1FF09800, RIOT says 0x1FF00000 (STM32H723xx)")

    def test_accepted_without_a_disagreement(self):
        self.accept("F405xx,rom.vector,QMK,0x1FFF1000,Invented.")
        self.refused("accepted.csv: F405xx: rom.vector: QMK does not say 0x1FFF1000")

    def test_accepted_until_the_source_says_something_else(self):
        self.change(self.data / "rom.csv", r"^vector,0x1FF00000,RIOT", "vector,0x1FF00004,RIOT")
        self.refused("RIOT says 0x1FF00004", "RIOT does not say 0x1FF00000")

    def test_accepted_without_a_reason(self):
        self.change(self.data / "accepted.csv", r"^(H723xx,rom.vector,RIOT,0x1FF00000,).*", r"\1")
        self.refused("accepted.csv: H723xx: rom.vector: no reason")

    def test_differs_that_the_row_does_not_have(self):
        self.change(self.data / "accepted.csv", r"differs: RCC_CFGR2 after", "differs: the moon in")
        self.refused("clock.registers.CFGR2.value: no entry of the row's differs has 'the moon in")

    def test_accepted_for_a_part_that_no_row_has(self):
        self.accept("X999xx,rom.vector,RIOT,0x1FF00000,Invented.")
        self.fine("accepted entries")

    def test_part_without_data(self):
        for path in self.devices.rglob("f4.toml"):
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace("STM32F405xx", "STM32Z405xx"), encoding="utf-8")
        self.fine("not in the second source: 1 STM32Z405xx")

    def test_data_for_a_part_that_nobody_knows(self):
        self.change(self.data / "rom.csv", r"^(vector,.*) F072xB", r"\1 F999xx")
        result = self.run_command()
        self.assertEqual(result.returncode, 1)
        self.assertIn("F999xx: core.csv has no such part", result.stderr)


if __name__ == "__main__":
    unittest.main()
