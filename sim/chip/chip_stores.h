// chip_stores.h: has the core show its stores as long as somebody needs to see them.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_CHIP_STORES_H
#define BOOTLEAP_SIM_CHIP_STORES_H

#include "chip_state.h"

// Before the core runs.
void chip_stores_settle(struct chip *chip);

// After a write to the bus, which may have switched on what looks at stores.
void chip_stores_look(struct chip *chip);

// Whether the instruction at this address, about which somebody wants to know, has to wait until
// stores are shown: then the core is to be stopped before it.
bool chip_stores_missing(struct chip *chip, uint32_t address);

#endif
