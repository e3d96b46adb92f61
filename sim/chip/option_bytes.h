// option_bytes.h: option bits that have every reset start the ROM, and how firmware programs them.
// SPDX-License-Identifier: MIT
//
// Only the bits of the row's option_entry can be programmed: keys, a write, a start bit, a wait,
// and a launch where the row has one. Firmware that would change any other option bit ends in a
// fault.
#ifndef BOOTLEAP_SIM_OPTION_BYTES_H
#define BOOTLEAP_SIM_OPTION_BYTES_H

#include "chip_state.h"

// A reset: `loads` if it is one by which every chip loads its option bytes, `power` if errors of a
// power-on show.
void option_bytes_reset(struct chip *chip, bool loads, bool power);

// Whether the bits in force start the ROM.
bool option_bytes_start_rom(const struct chip *chip);

// The host programs the bits that start flash.
void option_bytes_restore(struct chip *chip);

// What a register of the flash controller shows, where its block would show `value`.
uint32_t option_bytes_read(struct chip *chip, uint32_t address, uint32_t value);
// What it keeps for bits that a write to another part of it leaves, where its block keeps `value`.
uint32_t option_bytes_kept(struct chip *chip, uint32_t address, uint32_t value);

// The bits of such a register that are about option bytes: locks, and those that start something.
uint32_t option_bytes_bits(const struct chip *chip, uint32_t address);
// A write to such a register. What the block keeps of it.
uint32_t option_bytes_write(struct chip *chip, uint32_t address, uint32_t value);

#endif
