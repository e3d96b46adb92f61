// lookout.h: looks now and then whether the application still gets anywhere, and where it stands.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_LOOKOUT_H
#define BOOTLEAP_SIM_LOOKOUT_H

#include "run_state.h"

// Before the application runs on. Where it is time, it is watched instruction by instruction.
void lookout_before(struct run *run);

// The time from which on it wants to be asked again, before the application runs on.
uint64_t lookout_next(const struct run *run);

// After it has run. True if nothing can happen any more: neither in the chip, nor from outside, nor
// by what the scenario has still to do.
bool lookout_after(struct run *run);

// Somebody outside has acted: what was seen before says nothing any more.
void lookout_start_again(struct run *run);

// At the end of the run: run->where. It may run on for a while to see that, where the run was ended
// from outside; the counts of the summary are those of before.
void lookout_end(struct run *run);

#endif
