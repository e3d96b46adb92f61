// base_plus_four.c: the address of word 1 is taken for its value.
// SPDX-License-Identifier: MIT
#include "start.h"

void application(void)
{
    select_rom_vectors();
    __asm__ volatile("msr msp, %0\nbx %1"
                     :
                     : "r"(*reg(CHIP_ROM)), "r"((CHIP_ROM + 4) | 1)
                     : "memory");
    stay_here();
}
