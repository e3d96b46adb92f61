// option_bits.h: the option bits of the row: what they show, and scenarios in which they refuse.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_OPTION_BITS_H
#define BOOTLEAP_SIM_OPTION_BITS_H

#include "chip_state.h"

// Makes every check with this reason refuse; a hardware watchdog then runs from the next reset
// on, and RAM that an option erases is erased by each reset. False if the row has no such check.
bool option_bits_set(struct chip *chip, enum option_refusal refusal);
// Whether a check with this reason was made to refuse.
bool option_bits_refuse(const struct chip *chip, enum option_refusal refusal);
// Makes every check with this reason pass again.
void option_bits_unset(struct chip *chip, enum option_refusal refusal);
// Factory values again.
void option_bits_clear(struct chip *chip);

// What a read of the register at `address` shows, where its block would show `value`.
uint32_t option_bits_show(const struct option_bits *options, const struct device *device,
                          uint32_t address, uint32_t value);

// After a reset: erases the RAMs that the option bits have it erase.
void option_bits_reset(struct chip *chip);

#endif
