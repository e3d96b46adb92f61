# words.py: the words that a value of a device file may be, where only some are allowed.
# SPDX-License-Identifier: MIT
CORES = {
    # core: (enumerator, has VTOR, has a data cache, has stack limits, CCR after a reset)
    # CCR: Armv6-M ARM (DDI0419E) B3.2.8, TRMs of Cortex-M3 r2p1 (DDI0337I), M4 r0p1 (DDI0439D) and
    # M7 r1p2 (DDI0489F), Armv8-M ARM (DDI0553B) D1.2.9.
    "cortex-m0": ("CORE_M0", False, False, False, 0x208),
    "cortex-m0plus": ("CORE_M0PLUS", True, False, False, 0x208),
    "cortex-m3": ("CORE_M3", True, False, False, 0x200),
    "cortex-m4": ("CORE_M4", True, False, False, 0x200),
    "cortex-m7": ("CORE_M7", True, True, False, 0x40200),
    "cortex-m33": ("CORE_M33", True, False, True, 0x201),
    "cortex-m55": ("CORE_M55", True, True, True, 0x201),
}
# IP blocks, named after the register layout and not after a chip: what stands where, and the optional
# keys of a peripheral that a row must give for one. sim/blocks/ has a model of each.
BLOCKS = {
    "gpio": ("MODER at 0, IDR at 0x10, ODR at 0x14, BSRR at 0x18", ()),
    "usart-sr": ("SR at 0, DR at 4: one data register", ()),
    "usart-isr": ("ISR at 0x1C, RDR at 0x24, TDR at 0x28", ()),
    "syscfg": ("MEM_MODE lives here where the series has it", ()),
    "flash": ("ACR, key, status and control registers", ()),
    "iwdg": ("KR at 0, PR at 4, RLR at 8, SR at 12", ()),
    "pwr": ("power control, kept as plain registers", ()),
    "gpio-crl": ("CRL at 0, CRH at 4, IDR at 8, ODR at 12, BSRR at 16", ()),
    "wwdg": ("CR at 0, CFR at 4", ()),
    "dma-channels": ("channels of 20 bytes from 8 on: CCR, CNDTR, CPAR, CMAR", ()),
    "dma-streams": ("streams of 24 bytes from 16 on: CR, NDTR, PAR, M0AR, M1AR, FCR", ()),
    "gpdma": ("channels of 128 bytes from 0x50 on: CLBAR, ..., CCR at 0x64", ()),
    "mdma": ("channels of 64 bytes from 0x40 on: CISR, ..., CCR at 0x4C", ()),
    "backup": ("the backup registers: they outlive every reset", ()),
    "backup-sram": ("the backup SRAM: it outlives every reset", ()),
    "usb": ("a pull-up of D+ is one of its bits, if the chip has one", ()),
    "icache": ("CR at 0", ()),
    "timer": ("CR1 at 0, DIER at 12, SR at 16, CNT at 36, PSC at 40, ARR at 44", ("interrupt",)),
    "exti-imr": ("IMR at 0, EMR, RTSR, FTSR, SWIER, PR at 20; the next 32 lines from 32 on", ()),
    "exti-pr": ("RTSR at 0, FTSR, SWIER, PR at 12; IMR at 128, EMR at 132", ()),
    "exti-cpu": ("RTSR at 0, FTSR, SWIER; IMR at 128, EMR at 132, PR at 136", ()),
    "exti-rpr": ("RTSR at 0, FTSR, SWIER, RPR, FPR at 16; IMR at 128, EMR at 132", ()),
    "dmamux": ("a word a channel from 0 on: which request it takes", ()),
    "rng": ("CR at 0, SR at 4, DR at 8", ()),
    "crc": ("DR at 0, IDR at 4, CR at 8: its polynomial is fixed", ()),
    "crc-pol": ("DR at 0, IDR at 4, CR at 8, INIT at 16, POL at 20", ()),
}
# Blocks whose interrupt lines devices/interrupts/ may give: one (`interrupt`), or one for each
# channel or line of the block (`lines`).
LINES = {
    "usart-sr": "interrupt",
    "usart-isr": "interrupt",
    "rng": "interrupt",
    "flash": "interrupt",
    "dma-channels": "lines",
    "dma-streams": "lines",
    "gpdma": "lines",
    "exti-imr": "lines",
    "exti-pr": "lines",
    "exti-cpu": "lines",
    "exti-rpr": "lines",
}
SIGNALS = ("rx", "tx")
# Blocks that write memory by themselves.
DMA_BLOCKS = ("dma-channels", "dma-streams", "gpdma", "mdma")
SECOND_WRITES = ("clears-bits", "refused", "breaks-ecc")
# What a flash controller may be without.
# How bits tell which pages are protected: one each, or the first and the last of them.
PROTECTION_KINDS = ("bits", "area")
# How option bytes stand in what a ROM reads and writes: as they are; each byte, half-word or word with its
# complement behind it; half-words that have one only where the chip shows it; what is in force, with what
# shall be one word behind it; or not to be written.
OPTION_STORES = (
    "plain",
    "byte pairs",
    "half-words",
    "half-words when shown",
    "words",
    "next word",
    "read only",
)
# What can be lost by a change of option bits.
OPTION_RISKS = ("readout", "forever", "write", "pcrop", "secure", "boot", "banks", "watchdog")
FLASH_NUMBERS = (
    "start",
    "size",
    "program_key_register",
    "program_lock",
    "option_lock",
    "flags",
    "clear",
    "page_address",
    "program",
    "page_erase",
    "page",
    "bank",
    "all_erase",
    "bank_erase",
    "first_erase",
    "second_erase",
    "start_bit",
    "force",
    "width",
    "end_enable",
    "end_interrupt",
    "error_interrupt",
    "waiting",
    "out_of_order",
    "not_erased",
    "wrong_width",
    "misaligned",
    "unit",
)
TRACES = ("none", "vtor", "alias")
# How software clears the EMPTY flag: it writes 0, or a 1 that toggles it.
EMPTY_CLEARS = ("write-0", "toggle")
FED = ("yes", "no", "unknown")
# When a ROM looks for a bank to start: at each start, only when option bytes ask for it, or nobody
# knows which.
BANK_CHECKS = ("always", "option", "unknown")
# States that an application leaves behind, of which users report what a ROM makes of them.
CONFIDENCES = ("documented", "measured", "inferred")
FLAG_ROLES = ("software", "power", "pin", "watchdog", "option", "other")
AFFECTED = ("entry", "flash", "return", "protection")
MECHANISMS = ("reset", "erase-first", "none")
EMPTY_CHECKS = ("none", "flag", "first-word")
DUAL_BANKS = ("none", "bfb2", "ndboot", "swap")
USART_BAUDS = ("auto", "software", "mixed")
WITHOUT_CRYSTAL = ("reset", "interface-missing", "nothing", "unknown")
# What a chip as it is delivered makes of its BOOT0 pin.
BOOT0_FACTORY = ("counts", "ignored", "unknown")
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
    "erase-pages-most",
    "erase-first-page-only",
    "erase-second-bank-once",
    "erase-not-awaited",
    "mass-erase-missing",
    "bank-erase-refused",
    "read-loses-unit",
    "ram-writes-corrupted",
)
# Of these, those of which the number says how much.
NUMBERED_QUIRKS = ("erase-pages-most", "erase-not-awaited", "read-loses-unit")
# What a version does otherwise than DFU and AN3156 say.
DFU_QUIRKS = (
    "dfu-starts-in-error",
    "dfu-early-poll-stalls",
    "dfu-clrstatus-stalls",
    "dfu-second-bank-shifted",
    "dfu-second-bank-not-erased",
    "dfu-second-bank-stays-busy",
    "dfu-mass-erase-missing",
    "dfu-mass-erase-longer",
    "dfu-odd-block-corrupted",
    "dfu-memories-erasable",
    "dfu-wrong-sectors",
    "dfu-old-release",
    "dfu-resets-backup",
)
NUMBERED_DFU_QUIRKS = (
    "dfu-second-bank-shifted",
    "dfu-mass-erase-longer",
    "dfu-odd-block-corrupted",
    "dfu-wrong-sectors",
    "dfu-old-release",
)
# What follows the first eight digits of a USB device's serial number.
DFU_SERIALS = ("middle", "last", "fixed")
# What comes of a jump with bits set that the ROM cannot live with.
JUMP_ENDS = ("hangs", "crashes", "no-usb")
MARK_PLACES = ("ram", "backup")
PIN_MODES = ("input", "driven", "when-found", "open-drain", "usb", "untouched", "unknown")
PULLS = ("pull-up", "pull-down", "no pull", "pull unknown")
# What bits of a register do, beyond keeping what is written: the enumerator in C, and whether
# they need `what`, the bits that they look at. "plain" bits are there because others look at them.
BEHAVIOURS = {
    "plain": (None, False),
    "read-only": ("READ_ONLY", False),
    "write-only": ("WRITE_ONLY", False),
    "cleared-by-one": ("CLEARED_BY_ONE", False),
    "cleared-by-zero": ("CLEARED_BY_ZERO", False),
    "set-only": ("SET_ONLY", False),
    "reserved": ("RESERVED", False),
    "one": ("ONE", False),
    "follows": ("FOLLOW", True),
    "follows-not": ("FOLLOW_NOT", True),
    "shows": ("SHOW", True),
    "returns": ("RETURN", False),
    "falls": ("FALL", None),
    "set-by": ("SET_BY", True),
    "set-while": ("SET_WHILE", True),
    "cleared-by": ("CLEARED_BY", True),
    "locked": ("LOCKED", True),
    "locked-by": ("LOCKED_BY", True),
    "keyed": ("KEYED", True),
}
LOCKS = ("locked", "locked-by", "keyed")
