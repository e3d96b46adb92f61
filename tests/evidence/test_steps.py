# test_steps.py: an observation becomes the steps that it says, and no others.
# SPDX-License-Identifier: MIT
import re
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import act  # noqa: E402
import steps  # noqa: E402
from evidence.words import LEFT, WAYS  # noqa: E402
from table.builds import builds  # noqa: E402
from table.load import load_devices  # noqa: E402
from table.registers import load_registers  # noqa: E402

DEVICES = {device.slug: device for device in load_devices(ROOT / "devices", [])}
STACKS = {line.split()[0]: int(line.split()[4], 16)
          for line in builds(DEVICES.values()).splitlines()}
PLANNER = steps.Planner(DEVICES, STACKS, load_registers(ROOT / "devices" / "registers", []))
ROWS = ("f072", "f303xe", "f405", "h743", "u575")  # each core, and USB that no row models
# What changes no direct jump: it cannot be expressed, or is about another way.
SILENT = {"swd", "sdram", "flag", "check", "loader", "back", "entry", "rtos", "faultstatus"}


def plan(row="f405", way="direct", wire="usb", left=None, **more):
    return PLANNER.plan({"row": row, "way": way, "wire": wire, "outcome": "served",
                         "left": left or {}, **more})


def acts(found, name):
    return [step for step in found.steps if step.act == name]


def stores(found, address):
    return [step.second for step in acts(found, "WRITE") if step.first == address]


class Acts(unittest.TestCase):
    def test_are_those_of_the_program(self):
        text = (Path(__file__).parent / "program.c").read_text(encoding="utf-8")
        body = re.search(r"enum act \{(.*?)\};", text, re.DOTALL).group(1)
        self.assertEqual(tuple(re.findall(r"^\s*(\w+),", body, re.MULTILINE)), act.ACTS)
        sizes = re.search(r"MOST_STEPS = (\d+), VECTORS = (\d+)", text).groups()
        self.assertEqual(tuple(map(int, sizes)), (act.MOST_STEPS, act.VECTORS))

    def test_code_needs_room_for_its_return(self):
        self.assertEqual(act.execute(1, 0xF380, 0x8810).third & 0xFFFF, act.RETURN)
        with self.assertRaises(ValueError):
            act.execute(0, 1, 2, 3, 4)


