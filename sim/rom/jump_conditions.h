// jump_conditions.h: what a ROM asks of whoever jumps to it, besides what every ROM asks.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_JUMP_CONDITIONS_H
#define BOOTLEAP_SIM_JUMP_CONDITIONS_H

#include "rom.h"

// What a register of the chip holds, clocked or not; 0 where the chip has none there.
uint32_t chip_peek(const struct chip *chip, uint32_t address);

// Has a register hold a value, as if the application had brought it about. False where the chip
// has none there.
bool chip_poke(struct chip *chip, uint32_t address, uint32_t value);

// The first bits with which this version does not serve at all, as the chip is now; NULL: none.
const struct asked_bits *jump_conditions_broken(const struct rom *rom);

// Tells of all bits that speak against a jump now, those that cost one interface included.
void jump_conditions_note(const struct rom *rom);

#endif
