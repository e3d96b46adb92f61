// bootleap_probe.c: says whether this chip, as it is configured, can enter its ROM.
// SPDX-License-Identifier: MIT
//
// It reads and never writes. The option bits, their registers and what they refuse come from
// bootleap_devices.h, where they have their sources.
#include "bootleap.h"
#include "bootleap_devices.h"

#include <stdint.h>

#if !BOOTLEAP_ENTRY

int bootleap_probe(void)
{
    return BOOTLEAP_NO_WAY_IN;
}

#else

#define SCB_VTOR    0xE000ED08u

// What a reset handler may push before the mark is read, or the hand-over copies to below it.
#define UNDER_STACK (BOOTLEAP_ROM_LOOKS ? 512u : 256u)

// Bits of an option that is a reason not to enter: when they have `value`, or when they have not.
struct option {
    uint32_t address;
    unsigned shift : 5;
    unsigned unless : 1;
    unsigned mask : 8;
    unsigned value : 8;
    signed code : 10; // enum bootleap_refusal
};

static const struct option options[] = {BOOTLEAP_OPTIONS{0, 0, 0, 0, 0, 0}};

#if !BOOTLEAP_ROM_LOOKS
#define ROM_GOES_BACK 0
#elif defined(BOOTLEAP_ERASE_FIRST_PAGE)
#define ROM_GOES_BACK 0
#elif BOOTLEAP_BOOT0_ALLOWS && defined(BOOTLEAP_BOOT0_PIN_IS_HIGH)
#define ROM_GOES_BACK 0
#else
#define ROM_GOES_BACK 1
#endif

static volatile uint32_t *reg(uint32_t address)
{
    return (volatile uint32_t *)address;
}

// Handlers are always privileged. Unprivileged code reads IPSR as 0 and CONTROL as it is
// (Armv7-M ARM, B5.2.2).
static int is_unprivileged(void)
{
    uint32_t control, exception;

    __asm__ volatile("mrs %0, control\n"
                     "mrs %1, ipsr"
                     : "=r"(control), "=r"(exception));
    return control & 1 && exception == 0;
}

int bootleap_probe(void)
{
    const struct option *option = options;
    volatile uint32_t *rom = reg(BOOTLEAP_ROM);

    if (ROM_GOES_BACK) {
        return BOOTLEAP_ROM_LOOKS_AT_FLASH;
    }
    if (is_unprivileged()) {
        return BOOTLEAP_UNPRIVILEGED;
    }
    // Before the ROM's table: an option can make it unreadable.
    for (; option->address != 0; option++) {
        uint32_t bits = *reg(option->address) >> option->shift & option->mask;
        if ((bits == option->value) != option->unless) {
            return option->code;
        }
    }
    // A core without VTOR reads 0 there, and sees its table at 0.
    if (!BOOTLEAP_BACKUP &&
        **(volatile uint32_t **)SCB_VTOR - BOOTLEAP_MARK - 1 < UNDER_STACK + 7) {
        return BOOTLEAP_MARK_UNDER_STACK;
    }
    // The table begins with a stack in RAM and a Thumb address in the ROM itself.
    uint32_t start = rom[1];
    if (rom[0] >> 28 != 2 || !(start & 1) ||
        (start ^ BOOTLEAP_ROM) >> BOOTLEAP_SYSTEM_MEMORY_SHIFT != 0) {
        return BOOTLEAP_NO_ROM;
    }
    return 0;
}

#endif
