# test_recipes.py: recipes.csv is whole, and what is judged otherwise than it says is noticed.
# SPDX-License-Identifier: MIT
import re
import sys
import unittest
from pathlib import Path
from unittest import mock

import recipes

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from table.load import load_devices  # noqa: E402

OUTCOMES = {"served", "at risk", "returned to flash", "reset by the ROM", "hung", "fault", "not entered",
            "dead after Go", "runs after Go"}
COLUMNS = ["recipe", "device", "compiler", "level", "variant", "defines", "options", "interface",
           "reported", "judged", "ground", "breaks", "confidence", "source", "cause"]
SERVED = {"handoffs": [{"outcome": "served", "how": "", "ground": "", "not_over": "",
                         "contract": [{"id": "H8", "ok": False},
                                      {"id": "H15", "ok": False}]}],
          "returns": [], "end": {"why": "served"}}


def result(**changes):
    return {**SERVED, **changes}


class Table(unittest.TestCase):
    def test_names_are_unique(self):
        lines = recipes.TABLE.read_text(encoding="utf-8").splitlines()
        self.assertEqual(len(recipes.load()), len(lines) - 1)

    def test_rows(self):
        here = Path(__file__).parent
        for name, row in recipes.load().items():
            with self.subTest(name):
                self.assertEqual(list(row), COLUMNS)
                self.assertIn(row["reported"], OUTCOMES | {"not served"})
                self.assertIn(row["judged"], OUTCOMES)
                self.assertIn(row["ground"], ("must", "seen", "alike", "none", ""))
                never = row["judged"] in ("not entered", "runs after Go", "dead after Go")
                self.assertFalse(row["ground"] and never)
                self.assertIn(row["confidence"], ("documented", "measured", "inferred"))
                self.assertIn(row["compiler"], ("gcc", "clang"))
                self.assertTrue((here / f"{row['recipe']}.c").exists())
                self.assertTrue(re.search(r"\d|#|ST's article", row["source"]), "vague source")
                agrees = recipes.agrees(row["reported"], row["judged"])
                self.assertEqual(bool(row["cause"]), not agrees)

    def test_reports_are_about_interfaces_that_the_rom_has(self):
        devices = {device.slug: device for device in load_devices(ROOT / "devices", [])}
        for name, row in recipes.load().items():
            kinds = {one["kind"] for one in devices[row["device"]]["interfaces"]["list"]}
            with self.subTest(name):
                self.assertLessEqual(set(row["interface"].split()), kinds)

    def test_each_recipe_is_run(self):
        files = {path.stem for path in Path(__file__).parent.glob("*.c")} - {"startup", "with_bootleap"}
        self.assertEqual(files, {row["recipe"] for row in recipes.load().values()})


class Judged(unittest.TestCase):
    def test_outcome(self):
        again = [{"outcome": "fails", "how": "reset by the ROM", "contract": []}, *SERVED["handoffs"]]
        for expected, changes in (
                ("served", {}),
                ("served", {"handoffs": again}),
                ("not entered", {"handoffs": [], "end": {"why": "limit"}}),
                ("fault", {"handoffs": [], "end": {"why": "fault"}}),
                ("dead after Go", {"ended": "--host go", "end": {"why": "limit"}}),
                ("runs after Go", {"ended": "--host go", "end": {"why": "arrived"}})):
            with self.subTest(expected):
                self.assertEqual(recipes.outcome(result(**changes)), expected)

    def test_outcome_is_about_an_interface(self):
        handoff = {**SERVED["handoffs"][0], "not_over": "usb, can"}
        for interface, expected in (("usb", "hung"), ("can", "hung"), ("usart", "served"),
                                    ("", "served")):
            with self.subTest(interface):
                found = recipes.outcome(result(handoffs=[handoff]), interface)
                self.assertEqual(found, expected)

    def test_not_served_is_any_way_of_it(self):
        for judged in OUTCOMES:
            served = judged in ("served", "at risk", "not entered", "dead after Go", "runs after Go")
            with self.subTest(judged):
                self.assertEqual(recipes.agrees("not served", judged), not served)
                self.assertEqual(recipes.agrees("hung", judged), judged == "hung")

    def test_ground(self):
        entered = result(handoffs=[{**SERVED["handoffs"][0], "ground": "seen"}])
        self.assertEqual(recipes.ground(entered), "seen")
        self.assertEqual(recipes.ground({**entered, "ended": "--host go"}), "")
        self.assertEqual(recipes.ground(result(handoffs=[])), "")

    def test_own_projects(self):
        known = {"a/b", "ST community 890072", "ST community 89007", recipes.ARTICLE}
        for source, own in (("a/b#12: works", ["a/b"]), ("ST community 1 and 890072: no", ["ST community 890072"]),
                            ("thread of ST's article", [recipes.ARTICLE]), ("AN2606 Rev 70", [])):
            with self.subTest(source):
                self.assertEqual(recipes.own_projects(source, known), own)

    def test_broken_points_without_the_mark(self):
        self.assertEqual(recipes.broken(SERVED), "H8")

    def test_check_notices(self):
        for judged, breaks, code in (("served", "H8", 0), ("hung", "H8", 1), ("served", "", 1)):
            row = {"judged": judged, "ground": "", "breaks": breaks, "interface": ""}
            with self.subTest(row), mock.patch("recipes.load", lambda row=row: {"a": row}), \
                    mock.patch("recipes.run", lambda *_: SERVED), mock.patch("builtins.print"):
                self.assertEqual(recipes.check("sim", "folder", "a"), code)


if __name__ == "__main__":
    unittest.main()
