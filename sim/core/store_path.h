// store_path.h: every store to RAM: the MPU, the data cache, the units of RAMs with an error code.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_STORE_PATH_H
#define BOOTLEAP_SIM_STORE_PATH_H

#include "cortex.h"

#include <stdbool.h>
#include <stdint.h>

// After memory_open(); `cached`: this core has a data cache.
bool store_path_open(struct store_path *stores, const struct memory *memory,
                     const struct device *device, bool cached);
void store_path_close(struct store_path *stores);

// What is on its way to RAM is lost: any reset, before RAM is seen again.
void store_path_reset(struct store_path *stores);

// Before the core stores `size` bytes at `address`, outside peripheral space. False if the MPU
// forbids it: the core then has its fault.
bool store_path_check(struct cortex *core, uint32_t address, unsigned size);

// Writes to the maintenance registers of the data cache, and CCR.
void store_path_maintain_cache(struct store_path *stores, uint32_t offset, uint32_t value);
void store_path_switch_cache(struct store_path *stores, bool on);

// A write by DMA: RAM gets it, the data cache does not see it. False where there is no RAM.
bool store_path_dma(struct cortex *core, uint32_t address, const uint8_t *bytes, unsigned size);

#endif
