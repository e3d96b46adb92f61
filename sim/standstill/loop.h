// loop.h: what one round of a loop loads, and which bits of that decide whether it goes on.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_LOOP_H
#define BOOTLEAP_SIM_LOOP_H

#include "loads.h"
#include "window.h"

struct loop {
    // Its lowest instruction of the function that goes round: not of those that this one calls.
    struct snapshot head;
    bool sleeps;           // WFI or WFE is among its instructions
    struct snapshot sleep; // ... this one
    struct loads loads;
};

// Reads the loop that a window has found. False where it has found none, or memory has run out.
bool loop_read(const struct window *window, struct loop *loop);

// Whether it waits until the bits under `mask` are `with`, and not until they are something else.
bool loop_awaits(const struct load *load);

#endif
