// computes.h: whether a function only computes, as those of the compiler's library do.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_COMPUTES_H
#define BOOTLEAP_CHECK_COMPUTES_H

#include "walker.h"

// Whether the function at `start` reads and writes registers, its stack and literals alone, and so
// do those that it calls: a division, say. A walk need not go through it where its result is
// unknown anyway.
bool computes_only(struct walker *walker, uint32_t start);

#endif
