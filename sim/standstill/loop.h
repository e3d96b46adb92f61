// loop.h: what one round of a loop loads, and which bits of that decide whether it goes on.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_LOOP_H
#define BOOTLEAP_SIM_LOOP_H

#include "loads.h"
#include "window.h"

struct loop {
    uint32_t first, last; // addresses of its instructions
    bool sleeps;          // WFI or WFE is among them
    uint32_t sleep_pc;
    struct loads loads;
};

// Reads the loop that a window has found. False where it has found none, or memory has run out.
bool loop_read(const struct window *window, struct loop *loop);

// Whether it waits until the bits under `mask` are `with`, and not until they are something else.
bool loop_awaits(const struct load *load);

#endif
