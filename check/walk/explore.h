// explore.h: follows all ways from one instruction on, within a budget of steps.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_EXPLORE_H
#define BOOTLEAP_CHECK_EXPLORE_H

#include "reach.h"
#include "walker.h"

struct explored {
    size_t steps;
    bool finished;      // every way came to its end
    struct reach ahead; // if not: where the ways may lead that did not; to be closed
};

// From the instruction at walker->root, in the state that walker->origin has. False: no memory on
// this computer.
bool explore(struct walker *walker, size_t budget, struct explored *explored);

#endif