class Left(unittest.TestCase):
    def test_each_value_has_steps_or_a_reason(self):
        for row in ROWS:
            for key, (_, values) in LEFT.items():
                for value in values:
                    with self.subTest(row=row, key=key, value=value):
                        try:
                            self.assertTrue(plan(row, left={key: value}).steps)
                        except steps.NotExpressible as reason:
                            self.assertTrue(str(reason))

    def test_each_value_does_something(self):
        usual = steps.DEFAULTS["direct"]
        for key, (_, values) in LEFT.items():
            done = [self._differs(row, {key: value}) for value in values for row in ROWS
                    if usual.get(key) != value]
            with self.subTest(key):
                self.assertEqual(any(done), key not in SILENT)

    @staticmethod
    def _differs(row, left):
        try:
            return plan(row, left=left) != plan(row)
        except steps.NotExpressible:
            return False

    def test_masks(self):
        self.assertFalse(acts(plan(), "EXECUTE"))
        masked, = acts(plan(left={"primask": "1"}), "EXECUTE")
        self.assertEqual((masked.first, masked.second), (1, 0x8810F380))

    def test_what_is_live_has_its_interrupt(self):
        enabled = {step.first for step in acts(plan(left={"usart": "live"}), "WRITE")}
        self.assertTrue(any(0xE000E100 <= address < 0xE000E180 for address in enabled))
        self.assertFalse(any(0xE000E180 <= address < 0xE000E200 for address in enabled))
        cleared = {step.first for step in acts(plan(left={"usart": "live", "nvic": "clr"}), "WRITE")}
        self.assertTrue(any(0xE000E180 <= address < 0xE000E200 for address in cleared))

    def test_a_handler_goes_on(self):
        found = [step.act for step in plan(left={"isr": "yes"}).steps]
        self.assertLess(found.index("HANDLER"), found.index("JUMP"))

    def test_stacks(self):
        self.assertEqual(plan().steps[-1].act, "JUMP")
        self.assertEqual(plan(left={"msp": "app"}).steps[-1].act, "JUMP_KEEP")
        self.assertEqual(plan(left={"msp": "zero"}).steps[-1].second, 0)
        end = plan(left={"msp": "eor"})
        self.assertEqual(end.steps[-1].second, end.stack)

    def test_a_wrong_table_is_not_the_start_of_the_rom(self):
        self.assertNotIn(plan(left={"table": "wrong"}).steps[-1].third, (0, DEVICES["f405"]["rom"]["vector"]))

    def test_remap_needs_the_clock(self):
        remap = DEVICES["f405"]["remap"]
        for value, clocked in (("yes", True), ("noclk", False)):
            found = acts(plan(way="early", left={"remap": value}), "CHANGE")
            self.assertEqual(remap["clock_register"] in [step.first for step in found], clocked)
            self.assertIn(remap["register"], [step.first for step in found])

    def test_clocks(self):
        switch = DEVICES["f405"]["clock"]["switch_register"]
        for value, times in (("reset", 0), ("cfg", 1), ("hal", 2)):
            found = [step for step in acts(plan(left={"clocks": value}), "CHANGE") if step.first == switch]
            self.assertEqual(len(found), times)

    def test_a_fact_that_is_not_known_is_a_reason(self):
        with self.assertRaises(steps.NotExpressible):
            plan("f072", left={"icache": "on"})


class Ways(unittest.TestCase):
    def test_each_has_a_plan(self):
        for way in WAYS:
            with self.subTest(way):
                self.assertTrue(plan(way=way).steps)

    def test_early_is_behind_a_reset(self):
        found = [step.act for step in plan(way="early").steps]
        self.assertLess(found.index("JUMP"), found.index("RESET"))
        self.assertNotIn("RESET", [step.act for step in plan().steps])

    def test_a_flag_that_is_lost(self):
        flag = DEVICES["h743"]["mark"]["address"] + 0x40
        for value, words in ((None, 2), ("32bit", 1)):
            found = plan("h743", "early", left={"flag": value} if value else {})
            last = [step for step in found.steps if step.act == "WRITE"][-words:]
            self.assertEqual(last[0][1:3], (flag, steps.REQUEST))

    def test_surroundings(self):
        self.assertEqual(plan(rom="V9.0").options[:2], ["--rom-version", "V9.0"])
        chance = plan(cause=["crystal"], outcome="sometimes", times=[5, 12]).options
        self.assertEqual(chance[:2], ["--crystal-chance", "41"])
        self.assertEqual(plan(cause=["crystal"], outcome="reset").options[0], "--no-crystal")
        self.assertEqual(plan("g47", cause=["bank"]).options[0], "--worst")
        self.assertEqual(plan().options, ["--interface", "usb"])
        self.assertEqual(plan(wire=None).options, ["--interface", "usb"])
        self.assertEqual(plan("f10medium", wire=None).options, ["--interface", "usart"])

    def test_a_pin_that_does_not_count(self):
        self.assertIn("--boot0", plan("c071", "boot0").options)
        self.assertNotIn("--boot0", plan("c071", "boot0", left={"ob": "default"}).options)

    def test_what_no_program_can_stand_for(self):
        with self.assertRaises(steps.NotExpressible):  # V13.2 has no Go that works
            plan("h743", "back", rom="V13.2", left={"back": "leave"})
        for row, left in (("", {}), ("n6", {}), ("f405", {"swd": "on"}), ("f405", {"sdram": "on"})):
            with self.subTest(row=row, left=left), self.assertRaises(steps.NotExpressible):
                plan(row, left=left)


if __name__ == "__main__":
    unittest.main()
