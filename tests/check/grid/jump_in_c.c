// jump_in_c.c: the jump as everybody writes it: the compiler may read it from the new stack.
// SPDX-License-Identifier: MIT
//
// Which compiler does so at which level is what grid.csv says.
#include "start.h"

SEPARATE void jump(uint32_t table)
{
    void (*start)(void) = (void (*)(void))(*reg(table + 4));

    set_msp(*reg(table));
    start();
    stay_here();
}

void application(void)
{
    select_rom_vectors();
    jump(CHIP_ROM);
}
