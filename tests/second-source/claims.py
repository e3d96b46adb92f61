# claims.py: reads the data files of the second source: who says what about which part.
# SPDX-License-Identifier: MIT
"""A claim is one value that one source gives for one fact of one part. Facts are named as in the
device table (rom.product, clock.registers.CR.address); what a chip has several of is named by its
name or address."""
import csv
from collections import defaultdict
from dataclasses import dataclass

HEADERS, CHIP_FILES = "headers", "embassy"
CORE_KEYS = ("name", "interrupts", "priority_bits", "mpu", "vtor")
TIMER_KEYS = (
    "apb",
    "start",
    "counter_bits",
    "repetition_bits",
    "up_down",
    "basic",
    "clock_register",
    "clock_mask",
    "reset_register",
    "reset_mask",
    "interrupt",
)
MEMORY_KEYS = ("flash_start", "flash_size", "pages", "program_bytes", "erased", "ram")
# Interfaces that the chip files name otherwise than the device table.
OTHER_NAMES = {"USB_OTG_FS": "USB", "USB_OTG_HS": "USB", "CAN": "CAN1"}


class DataError(Exception):
    """A data file says what it cannot mean."""


@dataclass(frozen=True, order=True)
class Claim:
    source: str
    part: str  # one of those that it is about
    value: str
    checks: int = 1  # how many comparisons of names, addresses or bits it stands for


def rows_of(path):
    """The rows of a data file; lines that begin with # are not part of it."""
    with open(path, encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(line for line in stream if not line.startswith("#"))


class Claims:
    """All claims, by part and fact."""

    def __init__(self, folder):
        self.parts = ["STM32" + row["part"] for row in rows_of(folder / "core.csv")]
        self.by_fact = defaultdict(list)  # (part, fact) -> claims
        self.facts = defaultdict(set)  # part -> facts
        self._expanded = {}
        self._read_core(folder)
        self._read_memory(folder)
        self._read_registers(folder)
        self._read_direct(folder)
        self._read_pins(folder)
        for row in rows_of(folder / "options.csv"):
            for key in ("register", "mask"):
                self._add(row, f"options.{row['name']}.{key}", row[key], row["source"])
        for row in rows_of(folder / "timers.csv"):
            for key in TIMER_KEYS:
                if row[key]:
                    self._add(row, f"peripherals.{row['name']}.{key}", row[key], row["source"])
        self._read_interrupts(folder)
        for row in rows_of(folder / "clock-tree.csv"):
            for key in ("register", "mask", "values"):
                if row[key]:
                    self._add(row, f"clock_tree.{row['name']}.{key}", row[key], row["source"])
        for row in rows_of(folder / "flash-control.csv"):
            fact = f"flash_control.{row['controller']}.{row['key']}"
            self._add(row, fact, row["value"], row["source"])
        for row in rows_of(folder / "option-fields.csv"):
            self._add(row, f"option_fields.{row['field']}.mask", row["mask"], row["source"])
        for row in rows_of(folder / "rom.csv"):
            self._add(row, f"rom.{row['key']}", row["value"], row["source"])
        for row in rows_of(folder / "identity.csv"):
            self._add(row, row["key"], row["value"], row["source"])
        for row in rows_of(folder / "chip-state.csv"):
            self._add(row, row["key"], row["value"], row["source"])
        for row in rows_of(folder / "layouts.csv"):
            self._add(row, f"layouts.{row['kb']}-in-{row['banks']}", row["pages"], CHIP_FILES)
        for row in rows_of(folder / "reset-values.csv"):
            self._add(row, f"reset-value.{row['address']}", row["value"], row["source"])

    def of(self, part, fact):
        return self.by_fact.get((part, fact), [])

    def expand(self, parts):
        """Macros of a cell: names, or beginnings of names with a * behind."""
        if parts not in self._expanded:
            found = []
            for word in parts.split():
                name = "STM32" + word.rstrip("*")
                some = word.endswith("*")
                hits = [p for p in self.parts if p == name or some and p.startswith(name)]
                if not hits:
                    raise DataError(f"{word}: core.csv has no such part")
                found += hits
            self._expanded[parts] = found
        return self._expanded[parts]

    def _add(self, row, fact, value, source):
        for part in self.expand(row["parts"]):
            self.by_fact[part, fact].append(Claim(source, part, value))
            self.facts[part].add(fact)

    def _read_core(self, folder):
        for row in rows_of(folder / "core.csv"):
            row |= {"parts": row["part"], "name": row["core"]}
            for key in CORE_KEYS:
                if row[key]:
                    self._add(row, f"core.{key}", row[key], HEADERS)

    def _read_memory(self, folder):
        for row in rows_of(folder / "memory.csv"):
            for key in MEMORY_KEYS:
                if row[key]:
                    self._add(row, f"memory.{key}", row[key], CHIP_FILES)

    def _read_registers(self, folder):
        for row in rows_of(folder / "registers.csv"):
            self._add(row, row["key"], row["value"], HEADERS)
        for row in rows_of(folder / "clock-registers.csv"):
            self._add(row, f"clock.registers.{row['register']}.address", row["address"], HEADERS)
        for row in rows_of(folder / "reset-registers.csv"):
            fact = f"reset_registers.{row['register']}"
            self._add(row, fact + ".address", row["address"], HEADERS)
            self._add(row, fact + ".safe_mask", row["mask"], HEADERS)
        for row in rows_of(folder / "ready.csv"):
            for key in ("address", "on", "ready"):
                self._add(row, f"clock.ready.{row['name']}.{key}", row[key], HEADERS)
        for row in rows_of(folder / "peripherals.csv"):
            for key in ("start", "clock_register", "clock_mask"):
                self._add(row, f"peripherals.{row['name']}.{key}", row[key], HEADERS)

    def _read_interrupts(self, folder):
        for row in rows_of(folder / "interrupts.csv"):
            lines = "interrupt" if row["lines"].isdigit() else "lines"
            for key in ("start", "clock_register", "clock_mask", "reset_register", "reset_mask"):
                if row[key]:
                    self._add(row, f"peripherals.{row['name']}.{key}", row[key], row["source"])
            if row["lines"]:
                self._add(row, f"peripherals.{row['name']}.{lines}", row["lines"], row["source"])
        for row in rows_of(folder / "dma-requests.csv"):
            self._add(row, f"requests.{row['name']}.{row['signal']}", row["ways"], row["source"])

    def _read_pins(self, folder):
        for row in rows_of(folder / "pins.csv"):
            name, signal = row["signal"].split(".")
            for other in {name, OTHER_NAMES.get(name, name)}:
                self._add(row, f"pins.{other}.{signal}", row["pins"], CHIP_FILES)
        for row in rows_of(folder / "usart-pins.csv"):
            fact = f"usart_pins.{row['signal']}.{row['pin']}"
            self._add(row, fact, row["function"], row["source"])

    def _read_direct(self, folder):
        for row in rows_of(folder / "resets.csv"):
            for key in ("reset_register", "reset_mask"):
                self._add(row, f"peripherals.{row['name']}.{key}", row[key], CHIP_FILES)
        for row in rows_of(folder / "steps.csv"):
            for key in ("register", "mask"):
                step = row["step"].replace(" ", "_")  # what follows a space in a fact is its end
                self._add(row, f"jump.steps.{step}.{key}", row[key], CHIP_FILES)
