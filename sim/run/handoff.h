// handoff.h: judges one handoff: the contract, and the outcome over each wire that is asked about.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_HANDOFF_H
#define BOOTLEAP_SIM_HANDOFF_H

#include "outcome.h"
#include "run_state.h"

// An instruction was fetched in system memory. Records what is to be said of it, and returns what
// the virtual ROM does; *why gets the reason, which lasts until the next handoff.
enum outcome_kind handoff_judge(struct run *run, const char **why);

#endif
