#!/usr/bin/env python3
# test_report.py: tools/report.py makes observations that evidence/ takes, and refuses what is no report.
# SPDX-License-Identifier: MIT
import contextlib
import importlib.util
import io
import shutil
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
from evidence.check import check_evidence  # noqa: E402
from evidence.load import load_leftovers, read_observations  # noqa: E402
from pages.boards import BEGIN, END, boards_page  # noqa: E402
from table.device import Device  # noqa: E402
from table.load import load_devices  # noqa: E402

SPEC = importlib.util.spec_from_file_location("tool", ROOT / "tools/report.py")
tool = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(tool)
LINE = ("bootleap-report 1 on=board device=f411 part=STM32F411xE idcode=10006431 rom=V13.0 wire=usart"
        " usart=USART1:PA9 reset=ok back=ok jump=ok jump-back=ok host=linux firmware=0.1.0"
        " version=0.1.0")
# What is wrong, the text that is replaced, by what, and words of the refusal.
BAD = (
    ("virtual chip", "on=board", "on=virtual-chip", "says nothing about silicon"),
    ("unreadable id", "on=board", "on=unknown", "nobody could read the unique id"),
    ("made up", "on=board", "on=silicon", "on=silicon is no board"),
    ("no place", "on=board ", "", "its words must be"),
    ("other version", "bootleap-report 1", "bootleap-report 2", "it must begin with"),
    ("no row", "device=f411", "device=f499", "is no row"),
    ("part of another row", "STM32F411xE", "STM32F405xx", "is no row"),
    ("ROM that is not listed", "V13.0", "V9.9", "does not list this version"),
    ("result", "jump=ok", "jump=yes", "jump=yes is no result"),
    ("twice", "host=linux", "back=ok", "its words must be"),
    ("control character", "firmware=0.1.0", "firmware=\x070.1", "firmware="),
    ("quote", "host=linux", 'host="', "host="),
    ("no number", "10006431", "1000643G", "idcode="),
    ("other wire", "wire=usart", "wire=usb", "wire="),
    ("USART of no ROM", "USART1:PA9", "USART6:PC6", "f411 does not listen there"),
    ("no way at all", "reset=ok", "reset=none", "reset=none is no result"),
    ("half a way", "jump=ok", "jump=none", "jump=none is no result"),
    ("nothing tried", "reset=ok", "reset=not-tried", "reset=not-tried is no result"),
    ("behind a failure", "reset=ok", "reset=failed:no-rom", "back=ok is no result behind"),
)
# Words of the one who reports that are no line of text.
BAD_WORDS = (("--board", "Black\nPill"), ("--by", "a\tb"), ("--board", "\udcff"), ("--board", " "),
             ("--source", "example.org/a\n[[observation]]"))


