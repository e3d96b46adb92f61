# words.py: the words of an observation: its keys, and what may stand behind each.
# SPDX-License-Identifier: MIT
from schema.keys import Key, choice

WIRES = ("usb", "usart", "can", "i2c", "spi")
WAYS = {
    "direct": "a jump from the running program",
    "early": "a reset, then a jump before or during start-up",
    "boot0": "the BOOT0 pin",
    "optionbytes": "option bytes",
    "empty": "an empty flash",
    "back": "not a way in: from the ROM back to the application",
}
# An outcome, and what it says in a table. Those with an enumerator are outcomes of a jump.
OUTCOMES = {
    "served": "the ROM served",
    "sometimes": "the ROM served some of the times",
    "partial": "the ROM answered, then failed",
    "noenum": "USB was not enumerated",
    "silent": "no answer",
    "app": "the application started again",
    "reset": "a reset",
    "fault": "a fault",
    "hung": "it hung",
    "failed": "it failed, nobody says how",
    "notentered": "the jump was never made",
    "run": "the application ran",
    "norun": "the application did not run",
}
NO_JUMP = ("notentered", "run", "norun")
GOOD = ("served", "run")
SURENESS = {
    "measured": "the reporter says that it happened",
    "ci": "a test on hardware does it each time",
    "release": "released code does it and nothing else; no test is stated",
    "vendor": "a vendor of boards says so",
    "documented": "a document says so",
    "maintainer": "a maintainer says so, of no one board",
    "claimed": "somebody says so in passing",
    "inferred": "it follows from other facts",
}
# What a program left, by key: the values that it may have, and what they are about.
LEFT = {
    "clocks": (("reset", "hal", "part", "cfg"), "the clock tree"),
    "systick": (("on", "poll", "off", "reset"), "SysTick"),
    "primask": (("0", "1"), "PRIMASK"),
    "basepri": (("yes", "no"), "BASEPRI"),
    "nvic": (("clr", "left", "pending"), "the NVIC"),
    "vtor": (("app", "rom", "0", "none", "wrong"), "VTOR"),
    "remap": (("yes", "no", "noclk", "yes?"), "system memory at address 0"),
    "msp": (("rom", "app", "const", "eor", "zero"), "the main stack pointer"),
    "control": (("0", "psp", "fpca", "npriv"), "CONTROL"),
    "fpu": (("on", "off", "lspact"), "the FPU"),
    "cache": (("on", "off", "dirty"), "the core's caches"),
    "icache": (("on", "off"), "ICACHE"),
    "mpu": (("on", "off"), "the MPU"),
    "usb": (("live", "deinit", "reset", "off", "gated"), "USB"),
    "usart": (("live", "deinit", "reset"), "the USART"),
    "bus": (("live",), "CAN, I2C or SPI"),
    "dma": (("on",), "DMA"),
    "dbp": (("on",), "PWR's DBP"),
    "wpr": (("yes",), "RTC_WPR"),
    "bkpsram": (("on",), "the backup SRAM"),
    "iwdg": (("run",), "the independent watchdog"),
    "wwdg": (("run",), "the window watchdog"),
    "hsi": (("on", "off"), "HSI"),
    "kernel": (("changed",), "kernel clocks"),
    "sysinit": (("h7",), "ST's SystemInit()"),
    "isr": (("yes", "no"), "an active exception"),
    "gpio": (("used", "pf11"), "pins"),
    "table": (("wrong",), "where it jumped"),
    "erased": (("yes",), "the flash was erased"),
    "ob": (("default", "bootsel0"), "option bytes"),
    "swd": (("on",), "a debugger"),
    "traffic": (("uart", "can"), "traffic on a wire"),
    "sdram": (("on",), "the external memory"),
    "rtos": (("on",), "an RTOS"),
    "faultstatus": (("clr",), "CFSR and HFSR"),
    "flag": (("dirty", "dtcm", "32bit"), "the flag that asks for the jump"),
    "check": (("missing", "late"), "the look at the flag"),
    "loader": (("between",), "another loader"),
    "msplim": (("set", "0"), "MSPLIM"),
    "psplim": (("set", "0"), "PSPLIM"),
    "scb": (("changed",), "CCR or SCR"),
    "back": (("leave", "go"), "how the ROM was asked to start the application"),
    "entry": (("resethandler",), "what Go was told"),
}
_TEXT, _LATER = Key("text"), Key("text", optional=True)
OBSERVATION = {
    "id": _TEXT,
    "project": _TEXT,
    "source": _TEXT,
    "date": _LATER,
    "part": _TEXT,
    "row": _LATER,
    "rom": _LATER,
    "wire": Key("choice", optional=True, choices=WIRES),
    "way": choice(*WAYS),
    "outcome": choice(*OUTCOMES),
    "times": Key("numbers", optional=True),
    "cause": Key("texts", optional=True, may_be_empty=True),
    "sure": choice(*SURENESS),
    "fix": _LATER,
    "note": _LATER,
    "left": Key(
        "group",
        optional=True,
        keys={key: Key("choice", optional=True, choices=of) for key, (of, _) in LEFT.items()},
    ),
}
_WHEN = Key("tables", optional=True, may_be_empty=True)
LEFTOVER = {
    "id": _TEXT,
    "point": _LATER,
    "what": _TEXT,
    "left": _WHEN,
    "absent": _WHEN,
}
