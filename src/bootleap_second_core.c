// bootleap_second_core.c: keeps the second core of a dual-core part away from the ROM.
// SPDX-License-Identifier: MIT
//
// bootleap_second_core.h says how it is used. The first core may clear the flags and advance the
// mark while this runs: it clears them before it stores AWAY, so AWAY with flags is of an earlier
// reset.
#include "bootleap_second_core.h"
#include "bootleap_devices.h"

#include <stdint.h>

// Who compiles every file of the folder gets nothing here, and an error where it is called.
#ifdef BOOTLEAP_MARK_IN_BACKUP

typedef int nothing_here; // C wants at least one declaration in a file

#elif BOOTLEAP_ENTRY

#include "bootleap_compiler.h"
#include "bootleap_mark.h"
#include "bootleap_registers.h"

static uint32_t read_flags(void)
{
    return *reg(BOOTLEAP_FLAGS) & BOOTLEAP_FLAGS_ANY;
}

static int is_pending(void)
{
    // After power-on RAM is noise, and reading it can trap where it has ECC.
    if (read_flags() & BOOTLEAP_FLAGS_POWER) {
        return 0;
    }
    uint32_t word = *reg(BOOTLEAP_MARK);
    uint32_t complement = *reg(BOOTLEAP_MARK + 4);
    uint32_t stage = word - MARK;
    uint32_t flags = read_flags();

    if (word != ~complement || stage - ENTER > 1 + REPEATS) {
        return 0;
    }
    return flags == 0 || (flags & BOOTLEAP_FLAGS_SOFTWARE && stage - ENTER <= REPEATS);
}

void bootleap_park_second_core(void)
{
    if (is_pending()) {
        mask_interrupts();
        for (;;) {
            wait_for_interrupt();
        }
    }
}

#else

void bootleap_park_second_core(void)
{
}

#endif
