// options.h: the option bits of the row: what they show, and scenarios in which they refuse.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_OPTIONS_H
#define BOOTLEAP_SIM_OPTIONS_H

#include "devices.h"

#include <stdbool.h>
#include <stdint.h>

struct chip;

enum { OPTIONS_MOST = 32 };

// Kept over every reset, as option bytes are.
struct options {
    bool refuses[OPTIONS_MOST]; // each check of device->options: whether its bits refuse
};

// Makes every check with this reason refuse; a hardware watchdog then runs from the next reset
// on, and RAM that an option erases is erased by each reset. False if the row has no such check.
bool options_set(struct chip *chip, enum option_refusal refusal);
// Whether a check with this reason was made to refuse.
bool options_refuse(const struct chip *chip, enum option_refusal refusal);
// Makes every check with this reason pass again.
void options_unset(struct chip *chip, enum option_refusal refusal);
// Factory values again.
void options_clear(struct chip *chip);

// What a read of the register at `address` shows, where its block would show `value`.
uint32_t options_show(const struct options *options, const struct device *device, uint32_t address,
                      uint32_t value);

// After a reset: erases the RAMs that the option bits have it erase.
void options_reset(struct chip *chip);

#endif
