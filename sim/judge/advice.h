// advice.h: what to change in the firmware, for each thing that does not hold.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_ADVICE_H
#define BOOTLEAP_SIM_ADVICE_H

#include "journal.h"
#include "watcher.h"

#include <jansson.h>

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

// A new array of {"about": "H4", "text": "..."}: one a broken point, outcome, check, refusal or
// end, in the order in which to look at them. Points have a "document" too. Empty if there is
// nothing to change.
json_t *advice_list(const struct advice_run *run);

#endif
