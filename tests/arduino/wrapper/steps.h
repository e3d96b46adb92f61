// steps.h: writes to registers as rows of a table, so that boards differ in data only.
// SPDX-License-Identifier: MIT
#ifndef STEPS_H
#define STEPS_H

#include "board.h"

#include <stddef.h>
#include <stdint.h>

// The bits of `mask` become `value`; then the bits of `until` are awaited, each of which becomes 1.
struct step {
    uint32_t address, mask, value, until;
};

static inline volatile uint32_t *reg(uint32_t address)
{
    return (volatile uint32_t *)address;
}

static inline void take_steps(const struct step *steps, size_t count)
{
    for (const struct step *one = steps; one < steps + count; one++) {
        if (one->address) {
            *reg(one->address) = (*reg(one->address) & ~one->mask) | one->value;
            while ((*reg(one->address) & one->until) != one->until) {
            }
        }
    }
}

#endif
