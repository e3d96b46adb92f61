# test_evidence.py: bad observations are refused by name, and good ones become what they say.
# SPDX-License-Identifier: MIT
import contextlib
import io
import re
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import gen_evidence  # noqa: E402
from table.load import load_devices  # noqa: E402

DEVICES = {device.slug: device for device in load_devices(ROOT / "devices", [])}
LEFTOVERS = """[[leftover]]
id = "masked"
point = "H4"
what = "masked interrupts"
left = [{primask = ["1"]}]
absent = [{primask = ["0"]}]

[[leftover]]
id = "own-vectors"
point = "H8"
what = "own vectors"
left = [{vtor = ["app"]}, {vtor = ["0", "none"], remap = ["no"]}]
absent = [{vtor = ["rom"]}, {vtor = ["0", "none"], remap = ["yes"]}]

[[leftover]]
id = "live-usb"
what = "USB in use"
left = [{usb = ["live"]}]
absent = [{usb = ["off"]}, {way = ["early"]}]

[[leftover]]
id = "crystal"
what = "no crystal"
likely = [{vtor = ["0"]}]
absent = [{usb = ["off"]}]
"""
SERVED = """[[observation]]
id = "L002"
project = "some/thing"
source = "github.com/some/thing#7"
date = "2019-07"
part = "STM32F405"
row = "f405"
rom = "V9.1"
wire = "usb"
way = "early"
outcome = "served"
times = [12, 12]
sure = "measured"
note = "two of them"
left = {primask = "0", vtor = "0", remap = "no"}
"""
FAILED = """
[[observation]]
id = "L001"
project = "other/thing"
source = "some.forum.org 12"
part = "STM32F405"
row = "f405"
way = "direct"
outcome = "hung"
cause = ["masked", "crystal"]
sure = "claimed"
left = {primask = "1", usb = "live", vtor = "none", remap = "yes"}
"""
NOT_A_JUMP = """
[[observation]]
id = "L003"
project = "other/thing"
source = "some.forum.org 12"
part = "STM32F405"
row = "f405"
way = "boot0"
outcome = "served"
sure = "claimed"
"""
GOOD = SERVED + FAILED + NOT_A_JUMP
# What is wrong, the text that is replaced, by what, the observation or leftover, and what is said.
# fmt: off
BAD = (
    ("unknown key", "date =", "day =", "L002", "day: unknown key"),
    ("unknown key of left", "vtor = ", "vtr = ", "L002", "left.vtr: unknown key"),
    ("unknown value", 'primask = "0"', 'primask = "2"', "L002", "left.primask: must be one of 0, 1"),
    ("unknown way", '"early"', '"late"', "L002", "way: must be one of direct"),
    ("unknown outcome", '"hung"', '"dead"', "L001", "outcome: must be one of served"),
    ("unknown sureness", '"claimed"', '"heard"', "L001", "sure: must be one of measured"),
    ("unknown row", '"f405"', '"f999"', "L002", "row: 'f999' is no slug of devices/"),
    ("a row of another file", '"f405"', '"f072"', "L002", "row: belongs into f0.toml"),
    ("unknown leftover", '"crystal"]', '"cristal"]', "L001", "cause: 'cristal' is no id of leftovers.toml"),
    ("a cause twice", '"crystal"]', '"masked"]', "L001", "cause: names one twice"),
    ("a cause that nobody says was so", 'primask = "1", ', "", "L001", "cause: masked, but left does not say"),
    ("a cause that was not so", '"masked", ', '"own-vectors", ', "L001", "cause: own-vectors, but left"),
    ("a cause that cannot be", 'usb = "live"', 'usb = "off"', "L001", "cause: crystal, but left says that it was not"),
    ("a cause of a success", "times = [12, 12]", 'cause = ["crystal"]', "L002", "cause: nothing failed"),
    ("the same id", '"L001"', '"L002"', "L002", "id: is also in"),
    ("no id", '"L001"', '"first"', "first", "id: must be a capital letter"),
    ("no source", 'source = "github.com/some/thing#7"\n', "", "L002", "source: missing"),
    ("a source without its place", '"github.com/some/thing#7"', '"a forum"', "L002", "source: must begin"),
    ("no project", 'project = "some/thing"\n', "", "L002", "project: missing"),
    ("a date that is none", '"2019-07"', '"2019-13"', "L002", "date: '2019-13' is no"),
    ("a date of another form", '"2019-07"', '"July 2019"', "L002", "date: 'July 2019' is no"),
    ("more served than tried", "[12, 12]", "[13, 12]", "L002", "times: must be how often"),
    ("one number", "[12, 12]", "[12]", "L002", "times: must be how often"),
    ("served some of the times", "[12, 12]", "[11, 12]", "L002", "times: 11 of 12 is not served"),
    ("never served", "sure = \"claimed\"", "times = [1, 2]\nsure = \"claimed\"", "L001", "times: 1 of 2 is not hung"),
    ("a note with a key", '"two of them"', '"usb=live before"', "L002", "note: usb=live has a key of its own"),
    ("a fix with a key", "note =", 'fix = "primask=0 then"\nnote =', "L002", "fix: primask=0 has a key of its own"),
    ("a wire that the ROM has not", 'wire = "usb"', 'wire = "i3c"', "L002", "wire: must be one of usb"),
    ("no such version", '"V9.1"', '"V9.9"', "L002", "rom: V9.9 is no version that f405 lists"),
    ("no version", '"V9.1"', '"9.1"', "L002", "rom: '9.1' is no version like"),
    ("a version of no row", 'row = "f405"\n', "", "L002", "rom: needs a row"),
)
BAD_LEFTOVERS = (
    ("no such word", '["1"]', '["2"]', "masked: left: primask is never '2'"),
    ("no such key", 'remap = ["yes"]', 'rmap = ["yes"]', "own-vectors: absent: rmap is never 'yes'"),
    ("no list", '["live"]', '"live"', "live-usb: left: usb must be a list"),
    ("always", '{usb = ["live"]}', "{}", "live-usb: left: one that always holds"),
    ("twice", '"own-vectors"', '"masked"', "masked: id: is there twice"),
    ("no id", '"live-usb"', '"Live USB"', "Live USB: id: must be words"),
    ("no point", '"H4"', '"4"', "masked: point: must be a point"),
    ("unknown key", "point", "pint", "pint: unknown key"),
)
# fmt: on


