// late_call.c: a call between MSR MSP and the jump: it uses the new stack and gives it back.
// SPDX-License-Identifier: MIT
//
// Right wherever the compiler keeps the address of the jump in a register, or finds it by the old
// frame; grid.csv says where it does not.
#include "start.h"

SEPARATE uint32_t sum(uint32_t a, uint32_t b)
{
    __asm__ volatile("push {r4, lr}\nmovs r4, %0\npop {r4}\nadd sp, #4" : : "I"(1) : "memory");
    return a + b;
}

SEPARATE void jump(uint32_t table)
{
    void (*start)(void) = (void (*)(void))(*reg(table + 4));

    set_msp(*reg(table));
    *reg(CHIP_FREE_RAM) = sum(table, 4);
    start();
    stay_here();
}

void application(void)
{
    select_rom_vectors();
    jump(CHIP_ROM);
}
