# words.py: the words that a value of a device file may be, where only some are allowed.
# SPDX-License-Identifier: MIT
CORES = {
    # core: (enumerator, has VTOR, has a data cache, has stack limits)
    "cortex-m0": ("CORE_M0", False, False, False),
    "cortex-m0plus": ("CORE_M0PLUS", True, False, False),
    "cortex-m3": ("CORE_M3", True, False, False),
    "cortex-m4": ("CORE_M4", True, False, False),
    "cortex-m7": ("CORE_M7", True, True, False),
    "cortex-m33": ("CORE_M33", True, False, True),
    "cortex-m55": ("CORE_M55", True, True, True),
}
BLOCKS = (
    "gpio",
    "gpio-crl",
    "usart-sr",
    "usart-isr",
    "syscfg",
    "flash",
    "iwdg",
    "wwdg",
    "pwr",
    "dma-channels",
    "dma-streams",
    "gpdma",
    "mdma",
    "backup",
    "usb",
    "icache",
)
# Blocks that write memory by themselves.
DMA_BLOCKS = ("dma-channels", "dma-streams", "gpdma", "mdma")
SECOND_WRITES = ("clears-bits", "refused", "breaks-ecc")
TRACES = ("none", "vtor", "alias")
# How software clears the EMPTY flag: it writes 0, or a 1 that toggles it.
EMPTY_CLEARS = ("write-0", "toggle")
FED = ("yes", "no", "unknown")
# When a ROM looks for a bank to start: at each start, only when option bytes ask for it, or nobody
# knows which.
BANK_CHECKS = ("always", "option", "unknown")
# States that an application leaves behind, of which users report what a ROM makes of them.
BURDENS = ("systick", "clock-tree", "masked-interrupts", "foreign-vectors")
CONFIDENCES = ("documented", "measured", "inferred")
FLAG_ROLES = ("software", "power", "pin", "watchdog", "option", "other")
AFFECTED = ("entry", "flash", "return", "protection")
MECHANISMS = ("reset", "erase-first", "none")
EMPTY_CHECKS = ("none", "flag", "first-word")
DUAL_BANKS = ("none", "bfb2", "ndboot", "swap")
WITHOUT_CRYSTAL = ("reset", "interface-missing", "nothing", "unknown")
INTERFACES = ("usart", "i2c", "spi", "can", "usb", "i3c")
# What an option byte can be a reason for not to enter the ROM.
REFUSALS = (
    "rdp-level-2",
    "rdp-level-1",
    "boot-lock",
    "trustzone",
    "product-state",
    "dual-bank",
    "ram-erased",
    "hardware-wwdg",
    "watchdog-not-fed",
    "second-core",
)
# What some versions answer otherwise than AN3155 says.
QUIRKS = (
    "double-ack",
    "double-nack-protected",
    "go-without-first-ack",
    "no-nack-for-address",
    "get-version-0x20",
)
# What comes of a jump with bits set that the ROM cannot live with.
JUMP_ENDS = ("hangs", "crashes", "no-usb")
MARK_PLACES = ("ram", "backup")
PIN_MODES = ("input", "driven", "when-found", "open-drain", "usb", "untouched", "unknown")
PULLS = ("pull-up", "pull-down", "no pull", "pull unknown")