class Report(unittest.TestCase):
    def setUp(self):
        self.root = Path(self.enterContext(tempfile.TemporaryDirectory()))
        for file in (*ROOT.glob("devices/**/f4.toml"), ROOT / "evidence/f4.toml",
                     ROOT / "evidence/leftovers.toml"):
            copy = self.root / file.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, copy)

    def report(self, line, *options):
        """(exit code, stdout, stderr)"""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = tool.main([line, "--board", "Black Pill", "--by", "somebody", "--source",
                              "https://example.org/issues/12", "--date", "2026-12-01", "--root",
                              str(self.root), *options])
        return code, out.getvalue(), err.getvalue()

    def evidence(self):
        """What evidence/ refuses."""
        refusals = []
        devices = {one.slug: one for one in load_devices(self.root / "devices", refusals)}
        found = read_observations(self.root / "evidence", refusals)
        leftovers = load_leftovers(self.root / "evidence", refusals)
        check_evidence(found, leftovers, devices, refusals)
        return refusals

    def test_a_good_report_is_four_observations(self):
        code, out, err = self.report(LINE, "--put")
        self.assertEqual((code, err), (0, ""))
        self.assertIn('tested = ["2026-12-01 Black Pill"]', out)
        self.assertEqual(self.evidence(), [])
        file = (self.root / "evidence/f4.toml").read_text(encoding="utf-8")
        added = file[file.index('project = "bootleap report: somebody"'):]
        for word in ('way = "early"', 'way = "direct"', 'outcome = "served"', 'outcome = "run"'):
            self.assertIn(word, added)
        self.assertEqual(added.count('project = "bootleap report: somebody"'), 4)
        self.assertEqual(self.report(LINE, "--put")[0], 0)
        self.assertEqual(self.evidence(), [], "the second one has other ids")

    def test_what_failed_is_said(self):
        line = LINE.replace("jump=ok jump-back=ok", "jump=failed:refused-20 jump-back=not-tried")
        code, out, err = self.report(line)
        self.assertEqual((code, err), (0, ""))
        self.assertIn('outcome = "notentered"', out)
        self.assertIn("jump: refused-20", out)
        self.assertNotIn("tested = ", out)
        self.assertEqual(out.count("[[observation]]"), 3)

    def test_a_cable_is_no_fact_of_the_chip(self):
        for why in ("port", "rom-ran-before", "other-line"):
            line = LINE.replace("jump=ok jump-back=ok", f"jump=failed:{why} jump-back=not-tried")
            code, out, err = self.report(line)
            self.assertEqual((code, err), (0, ""))
            self.assertEqual(out.count("[[observation]]"), 2)
            self.assertNotIn("tested = ", out)
        line = line.replace("reset=ok back=ok jump=failed:other-line",
                            "reset=failed:port back=not-tried jump=not-tried")
        code, out, err = self.report(line, "--put")
        self.assertEqual((code, out), (2, ""))
        self.assertIn("no step says anything about the chip", err)

    def test_what_is_no_report_is_refused(self):
        before = (self.root / "evidence/f4.toml").read_bytes()
        for what, old, new, words in BAD:
            with self.subTest(what):
                code, out, err = self.report(LINE.replace(old, new), "--put")
                self.assertEqual((code, out), (2, ""))
                self.assertIn(words, err)
        self.assertEqual((self.root / "evidence/f4.toml").read_bytes(), before)

    def test_words_that_are_no_line_are_refused(self):
        before = (self.root / "evidence/f4.toml").read_bytes()
        for option, text in BAD_WORDS:
            with self.subTest(option, text=repr(text)):
                code, out, err = self.report(LINE, "--put", option, text)
                self.assertEqual((code, out), (2, ""))
                self.assertIn(f"{option} ", err)
                self.assertNotIn("\n", err.rstrip("\n"))
        self.assertEqual((self.root / "evidence/f4.toml").read_bytes(), before)

    def test_a_quote_in_a_name_is_kept(self):
        code, out, err = self.report(LINE, "--put", "--board", 'my "blue\\pill"')
        self.assertEqual((code, err), (0, ""))
        self.assertEqual(self.evidence(), [])
        self.assertIn(r'tested = ["2026-12-01 my \"blue\\pill\""]', out)

    def test_boards_that_reported_are_counted(self):
        def page(*tested):
            rows = [Device("f4.toml", "F4", slug, {"tested": boards}) for slug, boards in tested]
            return boards_page(f"a\n{BEGIN}old\n{END}\nb\n", rows)

        self.assertIn("so far: none.", page(("f411", []), ("f405", [])))
        both = page(("f411", ["2026-12-01 A", "2026-12-02 B"]), ("f405", ["2026-12-03 C"]))
        self.assertIn("so far: 3.** 2026-12-01 A (f411), 2026-12-02 B (f411), 2026-12-03 C (f405).", both)
        self.assertTrue(both.startswith("a\n") and both.endswith("\nb\n") and "old" not in both)
        self.assertEqual(boards_page("no marks", []), "no marks")


if __name__ == "__main__":
    unittest.main()
