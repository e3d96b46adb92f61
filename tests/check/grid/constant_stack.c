// constant_stack.c: the stack pointer is a number and not word 0.
// SPDX-License-Identifier: MIT
#include "start.h"

void application(void)
{
    select_rom_vectors();
    __asm__ volatile("msr msp, %0\nbx %1" : : "r"(0x20003000), "r"(*reg(CHIP_ROM + 4)) : "memory");
    stay_here();
}
