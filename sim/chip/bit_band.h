// bit_band.h: the aliases in which each bit of peripherals and of RAM has a word of its own.
// SPDX-License-Identifier: MIT
//
// An option of Cortex-M3 and Cortex-M4 (PM0056 Rev 6 and PM0214 Rev 10, Section 2.2.5): the row
// says which parts have it.
#ifndef BOOTLEAP_SIM_BIT_BAND_H
#define BOOTLEAP_SIM_BIT_BAND_H

#include "chip_state.h"

// Whether `address` is in the alias of peripherals, or of RAM, of this row.
bool bit_band_has(const struct device *device, uint32_t address);
bool bit_band_is_ram(const struct device *device, uint32_t address);

// The word of peripherals that an address in their alias stands for, and the bit in it.
uint32_t bit_band_word(uint32_t address);
unsigned bit_band_bit(uint32_t address);

// An access to the alias of RAM: 0 or 1, and bit 0 of `value`. Where no RAM is, the core fails.
uint32_t bit_band_read_ram(struct chip *chip, uint32_t address);
void bit_band_write_ram(struct chip *chip, uint32_t address, uint32_t value);

// Has the core send its accesses to the alias of RAM to the bus, where the row has one.
int bit_band_map(struct chip *chip, struct problem *problem);

#endif
