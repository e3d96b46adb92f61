# test_replay.py: what contradicts an observation, what answers it, and what is counted.
# SPDX-License-Identifier: MIT
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import compare  # noqa: E402
import replay  # noqa: E402
from compare import Judged  # noqa: E402
from evidence.words import OUTCOMES  # noqa: E402

SERVED, AT_RISK = Judged("served", ground="must"), Judged("at risk", ground="none")
HUNG = Judged("fails", "hung", "must")


def observed(outcome, cause=(), way="direct", **more):
    return {"id": "X", "project": "p", "part": "P", "way": way, "outcome": outcome,
            "cause": list(cause), **more}


def handoff(**changes):
    return {"outcome": "served", "how": "", "ground": "must", "reason": "", "interfaces": [],
            "contract": [{"id": "H8", "ok": False}, {"id": "H15", "ok": False}], **changes}


def report(*handoffs, why="served", starts="application"):
    return {"handoffs": list(handoffs), "end": {"why": why}, "starts": [{"starts": starts}],
            "behaviour": []}


def replayed(observation, found, held_out=None):
    return replay.Replayed(observation, found, held_out or found)


class Judgements(unittest.TestCase):
    def test_the_last_handoff_counts(self):
        risk = handoff(outcome="at risk", ground="alike", interfaces=[{"statements": [
            {"about": "clocks", "effect": "at risk"}, {"about": "ports", "effect": "harmless"}]}])
        found = compare.judged(report(handoff(), risk), [], "usb")
        self.assertEqual((found.verdict, found.ground, found.about), ("at risk", "alike", "clocks"))
        self.assertEqual(compare.not_left(["clocks", "mpu", "watchdog", "ports"], found), ["mpu"])
        self.assertEqual(found.broken, "H8")

    def test_without_a_handoff(self):
        for given, verdict in ((report(why="limit"), "not entered"), (report(why="fault"), "fails"),
                               (report(starts="ROM, by BOOT0"), "served"),
                               (report(starts="ROM, by BOOT0", why="hung"), "fails")):
            self.assertEqual(compare.judged(given, [], "").verdict, verdict)

    def test_after_go(self):
        for why, verdict in (("done", "runs after Go"), ("limit", "dead after Go")):
            found = compare.judged(report(handoff(), why=why), ["--host", "go"], "")
            self.assertEqual(found.verdict, verdict)

    def test_a_crystal_by_chance(self):
        chance = ["--crystal-chance", "41"]
        for one, verdict in ((handoff(), "at risk"), (handoff(outcome="fails", how="hung"), "fails"),
                             (handoff(outcome="fails", how="reset by the ROM"), "at risk")):
            self.assertEqual(compare.judged(report(one), chance, "usb").verdict, verdict)

    def test_noise_comes_before_the_host(self):
        noisy = {**report(handoff()), "behaviour": [{"what": "noise on USART1 comes first"}]}
        self.assertEqual(compare.judged(noisy, [], "usb")[:2], ("fails", "hung"))
        self.assertEqual(compare.judged(noisy, [], "usart").verdict, "at risk")
        noisy["handoffs"] = [handoff(outcome="at risk")]
        self.assertEqual(compare.judged(noisy, [], "usb").verdict, "at risk")


class Comparison(unittest.TestCase):
    def test_contradictions(self):
        for one, found, contradicted in (
                (observed("served"), HUNG, True), (observed("served"), AT_RISK, False),
                (observed("served"), SERVED, False), (observed("run"), Judged("dead after Go"), True),
                (observed("hung"), SERVED, False), (observed("hung", ["mpu"]), SERVED, True),
                (observed("hung", ["mpu"]), AT_RISK, False), (observed("hung", ["mpu"]), HUNG, False),
                (observed("served"), Judged("not entered"), True)):
            with self.subTest(one=one, found=found):
                self.assertEqual(compare.contradicts(one, found), contradicted)

    def test_each_bad_outcome_has_an_answer(self):
        self.assertEqual(set(compare.ANSWERS), set(OUTCOMES) - set(compare.GOOD))

    def test_answers(self):
        for outcome, how, right in (("noenum", "hung", True), ("noenum", "returned to flash", False),
                                    ("app", "returned to flash", True), ("app", "hung", False),
                                    ("failed", "reset by the watchdog", True)):
            with self.subTest(outcome=outcome, how=how):
                self.assertEqual(compare.answers(observed(outcome), Judged("fails", how)), right)
        self.assertFalse(compare.answers(observed("hung"), Judged("at risk", "hung")))
        self.assertTrue(compare.answers(observed("notentered"), Judged("not entered")))


class Reading(unittest.TestCase):
    def test_words_that_nobody_knows_cost_their_row_alone(self):
        found = replay.not_read(["a/b.csv: X1: left.eth: unknown key", "a/b.csv: X1: sure: unknown",
                                 "a/b.csv: X2: way: unknown"])
        self.assertEqual([one.observation["id"] for one in found], ["X1", "X2"])
        self.assertEqual(found[0].why_not, "left.eth: unknown key; sure: unknown")
        self.assertIn("not_expressed=2", replay.last_line(found))


class Counting(unittest.TestCase):
    def test_counts(self):
        found = compare.count([(observed("served"), AT_RISK), (observed("served"), HUNG),
                               (observed("served", way="boot0"), SERVED),
                               (observed("hung", ["mpu"]), HUNG), (observed("app", ["bank"]), HUNG),
                               (observed("failed", ["option-bytes"], way="boot0"), HUNG),
                               (observed("sometimes", ["crystal"]), AT_RISK)])
        self.assertEqual(found, compare.Counts(7, 1, 2, 1, 2, 1, 1, 1))

    def test_limits(self):
        good = [replayed(observed("served"), SERVED)] * 97
        cause = [replayed(observed("hung", ["mpu"]), HUNG)] * 3
        self.assertEqual(replay.broken_limits(good + cause), [])
        contradicted = [replayed(observed("served"), SERVED, HUNG)]
        self.assertEqual(replay.broken_limits(good + cause + contradicted * 3), [])
        for more in (contradicted * 4, [replayed(observed("served"), HUNG, SERVED)],
                     [replayed(observed("hung", ["mpu"]), AT_RISK)] * 3,
                     [replayed(observed("served"), AT_RISK)] * 33,
                     [replay.Replayed(observed("served"), None, None, "no part")] * 36):
            with self.subTest(more[0]):
                self.assertEqual(len(replay.broken_limits(good + cause + more)), 1)

    def test_last_line(self):
        line = replay.last_line([replayed(observed("served"), AT_RISK),
                                 replay.Replayed(observed("served"), None, None, "no part")])
        self.assertTrue(line.startswith("replay rows=2 not_expressed=1 contradictions=0 "))
        self.assertIn(" served=1 served_at_risk=1 ", line)


if __name__ == "__main__":
    unittest.main()
