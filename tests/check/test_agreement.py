# test_agreement.py: an agreement is counted, and each kind of exception is found, with made answers.
# SPDX-License-Identifier: MIT
import contextlib
import io
import unittest

import claims
import tables
from agreement import Agreement, chosen, claims_of_run, say_exceptions
from both import Both, of_handoff
from runs import Run, limited

RUN = Run("grid", "a.elf", "g0b1", ("--host", "end"))
DIRECT = Run("matrix", "a.elf", "g0b1", ("--way", "direct"))


def handoff(broken=(), stack="0x20004000", control=", CONTROL 0", masks="0, FAULTMASK 0, BASEPRI 0x00",
            lines="0 interrupts enabled, 0 exceptions pending", effects=None):
    words = {"H2": f"SP {stack}, MSP {stack}, the ROM's word 0 is 0x20004000{control}",
             "H4": f"PRIMASK {masks}", "H6": lines}
    return {"contract": {f"H{n}": [f"H{n}" not in broken, words.get(f"H{n}", "")] for n in range(1, 17)},
            "effects": effects or {}}


def simulated(*handoffs, **changes):
    return {"handoffs": list(handoffs), "end": {"why": "served", "detail": ""}, "reason": None, "resets": 0,
            **changes}


def finding(rule, about, severity="ok", verdict="ok"):
    point = {"vtor": "H8"}.get(about, "")
    return {"rule": rule, "about": about, "point": point, "verdict": verdict, "severity": severity}


def entry(*findings, origin="reset", **points):
    return {"origin": origin, "findings": list(findings), "points": points}


def checked(*entries, findings=()):
    return {"entries": list(entries), "findings": list(findings)}


def exceptions(check, sim, run=RUN):
    agreement = Agreement(Both("check", "sim-server"))
    agreement.add(run, check, sim)
    return [claim[:3] for _, claim in agreement.exceptions]


class Parts(unittest.TestCase):
    def test_a_clean_handoff(self):
        self.assertTrue(all(claims.parts_of(handoff()).values()))

    def test_what_is_seen(self):
        for part, made in (("target", {"broken": ["H1"]}), ("stack", {"stack": "0x20001000"}),
                           ("control", {"control": ", CONTROL.SPSEL is 1"}),
                           ("fpu", {"control": ", CONTROL.FPCA is 1"}),
                           ("control", {"control": ", CONTROL 0, and no ISB since CONTROL was written"}),
                           ("fpu", {"control": ", CONTROL 0, CPACR (CP10, CP11) not 0"}),
                           ("primask", {"masks": "1, FAULTMASK 0, BASEPRI 0x00"}),
                           ("basepri", {"masks": "0, FAULTMASK 0, BASEPRI 0x10"}),
                           ("interrupts", {"lines": "1 interrupts enabled (x), 0 exceptions pending"}),
                           ("pending", {"lines": "0 interrupts enabled, 2 exceptions pending"}),
                           ("remap", {"broken": ["H9"]}), ("handler", {"broken": ["H3"]})):
            with self.subTest(part):
                parts = claims.parts_of(handoff(**made))
                self.assertEqual([name for name, holds in parts.items() if not holds], [part])

    def test_other_words_are_noticed(self):
        changed = handoff()
        changed["contract"]["H4"][1] = "no mask is set"
        with self.assertRaises(ValueError):
            claims.parts_of(changed)


