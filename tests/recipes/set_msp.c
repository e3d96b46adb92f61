// set_msp.c: the stack pointer is set in C, and the compiler uses it afterwards or not.
// SPDX-License-Identifier: MIT
//
// User gbm in the thread of ST's article: where the listing has SP used after __set_MSP() the jump
// goes wrong; GCC below -O2 is said to do so, and -O2 to cure it. A user of Keil's compiler had the
// same on an L496: -O0 fails, -O1 works. All else is right here.
//
// GCC 12.2 keeps the start address of the article's code in a register from -O1 on, and finds it
// through R7 at -O0, whose frame is the old one: SP is used at -O0 without a frame pointer only.
// With LATE the address is read from the article's table after the switch, which is through SP at
// -O1 and -Og.
#include "recipe.h"

__attribute__((section(".noinit"))) static volatile uint32_t magic;

// The article's table of addresses is a local variable, and volatile.
static __attribute__((noinline)) void jump_to_bootloader(void)
{
    volatile uint32_t boot_address[33];
    void (*start)(void);

    boot_address[7] = CHIP_ROM;
#if LATE
    set_msp(*reg(boot_address[7]));
    start = (void (*)(void))(*reg(boot_address[7] + 4));
#else
    start = (void (*)(void))(*reg(boot_address[7] + 4));
    set_msp(*reg(boot_address[7]));
#endif
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
