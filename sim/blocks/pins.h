// pins.h: what the outside does to the pins of a port, in whichever layout its registers are.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_PINS_H
#define BOOTLEAP_SIM_PINS_H

#include "block.h"

enum { PINS = 16 };

// The state of a block with pins.
struct pins {
    uint32_t driven, levels; // pins that the outside drives, and how
};

// For struct pin_role.
void pins_drive(struct block *block, uint32_t mask, uint32_t levels);
void pins_release(struct block *block);
int pins_driven(const struct block *block, unsigned pin);

#endif
