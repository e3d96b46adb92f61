// dma_flags.h: the flags of a DMA controller's channels, in each of its register layouts.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_DMA_FLAGS_H
#define BOOTLEAP_SIM_DMA_FLAGS_H

#include "dma_layout.h"

// Of one channel.
enum { DMA_HALF = 1, DMA_DONE = 2 };

// Whether a flag of this channel is set that its control register lets through to the interrupt.
bool dma_flags_interrupt(const struct block *block, const struct dma_layout *layout,
                         const uint8_t *flags, unsigned channel);
// What the register at this offset shows of the flags of all channels, and whether it shows any.
bool dma_flags_read(const struct block *block, const struct dma_layout *layout,
                    const uint8_t *flags, uint32_t offset, uint32_t *value);
// A write to the register at this offset; true if it is one that clears flags.
bool dma_flags_clear(const struct dma_layout *layout, uint8_t *flags, uint32_t offset,
                     uint32_t value);

#endif
