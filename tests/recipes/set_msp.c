// set_msp.c: the stack pointer is set in C, and the compiler uses it afterwards or not.
// SPDX-License-Identifier: MIT
//
// User gbm in the thread of ST's article: GCC below -O2 emits accesses through SP after
// __set_MSP(), so the jump goes wrong, and -O2 cures it. A user of Keil's compiler had the same
// on an L496: -O0 fails, -O1 works. All else is right here.
#include "recipe.h"

__attribute__((section(".noinit"))) static volatile uint32_t magic;

// The article's table of addresses is a local variable, and volatile.
static __attribute__((noinline)) void jump_to_bootloader(void)
{
    volatile uint32_t boot_address[33];
    void (*start)(void);

    boot_address[7] = CHIP_ROM;
    start = (void (*)(void))(*reg(boot_address[7] + 4));
    set_msp(*reg(boot_address[7]));
    start();
    stay_here();
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
        jump_to_bootloader();
    }
    magic = REQUEST;
    reset_chip();
}
