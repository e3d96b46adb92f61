# test_direct.py: walks the steps of each direct way, and sees that none can be left out.
# SPDX-License-Identifier: MIT
"""A chip is a dictionary of registers here. Oscillators and the switch follow only when somebody
waits for them, so that a wait that is not there is missed like any other step."""
import re
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from table.direct_steps import EVERY_BIT, direct_steps  # noqa: E402
from table.restored import load_restored  # noqa: E402

# Steps of which nothing here can tell that they are missing: what they prevent is a clock that is
# too fast for the flash on the way, a failure of the crystal at the wrong moment, or an oscillator
# outside the registers that the row lists. All but LSION are also in the last writes.
UNNOTICED = re.compile(
    r"FLASH_ACR: .*|I?CSCR1?: as after a reset|.*CSS\w*|CSR: LSION|CR: (HSIDIV|MSIPLLEN|MSIRANGE.*)"
    r"|CR: MSISRDY|SYSCFG_PWRCR: ODEN|PWR_\w+: (VOS|LPR|LPRUN|REGLPF|BOOSTEN|BOOSTRDY|ODRDY|VOSF)|latency of .*"
    r"|EXTI_.*"
)


class Chip:
    def __init__(self, device, driver, all_on):
        self.device, self.clock, self.problems = device, device["clock"], []
        self.reset = {r["address"]: r["value"] for r in self.clock["registers"]}
        self.at = {r["name"]: r["address"] for r in self.clock["registers"]}
        self.state = {a: EVERY_BIT if all_on else 0 for a in self.reset}
        for one in device["jump"]["restored"]:
            self.state[one["register"]] = ~one["value"] & EVERY_BIT
        self.pulsed, self.written, self.cleared = set(), set(), False
        for bit in self.clock["ready"]:
            self._set(bit, "on", all_on or bit is driver)
            self._set(bit, "ready", all_on or bit is driver)
        mask = self.clock["switch_mask"]
        self.unit = mask & -mask
        word = self.state[self.clock["switch_register"]] & ~(mask | mask << self.status())
        selects = driver["selects"] * self.unit
        self.state[self.clock["switch_register"]] = word | selects | selects << self.status()

    def status(self):
        return self.clock["switch_status"]

    def _set(self, bit, which, value):
        mask = 1 << bit[which]
        word = self.state[bit["address"]]
        self.state[bit["address"]] = word | mask if value else word & ~mask

    def has(self, bit, which):
        return self.state[bit["address"]] >> bit[which] & 1

    def selected(self, shift):
        word = self.state[self.clock["switch_register"]] >> shift
        return (word & self.clock["switch_mask"]) // self.unit

    def drivers(self):
        """The values of SW and SWS: what drives the system clock, or soon will."""
        return {self.selected(0), self.selected(self.status())}

    def step(self, step):
        self._check_clock(step)
        if step["wait"]:
            self._settle(step["register"], step["mask"])
            if step["register"] in self.reset:
                if self.state[step["register"]] & step["mask"] != step["value"]:
                    self.problems.append(f"{step['name']}: never comes true")
            elif not self._was_written(step["register"]):
                self.problems.append(f"{step['name']}: nothing before it makes it come true")
        else:
            self._write(step)

    def _settle(self, register, waited):
        for bit in self._ready_at(register):
            if waited >> bit["ready"] & 1:
                self._set(bit, "ready", self.has(bit, "on"))
        mask = self.clock["switch_mask"] << self.status()
        if register == self.clock["switch_register"] and waited & mask:
            word = self.state[register]
            wanted = (word & self.clock["switch_mask"]) << self.status()
            self.state[register] = word & ~mask | wanted

    def _write(self, step):
        register, mask = step["register"], step["mask"]
        before = self.state.get(register, 0)
        for bit in self.clock["ready"]:
            if (self.has(bit, "on") or self.has(bit, "ready")) and register in (
                self.at[name] for name in bit.get("locks", [])
            ):
                self.problems.append(f"{step['name']}: {bit['name']} is still on")
        if step.get("reset"):
            self.pulsed.add((register, mask))
        if step["name"] == "CICR: every flag":
            self.cleared = True
            if self.state[self.at["CIER"]] != self.reset[self.at["CIER"]]:
                self.problems.append("flags are cleared before the interrupts are off")
        if register == self.at.get("CIR") and step["value"]:
            self.cleared = True
        ready = {bit["ready"]: self.has(bit, "ready") for bit in self._ready_at(register)}
        self.state[register] = before & ~mask | step["value"]
        for place, value in ready.items():  # hardware's, not software's
            self.state[register] = self.state[register] & ~(1 << place) | value << place
        if register == self.clock["switch_register"]:
            status = self.clock["switch_mask"] << self.status()
            self.state[register] = self.state[register] & ~status | before & status
        self.written.add(register)
        if step["value"] & mask:
            self.pulsed.add((register, step["value"]))
        self._check_oscillators(step)

    def _ready_at(self, register):
        return [bit for bit in self.clock["ready"] if bit["address"] == register]

    def _check_oscillators(self, step):
        drivers = self.drivers()
        for bit in self.clock["ready"]:
            drives = bit.get("selects") in drivers
            if drives and not (self.has(bit, "on") and self.has(bit, "ready")):
                self.problems.append(f"{step['name']}: {bit['name']} drives, and is not running")

    def _block(self, register):
        for one in self.device["peripherals"]["list"]:
            if one["start"] <= register < one["start"] + one["size"]:
                return one
        return None

    def _check_clock(self, step):
        block = self._block(step["register"])
        if block and block["block"] != "flash" and block["clock_register"]:
            if not self.state[block["clock_register"]] & block["clock_mask"]:
                self.problems.append(f"{step['name']}: {block['name']} has no clock")

    def _was_written(self, register):
        block = self._block(register)
        pulse = block and (block.get("reset_register"), block.get("reset_mask"))
        return block and (
            pulse in self.pulsed or any(self._block(w) is block for w in self.written)
        )

    def end(self):
        for register, value in self.reset.items():
            if self.state[register] != value:
                name = next(n for n, a in self.at.items() if a == register)
                self.problems.append(f"{name} ends as 0x{self.state[register]:08X}")
        for one in self.device["peripherals"]["list"]:
            if self.state.get(one.get("reset_register"), 0) & one.get("reset_mask", 0):
                self.problems.append(f"{one['name']} stays in reset")
            if one["block"] == "pwr" and "reset_register" in one:
                if (one["reset_register"], one["reset_mask"]) not in self.pulsed:
                    self.problems.append("PWR is not reset")
        for one in self.device["jump"]["restored"]:
            if self.state[one["register"]] & one["mask"] != one["value"]:
                self.problems.append(f"{one['name']} is not")
        late = ((one["register"], one["mask"]) for one in self.device["jump"]["late"])
        if not self.pulsed.issuperset(late):
            self.problems.append("a late reset bit is not pulsed")
        if not self.cleared:
            self.problems.append("RCC's flags are not cleared")