class Exceptions(unittest.TestCase):
    def test_none(self):
        said = entry(finding("E1", "target"), finding("E3", "primask", "note", "left"),
                     finding("E5", "systick", "unknown", "unknown"), H1="holds", H4="unknown")
        self.assertEqual(exceptions(checked(said), simulated(handoff())), [])
        self.assertEqual(exceptions(checked(said), simulated(handoff(broken=["H7"]))), [])

    def test_each_claim(self):
        for said, seen, expected in (
                (finding("E1", "target"), handoff(broken=["H1"]), ("E1", "target", "ok")),
                (finding("E1", "target", "error", "broken"), handoff(), ("E1", "target", "error")),
                (finding("E4", "vtor", "note", "broken"), handoff(), ("E4", "vtor", "broken")),
                (finding("E2", "control"), handoff(control=", CONTROL.SPSEL is 1"), ("E2", "control", "ok"))):
            with self.subTest(expected):
                self.assertEqual(exceptions(checked(entry(said)), simulated(seen)), [expected])

    def test_points(self):
        for claimed, broken in (("holds", ["H8"]), ("breaks", [])):
            with self.subTest(claimed):
                self.assertEqual(exceptions(checked(entry(H8=claimed)), simulated(handoff(broken=broken))),
                                 [("H8", "H8", claimed)])

    def test_an_error_where_nothing_fails(self):
        said = checked(entry(finding("E4", "vtor", "error", "broken")))
        for effect, count in (("harmless", 1), ("at risk", 1), ("fails", 0)):
            with self.subTest(effect):
                seen = handoff(broken=["H8"], effects={"H8": effect})
                self.assertEqual(len(exceptions(said, simulated(seen))), count)

    def test_what_is_kept_of_the_wires(self):
        wires = [{"statements": [{"point": "H8", "effect": effect}]} for effect in ("harmless", "at risk")]
        self.assertEqual(of_handoff({"interfaces": wires, "contract": []})["effects"], {"H8": "at risk"})

    def test_every_handoff_counts(self):
        self.assertEqual(len(exceptions(checked(entry(H1="holds")),
                                        simulated(handoff(), handoff(broken=["H1"])))), 1)

    def test_a_jump_gone_wild(self):
        end = {"why": "fault", "detail": "instruction fetch outside the memory map, address 0x2"}
        self.assertEqual(exceptions(checked(entry(finding("E1", "target"))), simulated(end=end)),
                         [("E1", "target", "ok")])
        good = entry(finding("E1", "target", "error", "broken"))
        self.assertEqual(exceptions(checked(good), simulated(end=end)), [])

    def test_the_origin(self):
        said = checked(entry(H4="breaks"), entry(H4="unknown", origin="application"))
        self.assertEqual(exceptions(said, simulated(handoff()), DIRECT), [])
        self.assertEqual(len(exceptions(said, simulated(handoff()))), 1)

    def test_a_state_that_the_simulator_makes(self):
        said = checked(entry(finding("E9", "handler")))
        for options, count in ((("--way", "direct"), 1), (("--way", "direct", "--state", "handler"), 0)):
            run = Run("mutant", "a.elf", "g0b1", options)
            self.assertEqual(len(exceptions(said, simulated(handoff(broken=["H3"])), run)), count)

    def test_the_request(self):
        lost = simulated(end={"why": "reset loop", "detail": ""})
        kept = simulated(handoff(), resets=1)
        for severity, sim, count in (("error", kept, 1), ("error", lost, 0), ("ok", lost, 1), ("ok", kept, 0)):
            with self.subTest((severity, count)):
                said = checked(findings=[finding("E6", "request", severity, "ok")])
                self.assertEqual(len(exceptions(said, sim)), count)

    def test_a_request_that_the_cache_keeps(self):
        lost = simulated(end={"why": "reset loop", "detail": ""})
        said = [finding("E6", "request"), finding("E7", "cache", "error", "broken")]
        self.assertEqual(exceptions(checked(findings=said), lost), [])

    def test_a_request_is_lost_where_there_was_one(self):
        lost = simulated(reason={"kind": "mark lost"}, resets=1)
        said = checked(findings=[finding("E6", "request")])
        for options, count in ((("--enter-at", "main"), 1), (("--send", "f"), 0)):
            self.assertEqual(len(exceptions(said, lost, Run("a", "a.elf", "g0b1", options))), count)

    def test_in_a_handler(self):
        said = checked(entry(finding("E9", "handler")), entry(finding("E9", "handler", "note", "broken"),
                                                              origin="application"))
        self.assertEqual(exceptions(said, simulated(handoff(broken=["H3"]))), [])
        self.assertEqual(len(exceptions(checked(entry(finding("E9", "handler"))),
                                        simulated(handoff(broken=["H3"])))), 1)

    def test_what_is_known(self):
        agreement = Agreement(Both("check", "sim-server"),
                              [{"image": "a.elf", "claim": ["E4", "vtor", "broken"]}])
        agreement.add(RUN, checked(entry(finding("E4", "vtor", "note", "broken"))), simulated(handoff()))
        self.assertEqual(agreement.exceptions, [])

    def test_after_go(self):
        run = Run("recipes", "a.elf", "g0b1", ("--host", "go", "--until", "alive"))
        for why, holds in (("arrived", True), ("limit", False)):
            self.assertEqual(claims_of_run("E8", run, simulated(end={"why": why, "detail": ""})), holds)
        self.assertIsNone(claims_of_run("E8", RUN, simulated()))

    def test_each_is_shown_with_its_commands(self):
        agreement = Agreement(Both("check", "sim-server"))
        agreement.add(RUN, checked(entry(H1="holds")), simulated(handoff(broken=["H1"])))
        with contextlib.redirect_stdout(io.StringIO()) as shown:
            say_exceptions(agreement, {"g0b1": "g0b1"})
        self.assertIn("check a.elf --device g0b1 --json", shown.getvalue())
        self.assertIn("sim run a.elf --device g0b1 --json --host end", shown.getvalue())


