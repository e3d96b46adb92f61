// dmamux.c: the DMAMUX: the word of a channel says whose request it takes.
// SPDX-License-Identifier: MIT
#include "chip.h"
#include "dma_requests.h"

static void dmamux_write(struct block *block, uint32_t offset, uint32_t value)
{
    block->registers[offset / 4] = value;
    dma_requests_changed(block->chip);
}

const struct block_type dmamux_type = {
    .write = dmamux_write,
    .not_modelled = "its request generators, synchronisation and overruns",
};
