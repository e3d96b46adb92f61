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
    "back": "no way in: from the ROM back to the application",
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
    "failed": "it failed; how is not said",
    "notentered": "the jump was never made",
    "run": "the application ran",
    "norun": "the application did not run",
}
NO_JUMP = ("notentered", "run", "norun")
GOOD = ("served", "run")
SURENESS = {
    "measured": "the reporter says that it happened",
    "ci": "a CI test on a board shows it each time",
    "release": "released code does only this; no test is mentioned",
    "vendor": "a board vendor says so",
    "documented": "a document says so",
    "maintainer": "a maintainer says so, without naming a board",
    "claimed": "somebody mentions it without details",
    "inferred": "it follows from other facts",
}
# What a program left, by key: what it is about, and the values that it may have.
LEFT = {
    "clocks": ("the clock tree", {
        "reset": "its reset value",
        "hal": "restored by HAL or by hand",
        "part": "partly restored",
        "cfg": "as the application configured it",
    }),
    "systick": ("SysTick", {
        "on": "runs, with its interrupt",
        "poll": "runs, without its interrupt",
        "off": "stopped",
        "reset": "never used since the reset",
    }),
    "primask": ("PRIMASK", {"0": "interrupts on", "1": "interrupts masked"}),
    "basepri": ("BASEPRI", {"yes": "masks priorities", "no": "0"}),
    "nvic": ("the NVIC", {
        "clr": "nothing enabled, nothing pending",
        "left": "interrupts enabled",
        "pending": "an interrupt enabled and pending",
    }),
    "vtor": ("VTOR", {
        "app": "the application's table",
        "rom": "the ROM's table",
        "0": "0",
        "none": "the core has none",
        "wrong": "neither the application's table nor the ROM's",
    }),
    "remap": ("system memory at address 0", {
        "yes": "selected",
        "no": "not selected",
        "noclk": "written while SYSCFG had no clock: not selected",
        "yes?": "written; whether SYSCFG had a clock is not said",
    }),
    "msp": ("the main stack pointer", {
        "rom": "word 0 of the ROM",
        "app": "where the application had it",
        "const": "another place in RAM",
        "eor": "the very end of RAM",
        "zero": "0, or outside RAM",
    }),
    "control": ("CONTROL", {
        "0": "0",
        "psp": "the process stack in use",
        "fpca": "a floating-point context",
        "npriv": "no privilege",
    }),
    "fpu": ("the FPU", {
        "on": "on",
        "off": "off",
        "lspact": "on, with registers that wait to be stacked",
    }),
    "cache": ("the core's caches", {"on": "on", "off": "off", "dirty": "on, with dirty lines"}),
    "icache": ("ICACHE", {"on": "on", "off": "off"}),
    "mpu": ("the MPU", {"on": "on", "off": "off"}),
    "usb": ("USB", {
        "live": "in use",
        "deinit": "stopped by its driver",
        "reset": "reset by RCC",
        "off": "never in use",
        "gated": "its clock off",
    }),
    "usart": ("the USART", {
        "live": "in use",
        "deinit": "stopped by its driver",
        "reset": "reset by RCC",
    }),
    "bus": ("CAN, I2C or SPI", {"live": "in use"}),
    "dma": ("DMA", {"on": "a channel enabled"}),
    "dbp": ("DBP of PWR", {"on": "set"}),
    "wpr": ("RTC_WPR", {"yes": "unlocked"}),
    "bkpsram": ("the backup SRAM", {"on": "its clock or regulator on"}),
    "iwdg": ("the independent watchdog", {"run": "runs"}),
    "wwdg": ("the window watchdog", {"run": "runs"}),
    "hsi": ("HSI", {"on": "on", "off": "off"}),
    "kernel": ("kernel clocks of peripherals", {"changed": "another source than after a reset"}),
    "sysinit": ("SystemInit()", {"h7": "ST's for the H7 ran"}),
    "isr": ("an active exception", {
        "yes": "jumped from a handler",
        "low": "from a handler of lower priority than after a reset",
        "no": "from none",
    }),
    "gpio": ("pins", {"used": "in use", "pf11": "PF11 driven high"}),
    "table": ("the address of the jump", {"wrong": "not to the ROM's start"}),
    "erased": ("the flash", {"yes": "its first page erased before"}),
    "ob": ("option bytes", {"default": "as delivered", "bootsel0": "BOOT_SEL is 0", "rdp1": "readout protection, level 1"}),
    "swd": ("a debugger", {"on": "attached"}),
    "traffic": ("traffic on a wire", {"uart": "on a UART", "can": "on CAN"}),
    "sdram": ("the external memory", {"on": "in use"}),
    "rtos": ("an RTOS", {"on": "was started"}),
    "faultstatus": ("CFSR and HFSR", {"clr": "cleared"}),
    "flag": ("the flag that requests the jump", {
        "dirty": "in a dirty line of the data cache",
        "dtcm": "in a memory that the reset loses",
        "32bit": "half a word of a memory with ECC",
    }),
    "check": ("the check of the flag", {"missing": "nothing checks it", "late": "too late"}),
    "loader": ("another loader", {"between": "runs before the application"}),
    "msplim": ("MSPLIM", {"set": "set", "0": "0"}),
    "psplim": ("PSPLIM", {"set": "set", "0": "0"}),
    "scb": ("CCR or SCR", {"changed": "not as after a reset"}),
    "back": ("how the host started the application", {
        "leave": "DFU: leave",
        "go": "Go",
    }),
    "entry": ("the address that Go got", {"resethandler": "the address of Reset_Handler"}),
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
        keys={key: Key("choice", optional=True, choices=tuple(of)) for key, (_, of) in LEFT.items()},
    ),
}
_WHEN = Key("tables", optional=True, may_be_empty=True)
LEFTOVER = {
    "id": _TEXT,
    "point": _LATER,
    "what": _TEXT,
    "left": _WHEN,
    "likely": _WHEN,
    "absent": _WHEN,
}
