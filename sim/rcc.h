// rcc.h: the RCC: clock tree registers that settle at once, enable registers, reset flags.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_RCC_H
#define BOOTLEAP_SIM_RCC_H

#include "devices.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RCC_WORDS = 0x400 / 4 };

struct rcc {
    const struct device *device;
    uint32_t registers[RCC_WORDS];
    bool written; // since the last reset, beyond the reset flags and SYSCFG's clock
};

void rcc_open(struct rcc *rcc, const struct device *device);

// All registers go to their reset values; the reset flags get `flags` added.
void rcc_reset(struct rcc *rcc, uint32_t flags);

// `address` is absolute and inside the RCC.
uint32_t rcc_read(struct rcc *rcc, uint32_t address);
void rcc_write(struct rcc *rcc, uint32_t address, uint32_t value);
// Reads without being the core.
uint32_t rcc_peek(const struct rcc *rcc, uint32_t address);

// The first register of the clock tree or the enables that differs from its reset value, in
// other bits than those that the handoff contract exempts; NULL if there is none.
const struct register_reset *rcc_first_difference(const struct rcc *rcc,
                                                  const struct peripheral *except, uint32_t *value);

#endif
