// dma_requests.h: which peripheral a channel of a DMA controller waits for.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_DMA_REQUESTS_H
#define BOOTLEAP_SIM_DMA_REQUESTS_H

#include "block.h"

// Who asks a channel for transfers.
struct dma_source {
    const struct block *block; // a serial line; NULL: nobody who is modelled
    bool receives;             // it has received something; false: it has room to send
};

// As the row and the registers have it now. `index`: of the channel, from 0 on; `number`: as ST
// counts it.
struct dma_source dma_requests_source(const struct block *dma, unsigned index, unsigned number);

// A peripheral asks for transfers, or no longer, or the way of its requests has changed: every DMA
// controller of the chip looks.
void dma_requests_changed(struct chip *chip);

#endif
