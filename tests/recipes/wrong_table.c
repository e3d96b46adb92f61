// wrong_table.c: takes the start of the system flash for the ROM's vector table.
// SPDX-License-Identifier: MIT
//
// betaflight/betaflight#15369: an H563 never got into its ROM from 0x0BF80000; the table is at
// 0x0BF97000, from where it does.
#include "recipe.h"

__attribute__((section(".noinit"))) static volatile uint32_t magic;

void application(void)
{
    if (magic == REQUEST) {
        magic = 0;
        *reg(SCB_VTOR) = TABLE;
        jump_in_c(TABLE);
    }
    start_application();
    magic = REQUEST;
    reset_chip();
}
