// jump_conditions.h: what a ROM asks of whoever jumps to it, besides what every ROM asks.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_JUMP_CONDITIONS_H
#define BOOTLEAP_SIM_JUMP_CONDITIONS_H

#include "rom_state.h"

// The first bits with which this version does not serve at all, as the chip is now; NULL: none.
const struct jump_condition *jump_conditions_broken(const struct rom *rom);

// The first bits with which it serves, but not over USB; NULL: none.
const struct jump_condition *jump_conditions_without_usb(const struct rom *rom);

// Tells of all bits that speak against a jump now, those that cost one interface included.
void jump_conditions_note(const struct rom *rom);

#endif
