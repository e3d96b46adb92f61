# bad_direct.py: bad rows of the direct way and of peripheral resets, for test_gen_devices.py.
# SPDX-License-Identifier: MIT
F405, H723, WB5 = ("f4.toml", "f405"), ("h7.toml", "h723"), ("wb.toml", "wb5")
HSION = '{ name = "CR: HSION", register = 0x40023800, mask = 0x1, value = 0x1 }'
SOURCES = '''source = [
    "zephyrproject-rtos/hal_stm32 fe7d2e2 stm32cube/stm32f4xx/drivers/src/stm32f4xx_hal_rcc_ex.c (HAL_RCC_DeInit)",
'''
# fmt: off
BAD = (
    ("one source of the way back", F405, SOURCES,
     'source = "zephyrproject-rtos/hal_stm32 fe7d2e2 soc/stm32f405xx.h"\nmeasured = [\n',
     "jump.source", "needs two"),
    ("step without mask", F405, HSION, HSION.replace("mask = 0x1", "mask = 0"),
     "jump.steps", "no mask"),
    ("step beside its mask", F405, HSION, HSION.replace("value = 0x1", "value = 0x2"),
     "jump.steps", "outside it"),
    ("step that is not aligned", F405, HSION, HSION.replace("0x40023800", "0x40023801"),
     "jump.steps", "not 4-aligned"),
    ("wait for nothing", F405, HSION, HSION.replace(" }", ", wait = 1 }"),
     "jump.steps[0].wait", "true or false"),
    ("step of another part", F405, HSION, HSION.replace(" }", ', parts = ["STM32F101x6"] }'),
     "jump.steps", "STM32F101x6 is no part"),
    ("bits of every part", F405, HSION,
     HSION.replace(" }", ', only = [{ mask = 0x1, parts = ["STM32F4*"] }] }'),
     "jump.steps", "every part has it"),
    ("bits of nothing", F405, HSION,
     HSION.replace(" }", ', only = [{ mask = 0x2, parts = ["STM32F405xx"] }] }'),
     "jump.steps", "not at all"),
    ("latency of another", F405, "latency = { register = 0x40023C00",
     "latency = { register = 0x40013C00", "jump.latency", "outside the flash interface"),
    ("ports outside RCC", F405, "ports = { register = 0x40023810",
     "ports = { register = 0x40013810", "jump.ports", "outside RCC"),
    ("ports that begin late", F405, "stride = 0x400, first = 0",
     "stride = 0x400, first = 9", "jump.ports", "does not begin"),
    ("ports elsewhere", F405, "start = 0x40020000, stride = 0x400, first",
     "start = 0x40020000, stride = 0x800, first", "jump.ports", "GPIOB is not where they say"),
    ("no way and no reason", WB5, "no_direct =", "# no_direct =", "jump", "does not say why"),
    ("a way and a reason", F405, "pattern = 1\n", 'pattern = 1\nno_direct = "The moon."\n',
     "entry.no_direct", "there is one"),
    ("locks nothing", F405, 'locks = ["PLLCFGR"]', 'locks = ["PLLXCFGR"]',
     "clock.ready", "which clock.registers lacks"),
    ("selects too much", F405, "selects = 1 ", "selects = 4 ", "clock.ready", "SW cannot hold"),
    ("half a peripheral reset", F405, ", reset_mask = 0x00000001 }", " }",
     "peripherals.list", "go together"),
    ("peripheral reset elsewhere", F405, "reset_register = 0x40023810, reset_mask = 0x00000001",
     "reset_register = 0x40013810, reset_mask = 0x00000001", "peripherals.list", "outside RCC"),
    ("two bits of a reset", F405, "reset_mask = 0x00000001", "reset_mask = 0x00000003",
     "peripherals.list", "is not one bit"),
    ("reset value of nobody", H723, 'name = "PWR_D3CR", address = 0x58024818',
     'name = "PWR_D3CR", address = 0x50024818', "peripherals.reset_values", "outside every"),
)
# fmt: on
