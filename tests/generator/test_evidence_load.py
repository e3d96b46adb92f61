# test_evidence_load.py: observations are the same from TOML and from a ledger in CSV.
# SPDX-License-Identifier: MIT
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from evidence.csv_form import project_of  # noqa: E402
from evidence.load import load_observations  # noqa: E402

COLUMNS = (
    "id,source,date,part,row,rom,interface,way_in,clocks,systick,primask,nvic,vtor,mem_mode,msp,control,"
    "fpu_cache_mpu,usb_before,backup_domain,watchdogs,other,outcome,n_of_m,fix,sure,in_recipes,note\n"
)
CSV = COLUMNS + (
    "L1,github.com/some/thing#7,2019-07,STM32F405,f405,V9.0,USB,direct,hal,on,0,clr,app,noclk,rom,psp,"
    "fpu=on cache=on,live,dbp=on wpr=yes,iwdg=run,late=yes bus=can gpio=used,sometimes,5/12,,measured,n,\n"
    'L2,community.st.com td-p/12,?,not named,?,?,?,back,,,,,,either,,,icache=either,,,,way=go go=resethandler,'
    'run,about 1/2,a reset,claimed,n,"words"\n'
)
TOML = """[[observation]]
id = "L1"
project = "some/thing"
source = "github.com/some/thing#7"
date = "2019-07"
part = "STM32F405"
row = "f405"
rom = "V9.0"
wire = "usb"
way = "direct"
outcome = "sometimes"
times = [5, 12]
sure = "measured"
left = {clocks = "hal", systick = "on", primask = "0", nvic = "clr", vtor = "app", remap = "noclk", msp = "rom", control = "psp", usb = "live", fpu = "on", cache = "on", dbp = "on", wpr = "yes", iwdg = "run", check = "late", traffic = "can", gpio = "used"}

[[observation]]
id = "L2"
project = "ST community 12"
source = "community.st.com td-p/12"
part = "not named"
way = "back"
outcome = "run"
sure = "claimed"
fix = "a reset"
note = "about 1/2; remap either way; icache either way; words"
left = {back = "go", entry = "resethandler"}
"""


class Load(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.csv = self.folder / "ledger.csv"
        self.csv.write_text(CSV, encoding="utf-8")
        (self.folder / "f4.toml").write_text(TOML, encoding="utf-8")
        (self.folder / "leftovers.toml").write_text("[[leftover]]\n", encoding="utf-8")

    def test_both_forms_say_the_same(self):
        toml = load_observations([self.folder])
        self.assertEqual([one["id"] for one in toml], ["L1", "L2"])
        self.assertEqual(load_observations([self.csv]), toml)
        self.assertEqual(load_observations([self.csv, self.folder / "f4.toml"]), toml + toml)

    def test_words_that_nobody_knows_are_refused(self):
        for old, new, why in (
            (",hal,", ",hall,", "L1: left.clocks: must be one of reset, hal, part, cfg"),
            ("gpio=used", "noise=loud", "L1: left.noise: unknown key"),
            ("USB", "UBS", "L1: wire: must be one of"),
            ("id,source", "id,from", "not a ledger: KeyError('source')"),
        ):
            with self.subTest(new):
                self.csv.write_text(CSV.replace(old, new, 1), encoding="utf-8")
                with self.assertRaisesRegex(ValueError, why.replace("(", r"\(").replace(")", r"\)")):
                    load_observations([self.csv])
        with self.assertRaisesRegex(ValueError, "No such file"):
            load_observations([self.folder / "none.csv"])

    def test_a_thread_is_a_project(self):
        for source, project in (
            ("github.com/a/b-c.d 0123abc file.c", "a/b-c.d"),
            ("community.st.com thread of ST's article", "ST community 49510"),
            ("community.st.com article 49510/article", "ST community 49510"),
            ("community.st.com qa/5260", "ST community 5260"),
            ("community.st.com 94013", "ST community 94013"),
            ("stackoverflow.com 72945854", "stackoverflow.com 72945854"),
            ("community.arm.com keil-forum 41955", "community.arm.com 41955"),
        ):
            self.assertEqual(project_of(source), project)


if __name__ == "__main__":
    unittest.main()
