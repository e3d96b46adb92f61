// flag_cached.c: a flag of 64 bits in RAM behind a data cache, at PLACE, cleaned if CLEAN.
// SPDX-License-Identifier: MIT
//
// Klipper on an H723 (Klipper3d/klipper#5936): it needed both, the flag in AXI SRAM instead of
// DTCM and the cache off or cleaned; then ten of ten entries worked.
#include "recipe.h"

#define USB_BOOT 0x55534220424F4F54u
#define DCCMVAC  0xE000EF68u // clean by address
#define CCR_DC   0x00010000u

static volatile uint64_t *flag(void)
{
    return (volatile uint64_t *)PLACE;
}

void application(void)
{
    if (*flag() == USB_BOOT) {
        *flag() = 0;
        jump_in_assembly(CHIP_ROM);
    }
    *reg(SCB_CCR) |= CCR_DC;
    start_application();
    *flag() = USB_BOOT;
#if CLEAN
    __asm__ volatile("dsb" : : : "memory");
    *reg(DCCMVAC) = PLACE;
#endif
    reset_chip();
}
