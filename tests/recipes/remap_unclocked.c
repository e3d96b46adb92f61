// remap_unclocked.c: MEM_MODE is written while SYSCFG has no clock, so the write is lost.
// SPDX-License-Identifier: MIT
//
// The thread of ST's article: a G473 that enters right after the reset, with
// SYSCFG->MEMRMP = 1, at -O2. The PC is in the ROM, and a PC says that the USB device is unknown.
#include "recipe.h"

__attribute__((section(".noinit"))) static volatile uint32_t boot_reason;

void application(void)
{
    if (boot_reason == REQUEST) {
        boot_reason = 0;
        remap();
        jump_in_c(CHIP_ROM);
    }
    start_application();
    boot_reason = REQUEST;
    reset_chip();
}
