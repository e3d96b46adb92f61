// loader.c: starts one of two applications in flash, as a user's own loader does. It knows no ROM.
// SPDX-License-Identifier: MIT
#include "start.h"

enum { SLOT_SIZE = 0x8000, LEAST_STACK = 0x2000 };

SEPARATE uint32_t choose(void)
{
    uint32_t first = CHIP_FLASH + SLOT_SIZE, second = first + SLOT_SIZE;

    return *reg(second) >> 16 == LEAST_STACK ? second : first;
}

SEPARATE void start(uint32_t table)
{
    stop_tick();
    *reg(SCB_VTOR) = table;
    jump_in_assembly(table);
}

void application(void)
{
    start(choose());
}
