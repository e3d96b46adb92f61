// held.c: what a register holds of something that was loaded.
// SPDX-License-Identifier: MIT
#include "held.h"

const struct held held_nothing = {LOAD_NONE, 0, 0, false, false};

uint32_t held_moved(uint32_t value, int left)
{
    if (left <= -HELD_WORD || left >= HELD_WORD) {
        return 0;
    }
    return left >= 0 ? value << left : value >> -left;
}

struct held held_field(struct held held, unsigned low, unsigned width)
{
    uint32_t field = width < HELD_WORD ? (1u << width) - 1 : UINT32_MAX;

    held.mask &= held_moved(held_moved(field, (int)low), held.shift);
    held.shift += (int)low;
    return held;
}

struct held held_left(struct held held, unsigned bits)
{
    held.mask &= held_moved(UINT32_MAX >> bits % HELD_WORD, held.shift);
    held.shift -= (int)bits;
    return held;
}

uint32_t held_zero(struct held held)
{
    return held.inverted ? held.mask : 0;
}
