// verdict.h: records the starts and the way back of a run, and sums it up.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_VERDICT_H
#define BOOTLEAP_SIM_VERDICT_H

#include "run_state.h"

#include <jansson.h>

// A reset happened and this is who starts.
void verdict_start(struct run *run, enum reset_kind kind, enum boot boot);

// The application runs although the ROM, and not a reset, started it.
void verdict_ran_from_go(struct run *run);

// Why it ended, in a word or two.
const char *verdict_end_name(enum run_end end);

// The way back and the quiet start, R1 to R3, beside the points of each handoff: a new JSON array.
json_t *verdict_checks(const struct run *run);

enum verdict {
    VERDICT_CLEAN,    // an entry was made and judged, and all holds
    VERDICT_FINDINGS, // something does not hold, or the run ended badly
    VERDICT_NOTHING,  // nothing entered the ROM
};

enum verdict verdict_of(const struct run *run);

// What a user would have to accept for exit code 0: 1 << enum accept each; none where the run is
// clean; and 1 << ACCEPT_COUNT where something is wrong that no word accepts.
unsigned verdict_to_accept(const struct run *run);

// 0 or EXIT_FINDINGS. It is 0 where an entry was made and judged, is served, and all points hold;
// or where the user accepts what is not so.
int verdict_exit_code(const struct run *run);

// Whether some point of the contracts does not hold, or the run ended badly.
bool verdict_findings(const struct run *run);

#endif
