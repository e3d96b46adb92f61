# test_cases.py: each check of case_checks.py passes on a right run, and says what is wrong of others.
# SPDX-License-Identifier: MIT
import copy
import tempfile
import unittest
from pathlib import Path

import cases
from case_checks import CHECKS, array_words, calls_of
from simulator import NoResult, Result, Simulator

REPORT = {
    "end": {"why": "arrived", "detail": "came back"},
    "findings": False,
    "verdict": "clean",
    "reason": None,
    "where": None,
    "resets": 1,
    "handoffs": [{"outcome": "served", "contract": [{"id": "H2", "ok": True},
                                                    {"id": "H10", "ok": True}]}],
    "checks": [{"id": "R1", "ok": True}],
    "advice": [{"about": "entry", "text": "nothing entered"}],
    "on_reset": [{"pending": False, "instructions": 30, "returned": 0, "ram_bytes_written": 0,
                  "reset_flags_changed": False, "primask_changed": False}] * 2,
    "not_modelled": ["register 0x4002F000, first touched by PC 0x08000001"],
}
TEXTS = ["hello", "chip, from the ROM"]
FAULT = {"end": {"why": "fault", "detail": "undefined"}, "verdict": "nothing judged",
         "reason": {"kind": "fault", "text": "."}}
NOTHING = {"verdict": "nothing judged", "reason": {"kind": "refused", "text": "with -6"}}
STANDS = {"end": {"why": "limit", "detail": "."}, "where": {"kind": "loop", "text": "in main+2"}}
QUIET = REPORT["on_reset"][0]


class Fake:
    """In the place of the simulator: one result for all runs."""

    def __init__(self, status=0, texts=None, **changes):
        texts = TEXTS if texts is None else texts
        self.result = Result("command", status, "", {**copy.deepcopy(REPORT), **changes}, texts)
        self.results = {}

    def run(self, *_, **__):
        return self.result


def contract(**points):
    """`handoffs` with one handoff, and these points in it."""
    points = [{"id": id, "ok": ok} for id, ok in points.items()]
    return [{"outcome": "served", "contract": points}]


# Check, its words behind ELF and DEVICE, a run that passes, runs that do not.
CASES = [
    ("judge", ["0", ""], Fake(7, handoffs=[]), [Fake(handoffs=[])]),
    ("judge", ["1", ""], Fake(), [Fake(status=7), Fake(handoffs=[]), Fake(status=1),
                                  Fake(checks=[{"id": "R2", "ok": False}])]),
    ("judge", ["1", "H2 H10"], Fake(7, handoffs=contract(H10=False, H2=False)),
     [Fake(7, handoffs=contract(H2=False)), Fake(0, handoffs=contract(H10=False, H2=False)),
      Fake(7, handoffs=contract(H10=False, H2=False, H3=False)), Fake()]),
    ("says", ["nothing ent"], Fake(7), [Fake(advice=[]), Fake(status=2)]),
    ("says", ["with -6"], Fake(7, **NOTHING), [Fake(7)]),
    ("says", ["arrived: came"], Fake(advice=[]), [Fake(end={"why": "limit", "detail": "came"})]),
    ("ends", ["arrived", "c.me"], Fake(7, handoffs=[]), [Fake(handoffs=[])]),
    ("ends", ["arrived", "c.me"], Fake(), [Fake(findings=True), Fake(status=7), Fake(**FAULT),
                                           Fake(end={"why": "arrived", "detail": "x"})]),
    ("nothing", ["refused", "with -6"], Fake(7, **NOTHING), [
        Fake(0, **NOTHING), Fake(7), Fake(7, **{**NOTHING, "verdict": "findings"}),
        Fake(7, **{**NOTHING, "reason": {"kind": "refused", "text": "with -1"}}),
        Fake(7, **{**NOTHING, "reason": {"kind": "not back", "text": "with -6"}})]),
    ("origin", ["from the ROM", "0"], Fake(7, handoffs=[]), [Fake(handoffs=[])]),
    ("origin", ["from the ROM", "1"], Fake(), [Fake(status=7), Fake(handoffs=[]), Fake(texts=[]),
                                               Fake(texts=TEXTS[::-1])]),
    ("faults", ["undef"], Fake(7, **FAULT), [Fake(7, **{**FAULT, "verdict": "findings"}), Fake(),
                                             Fake(end={"why": "fault", "detail": "x"},
                                                  findings=True)]),
    ("prints", ["hel+o"], Fake(), [Fake(texts=TEXTS[1:]), Fake(not_modelled=[])]),
    ("answers", ["hello"], Fake(7, texts=["hello"]), [Fake(7), Fake(7, texts=[])]),
    ("quiet", ["30", "1"], Fake(), [Fake(status=7), Fake(resets=2), Fake(resets=0, on_reset=[QUIET])]
     + [Fake(on_reset=[QUIET, {**QUIET, key: value}]) for key, value in
        (("pending", True), ("instructions", 31), ("returned", 1), ("returned", None),
         ("ram_bytes_written", 4), ("reset_flags_changed", True),
         ("primask_changed", True))]),
    ("boots", ["1", "1", "0"], Fake(), [Fake(status=7), Fake(resets=2), Fake(handoffs=[]),
                                        Fake(on_reset=[{**QUIET, "returned": 1}])]),
    ("holds", [".resets == 1 and\n (.end.why | test(\"^arr\"))"], Fake(7),
     [Fake(resets=2), Fake(status=1), Fake(**FAULT)]),
    ("stands", ["limit", "loop", "in m..n"], Fake(7, **STANDS), [
        Fake(0, **STANDS), Fake(7), Fake(7, **{**STANDS, "end": REPORT["end"]}),
        Fake(7, **{**STANDS, "where": {"kind": "loop", "text": "in man"}}),
        Fake(7, **{**STANDS, "where": {"kind": "asleep", "text": "in main"}})]),
    ("tells", [".exit_code == 0 and .texts[0] == \"hello\""], Fake(), [Fake(status=7), Fake(texts=[])]),
    ("tells", ["empty"], None, [Fake()]),
    ("tells", [".handoffs.nothing"], None, [Fake()]),
]


