// rng.c: the random number generator: always ready while it is on, and never in error.
// SPDX-License-Identifier: MIT
//
// RM0090 Rev 21, chapter 24.
#include "chip.h"

enum {
    CR = 0x00,
    SR = 0x04,
    DR = 0x08,
    CR_RNGEN = 1 << 2,
    CR_IE = 1 << 3,
    SR_DRDY = 1 << 0,
};

static bool is_ready(const struct block *block)
{
    return block->registers[CR / 4] & CR_RNGEN;
}

static uint32_t rng_read(struct block *block, uint32_t offset)
{
    if (offset == SR) {
        return is_ready(block) ? SR_DRDY : 0;
    }
    if (offset == DR) { // as random as the noise of RAM: by the seed
        return is_ready(block) ? (uint32_t)memory_noise(&block->chip->memory) : 0;
    }
    return block->registers[offset / 4];
}

static void rng_write(struct block *block, uint32_t offset, uint32_t value)
{
    if (offset != SR && offset != DR) {
        block->registers[offset / 4] = value;
    }
    block_set_interrupt(block, is_ready(block) && block->registers[CR / 4] & CR_IE);
}

const struct block_type rng_type = {
    .read = rng_read,
    .write = rng_write,
    .layout = "CR SR DR",
    .not_modelled = "its own clock, the time that a number takes, health tests and their errors",
};
