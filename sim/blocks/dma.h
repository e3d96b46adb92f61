// dma.h: enabled DMA channels write noise into RAM while the application runs.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_DMA_H
#define BOOTLEAP_SIM_DMA_H

#include <stdbool.h>
#include <stdint.h>

struct chip;
struct block;

// One transfer of every enabled channel, when chip->instructions reaches chip->dma_next.
void dma_step(struct chip *chip);

// The first block in which a channel is enabled, NULL if there is none.
const struct block *dma_running(const struct chip *chip);

// Does what a driver does: switches the clock of the row's first DMA block on and programs its
// first channel to write [address, address + bytes) over and over. To be called after a reset;
// `bytes` is a multiple of 4 and less than 64 KB. False if the row has no DMA.
bool dma_start(struct chip *chip, uint32_t address, uint32_t bytes);

#endif
