// dma_layout.h: where things are in a DMA controller, for each of its register layouts.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_DMA_LAYOUT_H
#define BOOTLEAP_SIM_DMA_LAYOUT_H

#include "block.h"

enum { DMA_CHANNELS = 16, DMA_ENABLE = 1 };

// One end of a transfer, which may be in memory or in a peripheral.
struct dma_side {
    uint32_t address;     // register
    uint32_t grows;       // bit of `mode`: the address goes on
    unsigned width_shift; // in `mode`: two bits, the width of an item as a power of 2
};

// Offsets of registers are from the start of a channel; a mask of 0 means that it is always so.
struct dma_layout {
    enum block_kind kind;
    unsigned channels;
    unsigned first_number; // as ST counts the first channel
    uint32_t first, stride;
    uint32_t control, count, mode, circle; // registers; `circle`: other than 0 repeats
    uint32_t count_mask, circle_mask;      // in their registers
    struct dma_side sides[2];              // from the first to the second
    uint32_t away;                         // in `control`: from the second to the first
    bool counts_items;                     // of the first side; else bytes
    bool same_width;                       // both sides have the width of the first
    bool ends_disabled;
    // Nobody has to ask: (this register & mask) == value; a mask of 0: the layout has no such bits.
    uint32_t software, software_mask, software_value;
    uint32_t half_enable, done_enable;                // in `control`: those interrupts
    uint32_t start_mode, start_circle, start_control; // what a start by the scenario programs
};

const struct dma_layout *dma_layout_of(const struct block *block);

// A register of a channel, NULL beyond the end of the block.
uint32_t *dma_register(const struct block *block, const struct dma_layout *layout, unsigned channel,
                       uint32_t offset);

bool dma_is_enabled(const struct block *block, const struct dma_layout *layout, unsigned channel);

#endif
