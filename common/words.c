// words.c: names of enumeration constants, in their order.
// SPDX-License-Identifier: MIT
#include "words.h"

const char *words_core(enum core core)
{
    static const char *const words[] = {
        [CORE_M0] = "cortex-m0",   [CORE_M0PLUS] = "cortex-m0plus", [CORE_M3] = "cortex-m3",
        [CORE_M4] = "cortex-m4",   [CORE_M7] = "cortex-m7",         [CORE_M33] = "cortex-m33",
        [CORE_M55] = "cortex-m55",
    };
    return words[core];
}

const char *words_confidence(enum confidence confidence)
{
    static const char *const words[] = {
        [CONFIDENCE_DOCUMENTED] = "documented",
        [CONFIDENCE_MEASURED] = "measured",
        [CONFIDENCE_INFERRED] = "inferred",
    };
    return words[confidence];
}

const char *words_entry(enum entry entry)
{
    static const char *const words[] = {
        [ENTRY_NONE] = "none",
        [ENTRY_RESET] = "reset",
        [ENTRY_ERASE_FIRST] = "erase-first",
    };
    return words[entry];
}

const char *words_empty_check(enum empty_check check)
{
    static const char *const words[] = {
        [EMPTY_CHECK_NONE] = "none",
        [EMPTY_CHECK_FLAG] = "flag",
        [EMPTY_CHECK_FIRST_WORD] = "first-word",
    };
    return words[check];
}

const char *words_dual_bank(enum dual_bank bank)
{
    static const char *const words[] = {
        [DUAL_BANK_NONE] = "none",
        [DUAL_BANK_BFB2] = "bfb2",
        [DUAL_BANK_NDBOOT] = "ndboot",
        [DUAL_BANK_SWAP] = "swap",
    };
    return words[bank];
}

const char *words_without_crystal(enum without_crystal without)
{
    static const char *const words[] = {
        [WITHOUT_CRYSTAL_NOTHING] = "nothing",
        [WITHOUT_CRYSTAL_INTERFACE_MISSING] = "interface-missing",
        [WITHOUT_CRYSTAL_RESET] = "reset",
        [WITHOUT_CRYSTAL_UNKNOWN] = "unknown",
    };
    return words[without];
}

const char *words_boot0_factory(enum boot0_factory factory)
{
    static const char *const words[] = {
        [BOOT0_FACTORY_UNKNOWN] = "unknown",
        [BOOT0_FACTORY_COUNTS] = "counts",
        [BOOT0_FACTORY_IGNORED] = "ignored",
    };
    return words[factory];
}

const char *words_trace(enum trace trace)
{
    static const char *const words[] = {
        [TRACE_NONE] = "none",
        [TRACE_VTOR] = "vtor",
        [TRACE_ALIAS] = "alias",
    };
    return words[trace];
}

const char *words_second_write(enum second_write write)
{
    static const char *const words[] = {
        [SECOND_WRITE_CLEARS_BITS] = "clears-bits",
        [SECOND_WRITE_REFUSED] = "refused",
        [SECOND_WRITE_BREAKS_ECC] = "breaks-ecc",
    };
    return words[write];
}

const char *words_interface_kind(enum interface_kind kind)
{
    static const char *const words[] = {
        [INTERFACE_USART] = "usart", [INTERFACE_I2C] = "i2c", [INTERFACE_SPI] = "spi",
        [INTERFACE_CAN] = "can",     [INTERFACE_USB] = "usb", [INTERFACE_I3C] = "i3c",
    };
    return words[kind];
}

const char *words_option_refusal(enum option_refusal refusal)
{
    static const char *const words[] = {
        [OPTION_RDP_LEVEL_2] = "rdp-level-2",
        [OPTION_RDP_LEVEL_1] = "rdp-level-1",
        [OPTION_BOOT_LOCK] = "boot-lock",
        [OPTION_TRUSTZONE] = "trustzone",
        [OPTION_PRODUCT_STATE] = "product-state",
        [OPTION_DUAL_BANK] = "dual-bank",
        [OPTION_RAM_ERASED] = "ram-erased",
        [OPTION_HARDWARE_WWDG] = "hardware-wwdg",
        [OPTION_WATCHDOG_NOT_FED] = "watchdog-not-fed",
        [OPTION_SECOND_CORE] = "second-core",
    };
    return refusal < sizeof words / sizeof words[0] ? words[refusal] : NULL;
}

const char *words_pin_mode(enum pin_mode mode)
{
    static const char *const words[] = {
        [PIN_UNKNOWN] = "unknown",       [PIN_INPUT] = "input", [PIN_DRIVEN] = "driven",
        [PIN_WHEN_FOUND] = "when-found", [PIN_USB] = "usb",     [PIN_OPEN_DRAIN] = "open-drain",
        [PIN_UNTOUCHED] = "untouched",
    };
    return words[mode];
}

const char *words_pin_pull(enum pin_pull pull)
{
    static const char *const words[] = {
        [PIN_PULL_UNKNOWN] = "pull unknown",
        [PIN_PULL_NONE] = "no pull",
        [PIN_PULL_UP] = "pull-up",
        [PIN_PULL_DOWN] = "pull-down",
    };
    return words[pull];
}
