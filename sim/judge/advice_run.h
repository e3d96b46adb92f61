// advice_run.h: what came of a run, as far as it takes to give advice.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_ADVICE_RUN_H
#define BOOTLEAP_SIM_ADVICE_RUN_H

#include "blame.h"
#include "image.h"
#include "journal.h"
#include "places.h"
#include "watcher.h"

// What came of a run, and what was asked of it, as far as it takes to give advice.
struct advice_run {
    const struct journal *journal;
    const struct watcher *watcher;
    const struct image *image;    // NULL: a blank chip
    const struct blame *blame;    // NULL: nobody was blamed
    struct places *places;        // NULL: nobody is told where
    const char *entry, *on_reset; // functions of the firmware
    const char *enter_at;         // where it was to enter, or NULL
    uint64_t enter_after;         // ... or after so many instructions; 0: not
    const char *typed;            // what somebody was to type; NULL: nothing
    bool presses;                 // somebody was to press a button
    bool acted;                   // they did
    bool no_edge;                 // the button's pin had that level already
    bool typed_was_read;          // all of it, on some USART
    bool reset_itself;            // a software reset came after that
    bool ran_from_go;             // without a reset
    bool too_many_handoffs;       // or resets, for one request
    bool got_nowhere;             // it ended in a fault or in resets without end
    const char *end;              // why it ended, as the summary has it
    unsigned resets;
};

#endif
