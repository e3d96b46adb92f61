// advice_run.h: what came of a run, as far as it takes to give advice.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_ADVICE_RUN_H
#define BOOTLEAP_SIM_ADVICE_RUN_H

#include "journal.h"
#include "watcher.h"

// What came of a run, and what was asked of it, as far as it takes to give advice.
struct advice_run {
    const struct journal *journal;
    const struct watcher *watcher;
    const char *entry, *on_reset; // functions of the firmware
    const char *enter_at;         // where it was to enter, or NULL
    uint64_t enter_after;         // ... or after so many instructions; 0: not
    bool has_act, acted;          // somebody was to type or press something, and did
    bool ran_from_go;             // without a reset
    bool too_many_hand_overs;     // or resets, for one request
    bool refused;                 // the entry function came back
    bool got_nowhere;             // it ended in a fault or in resets without end
    const char *end;              // why it ended, as the summary has it
    unsigned resets;
};

#endif
