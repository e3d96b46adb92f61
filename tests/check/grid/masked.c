// masked.c: the masks that the core has are left set, and so are the limits of its stacks.
// SPDX-License-Identifier: MIT
#include "start.h"

void application(void)
{
    select_rom_vectors();
    __asm__ volatile(SET_A_LIMIT : : "r"(0x20000400) : "memory");
    __asm__ volatile(SET_A_MASK : : "r"(0x10) : "memory");
    jump_in_assembly(CHIP_ROM);
}
