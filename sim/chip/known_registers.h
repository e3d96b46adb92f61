// known_registers.h: what the row says of registers that no other group of it has.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_KNOWN_REGISTERS_H
#define BOOTLEAP_SIM_KNOWN_REGISTERS_H

#include "chip_state.h"

// How many registers the row lists.
size_t known_registers_count(const struct device *device);
// NULL: the row does not list it.
const struct register_known *known_register(const struct chip *chip, uint32_t address);
// The first one that the row lists at `address` or behind it; the one behind the last has no name.
const struct register_known *known_registers_from(const struct chip *chip, uint32_t address);
// What the register at `address` holds after a reset; 0 if nobody says it.
uint32_t known_register_start(const struct chip *chip, uint32_t address);
// Whether the row says how bits of it behave.
bool known_register_has_bits(const struct device *device, uint32_t address);

#endif
