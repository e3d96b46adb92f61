# test_series_groups.py: groups that a series has in a file of its own reach its rows, or are refused.
# SPDX-License-Identifier: MIT
import unittest
from pathlib import Path

from project_copy import ProjectCopy

F4, TREE, CONTROL = "timers/f4.toml", "clock-tree/f4.toml", "flash-control/f4.toml"
OPTIONS = "option-fields/f4.toml"
PINS, USART2 = "usart-pins/f1.toml", 'usart = "USART2", tx = "PD5", rx = "PD6"'
TIM6 = 'name = "TIM6", apb = 1, start = 0x40001000'
# fmt: off
# What is wrong, in which file, the text that is replaced, by what, and the refusal.
BAD = (
    ("no TOML", F4, "list = [", "list = ", "devices/timers/f4.toml: -: -: not TOML"),
    ("unknown key", F4, TIM6, TIM6 + ", colour = 1",
     "devices/timers/f4.toml: -: list[5].colour: unknown key"),
    ("missing key", F4, TIM6, 'name = "TIM6", start = 0x40001000', ": list[5].apb: missing"),
    ("no source", F4, "source = [", "sources = [", ": -: source: missing"),
    ("unknown part", F4, '"STM32F410*"', '"STM32F409*"',
     "devices/timers/f4.toml: -: list.parts: STM32F409*: the series has no such part"),
    ("line that is not there", F4, "interrupt = 54", "interrupt = 82",
     "devices/f4.toml: f405: timers.list: TIM6: interrupt: the NVIC has no line 82"),
    ("clock outside RCC", F4, TIM6 + ", counter_bits = 16, repetition_bits = 0, up_down = false, "
     "basic = true, clock_register = 0x40023840",
     TIM6 + ", counter_bits = 16, repetition_bits = 0, up_down = false, "
     "basic = true, clock_register = 0x40033840",
     "devices/f4.toml: f405: timers.list: TIM6: clock_register is outside RCC"),
    ("two in one place", F4, TIM6, 'name = "TIM6", apb = 1, start = 0x40001400',
     "devices/f4.toml: f405: timers.list: TIM7 overlaps TIM6 (timers.list)"),
    ("two of one name", F4, 'name = "TIM7"', 'name = "TIM6"',
     "devices/f4.toml: f405: peripherals.list: TIM6 is there twice"),
    ("field outside RCC", TREE, '"CFGR.HPRE", register = 0x40023808', '"CFGR.HPRE", register = 8',
     "devices/f4.toml: f405: clock_tree.fields: CFGR.HPRE is outside RCC"),
    ("mask with a gap", TREE, "mask = 0x000000F0", "mask = 0x000000D0",
     "clock_tree.fields: CFGR.HPRE: the mask has gaps, or no bit"),
    ("no such field", TREE, 'divide = "PLLCFGR.PLLM"', 'divide = "PLLCFGR.M"',
     "clock_tree.list: 'PLLCFGR.M' is no field, no table or no earlier node"),
    ("node before it is there", TREE, '"PCLK1", from = ["CPU"]', '"PCLK1", from = ["SYSTICK"]',
     "clock_tree.list: 'SYSTICK' is no field"),
    ("short table", TREE, "values = [2, 4, 6, 8]", "values = [2, 4, 6]",
     "clock_tree.list: PLL: a list of 3 for a field of 4 values"),
    ("two sources", TREE, '"LSI", hz = 32000', '"LSI", hz = 32000, crystal = true',
     "clock_tree.list: LSI needs one of hz, crystal, ranges, from"),
    ("no SysTick", TREE, 'name = "SYSTICK"', 'name = "TICK"', "there is no SYSTICK"),
    ("two of a node", TREE, 'name = "LSE"', 'name = "LSI"', "clock_tree.list: LSI is there twice"),
    ("factor of nothing", TREE, "divide_by = 8", "plus = 8",
     "clock_tree.list: a factor needs one of multiply, divide, divide_by"),
    ("fraction of a divider", TREE, 'divide = "PLLCFGR.PLLM"',
     'divide = "PLLCFGR.PLLM", fraction = "CFGR.PPRE1", fraction_when = "CFGR.SWS"',
     "clock_tree.list: only a multiplier has a fraction"),
    ("half a condition", TREE, "is = 0", "plus = 0", "and when and is, go together"),
    ("another clock after a reset", TREE, '"HSI", hz = 16000000', '"HSI", hz = 8000000',
     "clock_tree.list: a reset's system clock is 8e+06 Hz, jump.hz says 16000000"),
    ("controller outside FLASH", CONTROL, "control = 0x40023C10", "control = 0x40023810",
     "flash_control.list: FLASH: control is no register of FLASH"),
    ("one key", CONTROL, "keys = [0x45670123, 0xCDEF89AB]", "keys = [0x45670123]", "FLASH: keys are two"),
    ("a width of 8 bytes", CONTROL, "widths = 7", "widths = 8", "widths is a sum of 1, 2 and 4"),
    ("two controllers of a name", CONTROL, '"STM32F401*", ', '"STM32F401*", "STM32F405xx", ',
     "f405: flash_control.list: two have the same name"),
    ("option bytes outside", OPTIONS, "register = 0x1FFFC000", "register = 0x1FFFD000",
     "option_fields.list: BOR_LEV: 0x1FFFD000 is in none of areas"),
    ("at a complement", "option-fields/f0.toml", "register = 0x1FFFF804", "register = 0x1FFFF805",
     "DATA0: is at a complement, or next to its place"),
    ("a field twice", OPTIONS, "WDG_SW = 0x00000020", "nWRP = 0x00000020",
     "option_fields.list: nWRP: two have the same name"),
    ("shared bits", OPTIONS, "WDG_SW = 0x00000020", "WDG_SW = 0x0000000C",
     "WDG_SW: has a bit of another field"),
    ("risk of nothing", OPTIONS, 'WDG_SW = "watchdog"', 'IWDG = "watchdog"',
     "option_fields.list: risks.IWDG: no such field"),
    ("no such risk", OPTIONS, 'WDG_SW = "watchdog"', 'WDG_SW = "dog"', "a table of names and one of"),
    ("readout elsewhere", OPTIONS, "RDP = 0x0000FF00", "RDP = 0x0000F000",
     "has no field where readout_protection is told"),
    ("pins of no ROM", PINS, 'tx = "PD5"', 'tx = "PA2"',
     "devices/usart-pins/f1.toml: -: list: USART2 PA2 PD6: no ROM listens there"),
    ("a pair twice", PINS, "list = [", f"list = [\n    {{ {USART2} }},",
     "devices/f1.toml: f105: usart_pins.list: USART2 PD5 PD6 is there 2 times, not once"),
    ("functions without AFR", PINS, USART2, USART2 + ", functions = [7, 7]",
     "f105: usart_pins.list: USART2 PD5 PD6: the port of PD5 is a gpio-crl"),
    ("no such function", "usart-pins/f4.toml", "functions = [7, 7]", "functions = [7, 16]",
     "USART1 PA9 PA10: functions are two numbers below 16"),
    ("port that is not there", PINS, USART2, USART2 + ', ports = ["PD5", "PK6"]',
     "USART2 PD5 PD6: the port of PK6 is not in peripherals.list"),
    ("remap without a clock", PINS, "clock_register = 0x40021018", "clock_register = 0x40022018",
     "USART2 PD5 PD6: remap: clock_register is outside RCC"),
    ("remap of nothing", PINS, "register = 0x40010004", "register = 0x50010004",
     "USART2 PD5 PD6: remap: register is in no peripheral of the row"),
    ("timer among the others", "f4.toml", 'block = "wwdg"', 'block = "timer", interrupt = 1',
     "timers stand in devices/timers/f4.toml"),
)
# fmt: on


class SeriesGroups(ProjectCopy):
    def table(self):
        self.assertEqual(self.run_it().returncode, 0)
        return (self.root / "common/devices.c").read_text(encoding="utf-8")

    def test_bad_files_are_refused(self):
        for what, file, old, new, refusal in BAD:
            with self.subTest(what):
                self.keep_series(Path(file).stem)
                self.change(file, old, new, "f405")
                result = self.run_it()
                self.assertEqual(result.returncode, 1)
                self.assertIn(refusal, result.stderr)

    def test_a_file_of_no_series_is_refused(self):
        path = self.root / "devices" / F4
        path.rename(path.with_name("z9.toml"))
        result = self.run_it()
        self.assertEqual(result.returncode, 1)
        self.assertIn("devices/timers/z9.toml: -: -: no series has a file", result.stderr)

    def test_a_row_has_what_one_of_its_parts_has(self):
        line = '{"TIM6", BLOCK_TIMER, 0x40001000u, 0x400u, 0x40023840u, 0x00000010u,'
        before = self.table().count(line)
        self.change(F4, '"STM32F410*", ', "")
        self.assertEqual(self.table().count(line), before - 1)


if __name__ == "__main__":
    unittest.main()