class Checks(unittest.TestCase):
    def test_each(self):
        self.assertEqual({case[0] for case in CASES} | {"hook"}, set(CHECKS))
        for check, words, right, others in CASES:
            for fake in [right] * bool(right) + others:
                with self.subTest(check=check, words=words, report=fake.result):
                    line = ["name", check, "elf", "device", *words]
                    (_, _, wrong, _), = cases.judge_all(fake, [line])
                    self.assertEqual(not wrong, fake is right, wrong)

    def test_many_filters(self):
        lines = [["a", "holds", "elf", "device", text] for text in ("true", "false", "true", ".x.y")]
        told = cases.judge_all(Fake(), lines)
        self.assertEqual([not wrong for _, _, wrong, _ in told], [True, False, True, False])

    def test_no_result(self):
        for program, elf in (("true", __file__), ("no-such-program", "no.elf")):
            with self.subTest(elf), self.assertRaises(NoResult):
                Simulator(program).run(elf, "device")

    def test_server(self):
        answers = {"echo 0 3 1; printf '{}\\nx'": {}, "echo 7 2 0; printf {}": {}, "exit 1": None,
                   "echo -14 0 0": None, "echo 2 0 1; printf x": None}
        for script, report in answers.items():
            with self.subTest(script), tempfile.TemporaryDirectory() as folder:
                program = Path(folder, "program-server")
                program.write_text(f"#!/bin/sh\nread -r bytes\n{script}\n", encoding="utf-8")
                program.chmod(0o755)
                simulator = Simulator(str(program))
                if report is None:
                    self.assertRaises(NoResult, simulator.run, __file__, "device")
                else:
                    result = simulator.run(__file__, "device")
                    self.assertEqual((result.report, result.status), (report, int(script[5])))
                    self.assertTrue(result.command.startswith(str(program)[:-7] + " run "))

    def test_what_objdump_prints(self):
        self.assertEqual(array_words([" 8000100 45010008 41010008  E...A..."]),
                         ["08000145", "08000141"])
        lines = ["08000000 <a>:", " 8000000:\tbl\t8000010 <x>", "08000010 <b>:",
                 " 8000010:\tbl\t8000020 <y>", " 8000014:\tmov\tr0, r1"]
        self.assertEqual(calls_of("b", lines), ["<y>"])


if __name__ == "__main__":
    unittest.main()
