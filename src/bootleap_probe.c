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

#include "bootleap_registers.h"

#include "bootleap_privilege.h"
#include "bootleap_refusal_bits.h"

// What a reset handler may push before the mark is read, or the hand-over copies to below it.
#define UNDER_STACK (BOOTLEAP_ROM_LOOKS ? 512u : 256u)

#define BLOCK (0xFFu & 0xFFu << (BOOTLEAP_SYSTEM_MEMORY_SHIFT - 16))

// Then the ROM's table: a stack in RAM and an odd address in the ROM itself. It comes after the
// options, which can make it unreadable.
// clang-format off
static const struct option options[] = {
    BOOTLEAP_OPTIONS
    {BOOTLEAP_ROM, 28, 0x0F, 2, UNLESS(BOOTLEAP_NO_ROM)},
    {BOOTLEAP_ROM + 4, 0, 1, 1, UNLESS(BOOTLEAP_NO_ROM)},
    {BOOTLEAP_ROM + 4, 16, BLOCK, BOOTLEAP_ROM >> 16 & BLOCK, UNLESS(BOOTLEAP_NO_ROM)},
    {BOOTLEAP_ROM + 4, 24, 0xFF, BOOTLEAP_ROM >> 24, UNLESS(BOOTLEAP_NO_ROM)},
    END_OF_OPTIONS
};
// clang-format on

#if !BOOTLEAP_ROM_LOOKS
#define ROM_GOES_BACK 0
#elif defined(BOOTLEAP_ERASE_FIRST_PAGE)
#define ROM_GOES_BACK 0
#elif BOOTLEAP_BOOT0_ALLOWS && defined(BOOTLEAP_BOOT0_PIN_IS_HIGH)
#define ROM_GOES_BACK 0
#else
#define ROM_GOES_BACK 1
#endif

int bootleap_probe(void)
{
    const struct option *option = options;

    if (ROM_GOES_BACK) {
        return BOOTLEAP_ROM_LOOKS_AT_FLASH;
    }
    if (is_unprivileged()) {
        return BOOTLEAP_UNPRIVILEGED;
    }
    while (!refuses(option)) {
        option++;
    }
    int number = option->code & 0x7F;
    if (number != 0) {
        return -number;
    }
    // A core without VTOR reads 0 there, and sees its table at 0.
    if (!BOOTLEAP_BACKUP && *reg(*reg(SCB_VTOR)) - BOOTLEAP_MARK - 1 < UNDER_STACK) {
        return BOOTLEAP_MARK_UNDER_STACK;
    }
    return 0;
}

#endif
