// crystal.c: a ROM that resets the chip when it does not find its crystal, asked once or again.
// SPDX-License-Identifier: MIT
//
// adafruit/circuitpython#11270: an F405 with a crystal of 12 MHz gets into DFU 5 times of 12 when
// asked once, and 12 times of 12 when a counter in memory asks again after each of the ROM's own
// resets. No remap and no VTOR: measured, no difference.
#include "recipe.h"

enum { MOST_ATTEMPTS = 16 };
#define AGAIN 0xB0070000u // the low half counts attempts

// In RAM that the ROM leaves alone, or no second attempt would know of the first.
static volatile uint32_t *request(void)
{
    return reg(CHIP_FREE_RAM);
}

static void forget_reset_flags(void)
{
    *reg(CHIP_RESET_FLAGS) |= CHIP_RESET_FLAGS_CLEAR;
    *reg(CHIP_RESET_FLAGS) &= ~CHIP_RESET_FLAGS_CLEAR;
}

void application(void)
{
    uint32_t attempts = *request() & 0xFFFFu;
    int asked = (*request() & 0xFFFF0000u) == AGAIN && attempts < MOST_ATTEMPTS &&
                *reg(CHIP_RESET_FLAGS) & CHIP_RESET_FLAGS_SOFTWARE;

    if (asked) {
        *request() = RETRIES ? *request() + 1 : 0;
        forget_reset_flags();
        jump_in_assembly(CHIP_ROM);
    }
    if (*reg(CHIP_RESET_FLAGS) & CHIP_RESET_FLAGS_SOFTWARE) { // thrown back: give up
        stay_here();
    }
    *request() = AGAIN;
    reset_chip();
}
