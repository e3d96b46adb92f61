// set_msp.c: the stack pointer is set in C, and the compiler uses it afterwards or not.
// SPDX-License-Identifier: MIT
//
// User gbm in the thread of ST's article: GCC below -O2 emits accesses through SP after
// __set_MSP(), so the jump goes wrong, and -O2 cures it. A user of Keil's compiler had the same
// on an L496: -O0 fails, -O1 works. All else is right here.
#include "recipe.h"

__attribute__((section(".noinit"))) static volatile uint32_t magic;

static __attribute__((noinline)) void jump_to_bootloader(uint32_t table)
{
    jump_in_c(table);
}

void application(void)
{
    if (magic == REQUEST) {
        magic = 0;
        clock_remap();
        remap();
#if CHIP_HAS_VTOR && !CHIP_REMAP
        *reg(SCB_VTOR) = CHIP_ROM;
#endif
        jump_to_bootloader(CHIP_ROM);
    }
    magic = REQUEST;
    reset_chip();
}