class Counts(unittest.TestCase):
    def counted(self, *runs):
        agreement = Agreement(Both("check", "sim-server"))
        for said, seen in runs:
            agreement.add(RUN, said, seen)
        return agreement.counted()

    def lines(self, counted, name):
        return [line for line in tables.lines(counted) if line.startswith(f"| {name} ")]

    def test_the_tables(self):
        said = checked(entry(finding("E1", "target"), finding("E1", "stack", "unknown", "unknown")))
        counted = self.counted((said, simulated(handoff())),
                               (checked(entry(finding("E1", "target"))), simulated(handoff(broken=["H1"]))),
                               (checked(entry(finding("E1", "target", "error", "broken"))),
                                simulated(handoff(broken=["H1"]))))
        self.assertEqual(self.lines(counted, "E1"), ["| E1 | 1 | 0 | 1 | 1 | 0 | 0 | 1 | 2 of 3 |"])
        self.assertEqual(self.lines(counted, "grid"), ["| grid | 1 | 3 | 1 | 0 | 1 | 1 | 0 | 0 | 1 | 0 | 1 |"])
        self.assertEqual(self.lines(counted, "all"), ["| all | 1 | 3 | 1 | 0 | 1 | 1 | 0 | 0 | 1 | 0 | 1 |"])

    def test_what_does_not_enter_is_not_counted(self):
        counted = self.counted((checked(entry(finding("E1", "target"))), simulated()))
        self.assertEqual(self.lines(counted, "grid"), ["| grid | 1 | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |"])
        self.assertEqual(counted["decided"]["E1"], [0, 0])

    def test_an_entry_that_is_not_found(self):
        counted = self.counted((checked(), simulated(handoff())))
        self.assertEqual(counted["families"]["grid"]["missed"], 1)

    def test_a_loss_that_the_other_rule_tells(self):
        said = [finding("E6", "request"), finding("E7", "cache", "error", "broken")]
        counted = self.counted((checked(findings=said), simulated(end={"why": "reset loop", "detail": ""})))
        self.assertEqual(counted["counts"], [["grid", "E7", "error", False, 1]])

    def test_images_come_first(self):
        runs = [Run("a", elf, "d", (option,)) for elf in "xy" for option in "12"] + [Run("b", "z", "d", ())]
        self.assertEqual([run.elf for run in chosen(runs, 2)], ["x", "y", "z"])
        self.assertEqual(len(list(chosen(runs, None))), 5)
        self.assertEqual([run.elf for run in chosen(runs, 3)], ["x", "y", "x", "z"])

    def test_images_are_from_all_over(self):
        runs = [Run("a", str(number), "d", ()) for number in range(10)]
        self.assertEqual([run.elf for run in chosen(runs, 3)], ["0", "3", "6"])

    def test_a_run_has_a_limit(self):
        self.assertEqual(limited(["--limit", "5"]), ("--limit", "5"))
        self.assertIn("--limit", limited([]))


if __name__ == "__main__":
    unittest.main()