class Evidence(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        (self.root / "evidence").mkdir()

    def outputs(self, observations=GOOD, leftovers=LEFTOVERS):
        """(what is generated, what is wrong)"""
        (self.root / "evidence" / "f4.toml").write_text(observations, encoding="utf-8")
        (self.root / "evidence" / "leftovers.toml").write_text(leftovers, encoding="utf-8")
        refusals = []
        return gen_evidence.outputs(self.root / "evidence", DEVICES, refusals), refusals

    def check(self):
        """The exit code of --check; the rows are read once."""
        with (
            mock.patch.object(gen_evidence, "load_devices", return_value=DEVICES.values()),
            contextlib.redirect_stderr(io.StringIO()),
        ):
            return gen_evidence.main(["--root", str(self.root), "--check"])

    def fields(self, source, name):
        start = source.index(f'.id = "{name}"')
        return dict(re.findall(r"\.(\w+) = (.*),", source[start : source.index("},", start)]))

    def test_bad_observations_are_refused(self):
        for what, old, new, name, why in BAD:
            with self.subTest(what):
                self.assertIn(old, GOOD, "the test looks for text that is gone")
                files, refusals = self.outputs(GOOD.replace(old, new, 1))
                said = f"evidence/f4.toml: {name}: {why}"
                self.assertTrue([one for one in refusals if one.startswith(said)], refusals)
                self.assertEqual(files, {})

    def test_a_wire_that_the_rom_has_not(self):
        _, refusals = self.outputs(GOOD.replace("f405", "f2").replace("V9.1", "V2.0").replace('"usb"\n', '"spi"\n'))
        self.assertIn("evidence/f4.toml: L002: wire: the ROM of f2 has no spi", refusals)

    def test_bad_leftovers_are_refused(self):
        for what, old, new, why in BAD_LEFTOVERS:
            with self.subTest(what):
                self.assertIn(old, LEFTOVERS, "the test looks for text that is gone")
                _, refusals = self.outputs(SERVED, LEFTOVERS.replace(old, new, 1))
                self.assertTrue([one for one in refusals if why in one], refusals)

    def test_more_leftovers_than_bits(self):
        many = "".join(f'[[leftover]]\nid = "l{i}"\nwhat = "it"\n' for i in range(65))
        self.assertIn("evidence/leftovers.toml: -: leftover: more than 64", self.outputs(SERVED, many)[1])

    def test_what_the_table_says(self):
        files, refusals = self.outputs()
        self.assertEqual(refusals, [])
        source = files["common/evidence.c"]
        wanted = {
            "id": '"L002"', "project": '"some/thing"', "citation": '"some/thing#7, 2019-07"',
            "part": '"STM32F405"', "row": '"f405"', "rom_version": "0x91", "wire": "WIRE_USB",
            "by_reset": "true", "observed": "OBSERVED_SERVED", "served": "12u", "of": "12u",
            "sure": "SURE_MEASURED", "left": "0x2u", "not_left": "0x5u", "likely": "0x8u", "cause": "0x0u",
        }  # fmt: skip
        self.assertEqual(self.fields(source, "L002"), wanted)
        failed = self.fields(source, "L001")
        self.assertEqual((failed["left"], failed["not_left"], failed["cause"]), ("0x5u", "0x2u", "0x9u"))
        self.assertEqual((failed["wire"], failed["by_reset"]), ("WIRE_NOT_SAID", "false"))
        self.assertEqual(failed["citation"], '"some.forum.org 12"')
        self.assertLess(source.index('"L001"'), source.index('"L002"'), "in the order of ids")
        self.assertNotIn("L003", source, "BOOT0 is no jump")
        self.assertIn('{"crystal", "", "no crystal"},', source)
        self.assertIn("LEFTOVER_OWN_VECTORS,", files["common/evidence.h"])

    def test_the_page_has_all_of_them(self):
        page = self.outputs()[0]["docs/evidence.md"]
        for one in ('<a id="L001"></a>L001', '<a id="L002"></a>L002', '<a id="L003"></a>L003'):
            self.assertIn(one, page)
        self.assertIn("3 observations from 2 projects and threads, of 1 rows", page)
        self.assertIn("hung; cause: masked interrupts, no crystal", page)

    def test_the_example_of_the_page_is_a_good_one(self):
        page = self.outputs()[0]["docs/evidence.md"]
        example = re.search(r"```toml\n(.*?)```", page, re.DOTALL)[1]
        real = (ROOT / "evidence" / "leftovers.toml").read_text(encoding="utf-8")
        files, refusals = self.outputs(example, real)
        self.assertEqual(refusals, [])
        self.assertEqual(self.fields(files["common/evidence.c"], "B900")["served"], "5u")

    def test_check_sees_what_is_stale(self):
        files, _ = self.outputs()
        self.assertEqual(gen_evidence.write(self.root, files), 0)
        self.assertEqual(self.check(), 0)
        (self.root / "docs" / "evidence.md").write_text("", encoding="utf-8")
        self.assertEqual(self.check(), 1)
        self.assertEqual((self.root / "docs" / "evidence.md").read_text(encoding="utf-8"), "")


if __name__ == "__main__":
    unittest.main()
