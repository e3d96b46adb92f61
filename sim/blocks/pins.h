// pins.h: the pins of a port, seen from inside and outside, in whichever layout its registers are.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_PINS_H
#define BOOTLEAP_SIM_PINS_H

#include "block.h"

enum { PINS = 16 };

// The state of a block with pins.
struct pins {
    uint32_t driven, levels; // pins that the outside drives, and how
};

// What a port's registers mean: offsets in bytes, and what its configuration says of a pin.
struct port_layout {
    uint32_t idr, odr, bsrr, brr;
    bool (*is_output)(const struct block *block, unsigned pin);
    bool (*level_of)(const struct block *block, unsigned pin);  // as IDR shows it
    bool (*is_pulled)(const struct block *block, unsigned pin); // or no digital input
};

// The registers of a port, as the layout of its struct pin_role has them.
uint32_t port_read(struct block *block, uint32_t offset);
// Outputs that change are told to the journal, and pins to whoever watches for edges.
void port_write(struct block *block, uint32_t offset, uint32_t value);

// For struct pin_role. Inputs that change are told to whoever watches for edges.
void pins_drive(struct block *block, uint32_t mask, uint32_t levels);
void pins_release(struct block *block);
uint32_t pins_outputs_high(const struct block *block);
int pins_driven(const struct block *block, unsigned pin);

#endif
