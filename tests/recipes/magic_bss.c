// magic_bss.c: the word is an ordinary variable, so start-up zeroes it before anybody looks.
// SPDX-License-Identifier: MIT
//
// skuep/AIOC#21: the flag must be left alone by what runs before main(), so it got a section of
// its own.
#include "recipe.h"

static volatile uint32_t magic;
__attribute__((section(".noinit"))) static volatile uint32_t attempts;

void application(void)
{
    if (magic == REQUEST) {
        magic = 0;
        clock_remap();
        remap();
        jump_in_assembly(CHIP_ROM);
    }
    if (attempts == REQUEST) { // the user has tried once: this is the application again
        stay_here();
    }
    attempts = REQUEST;
    magic = REQUEST;
    reset_chip();
}
