// dma_transfer.h: moves one item from one side of a DMA channel to the other.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_DMA_TRANSFER_H
#define BOOTLEAP_SIM_DMA_TRANSFER_H

#include "dma_layout.h"

// What of the block that is under way has been moved, in the unit that the channel counts in; and
// how much an item is in it.
void dma_transfer_item(struct block *block, const struct dma_layout *layout, unsigned channel,
                       uint32_t moved);
uint32_t dma_transfer_unit(const struct block *block, const struct dma_layout *layout,
                           unsigned channel);

// Loads the registers of a GPDMA channel from the linked list that its CLLR points to. False where
// there is none.
bool dma_transfer_follow_link(struct block *block, const struct dma_layout *layout,
                              unsigned channel);

#endif
