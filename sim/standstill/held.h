// held.h: what a register holds of something that was loaded.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_HELD_H
#define BOOTLEAP_SIM_HELD_H

#include <stdbool.h>
#include <stdint.h>

enum { LOAD_NONE = -1, HELD_WORD = 32 };

// The bits of a load under `mask`, moved right by `shift`, or left where that is negative.
struct held {
    int load; // its number; LOAD_NONE: something else
    uint32_t mask;
    int shift;
    bool inverted;
    bool computed; // something was added or subtracted: no bit of it is known any more
};

extern const struct held held_nothing;

// `value` moved left by a number of bits that may be negative; 0 where all of it goes.
uint32_t held_moved(uint32_t value, int left);

// A field of `width` bits from `low` on, moved right by as many.
struct held held_field(struct held held, unsigned low, unsigned width);

// Moved left, as far as it stays in the word.
struct held held_left(struct held held, unsigned bits);

// What the bits must be for all that is held to be 0.
uint32_t held_zero(struct held held);

#endif
