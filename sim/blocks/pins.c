// pins.c: keeps which pins of a port the outside drives.
// SPDX-License-Identifier: MIT
#include "pins.h"

void pins_drive(struct block *block, uint32_t mask, uint32_t levels)
{
    struct pins *pins = block->state;

    pins->driven |= mask;
    pins->levels = (pins->levels & ~mask) | (levels & mask);
}

void pins_release(struct block *block)
{
    struct pins *pins = block->state;

    pins->driven = 0;
}

int pins_driven(const struct block *block, unsigned pin)
{
    const struct pins *pins = block->state;

    return pins->driven >> pin & 1u ? (int)(pins->levels >> pin & 1u) : -1;
}
