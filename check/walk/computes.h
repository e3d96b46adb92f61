// computes.h: whether a function only computes, as those of the compiler's library do.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_COMPUTES_H
#define BOOTLEAP_CHECK_COMPUTES_H

#include "walker.h"

// Whether the function at `start` reads and writes registers, its stack and literals alone, and so
// do those that it calls, and whether some branch in it has a condition: a division, say. A walk
// need not go through it where its result is unknown anyway. One without such a branch costs
// little, and is walked for the registers that it leaves alone.
bool computes_only(struct walker *walker, uint32_t start);

#endif