def walk(device, steps):
    """Everything that goes wrong on the way back from each clock that can drive the system."""
    for bit in device["clock"]["ready"]:
        for all_on in (True, False):
            if "selects" in bit:
                chip = Chip(device, bit, all_on)
                for step in steps:
                    chip.step(step)
                chip.end()
                yield from chip.problems


class Direct(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.refusals = []
        rows, _ = load_restored(ROOT / "devices", cls.refusals)
        cls.devices = [device for device in rows if device.get("jump")]

    def setUp(self):
        self.assertEqual(self.refusals, [])
        self.assertTrue(self.devices)

    def test_every_way_leads_to_the_reset(self):
        for device in self.devices:
            with self.subTest(device.slug):
                self.assertEqual(list(walk(device, direct_steps(device))), [])

    def test_no_step_can_be_left_out(self):
        for device in self.devices:
            steps = direct_steps(device)
            for i, step in enumerate(steps):
                named = device["jump"]["steps"]
                if UNNOTICED.fullmatch(step["name"]):
                    continue
                with self.subTest(device.slug, step=step["name"], steps=len(named)):
                    # One problem is enough.
                    self.assertIsNotNone(next(walk(device, steps[:i] + steps[i + 1 :]), None))

    def test_exti_is_masked_before_it_is_cleared(self):
        for device in self.devices:
            names = [s["name"] for s in device["jump"]["steps"] if s["name"].startswith("EXTI_")]
            with self.subTest(device.slug):
                kinds = [re.match(r"EXTI_(IMR|EMR|RTSR|FTSR|[RF]?PR)", name)[1] for name in names]
                order = sorted(kinds, key=("IMR", "EMR", "RTSR", "FTSR", "PR", "RPR", "FPR").index)
                self.assertEqual(kinds, order)
                self.assertTrue({"IMR", "EMR", "RTSR", "FTSR"} < set(kinds))
                self.assertTrue("PR" in kinds or {"RPR", "FPR"} < set(kinds))


if __name__ == "__main__":
    unittest.main()
