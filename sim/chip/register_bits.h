// register_bits.h: bits that do more than keep what is written, as the row says of them.
// SPDX-License-Identifier: MIT
//
// The bus asks here at every access, whoever has the register: a block, RCC, or nobody. Where a
// block has its own code for a register the row says nothing of its bits.
#ifndef BOOTLEAP_SIM_REGISTER_BITS_H
#define BOOTLEAP_SIM_REGISTER_BITS_H

#include "chip_state.h"

// Reads of the register until bits follow, or instructions since what they follow was written.
enum { REGISTER_BITS_SETTLE_READS = 3, REGISTER_BITS_SETTLE_INSTRUCTIONS = 100 };

// False: no room.
bool register_bits_open(struct chip *chip);
void register_bits_close(struct chip *chip);
// All bits are as they are at rest, and what needs keys is locked.
void register_bits_reset(struct chip *chip);

// What the core reads where the register keeps `value`. Each read brings what has to follow nearer.
uint32_t register_bits_read(struct chip *chip, uint32_t address, uint32_t value);
// The same without being the core: nothing comes nearer.
uint32_t register_bits_peek(const struct chip *chip, uint32_t address, uint32_t value);
// What a write of `value` leaves: the core drives the bits of `lanes`, and the others of the result
// are those of `value`.
uint32_t register_bits_write(const struct chip *chip, uint32_t address, uint32_t value,
                             uint32_t lanes);
// After that write: sets and clears the flags elsewhere that it acts on, and turns keys.
void register_bits_act(struct chip *chip, uint32_t address, uint32_t value, uint32_t lanes);

#endif
