// chance.h: numbers by chance that are the same in each run (xorshift32, G. Marsaglia, 2003).
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_CHANCE_H
#define BOOTLEAP_TESTS_CHANCE_H

#include <stdint.h>

// *seed: not 0.
static inline uint32_t chance(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

#endif
