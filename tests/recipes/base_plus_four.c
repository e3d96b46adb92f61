// base_plus_four.c: calls the address of the vector instead of the address that it holds.
// SPDX-License-Identifier: MIT
//
// ST community 117823 and 288316 (an L476 that gets a HardFault, or starts anew).
#include "recipe.h"

__attribute__((section(".noinit"))) static volatile uint32_t magic;

void application(void)
{
    if (magic == REQUEST) {
        magic = 0;
        clock_remap();
        remap();
        set_msp(*reg(CHIP_ROM));
        ((void (*)(void))(CHIP_ROM + 4))();
        stay_here();
    }
    magic = REQUEST;
    reset_chip();
}
