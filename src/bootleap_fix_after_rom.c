// bootleap_fix_after_rom.c: puts the vector table in force right after a ROM, without a reset.
// SPDX-License-Identifier: MIT
//
// For those who cannot reset. bootleap_fix_after_rom.h says what it leaves as the ROM did.
#include "bootleap_fix_after_rom.h"
#include "bootleap_compiler.h"
#include "bootleap_devices.h"
#include "bootleap_registers.h"

#include <stdint.h>

#if BOOTLEAP_ENTRY && BOOTLEAP_REMAP

// SYSCFG ignores MEM_MODE until its clock runs, and it runs when it has been read back; the
// clock is left as it was found. Where it is always clocked there is no such register.
static void show_flash_at_0(void)
{
    volatile uint32_t *clocks = reg(BOOTLEAP_REMAP_CLOCK), *mem_mode = reg(BOOTLEAP_REMAP_REGISTER);
    uint32_t found = 0;

    if (BOOTLEAP_REMAP_CLOCK) {
        found = *clocks;
        *clocks = found | BOOTLEAP_REMAP_CLOCK_MASK;
        (void)*clocks;
    }
    *mem_mode &= ~BOOTLEAP_REMAP_MASK;
    (void)*mem_mode; // done before its clock stops
    if (BOOTLEAP_REMAP_CLOCK) {
        *clocks = found;
    }
}

#else

static void show_flash_at_0(void) // the series has no MEM_MODE
{
}

#endif

// A core without VTOR ignores the write, and sees its table at 0.
void bootleap_fix_after_rom(const void *table)
{
    uint32_t masked;

    BOOTLEAP_SAVE_AND_MASK(masked);
    show_flash_at_0();
    *reg(SCB_VTOR) = (uint32_t)table;
    finish_accesses();
    set_primask(masked);
}
