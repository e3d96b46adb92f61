// watcher.h: watches the application from outside: measures one function, enters at a symbol.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_WATCHER_H
#define BOOTLEAP_SIM_WATCHER_H

#include "chip.h"
#include "image.h"
#include "scenario.h"

struct watcher {
    struct chip *chip;
    // The measured function and the call of it that is under way.
    uint32_t on_reset;
    bool measuring;
    bool pending; // a mark or a trace was there when it was called
    uint32_t return_to, stack;
    uint64_t started;
    uint32_t flags;
    unsigned ram_bytes;
    // Entering the ROM at a symbol.
    uint32_t enter_at, entry;
    bool enter_armed, enter_reached;
    bool quiet_broken; // something was written although nothing was pending
};

// Finds the symbols of the scenario in the image; `image` may be NULL. A missing `on_reset` is
// no problem, the others are.
int watcher_open(struct watcher *watcher, struct chip *chip, const struct scenario *scenario,
                 const struct image *image, struct problem *problem);

// A reset ends a call that is under way.
void watcher_reset(struct watcher *watcher);

// When the application has got to the symbol: makes it call the entry function. False if it
// has not.
bool watcher_enter(struct watcher *watcher);

#endif
