// run.h: runs a scenario, from power-on to its end.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_RUN_H
#define BOOTLEAP_SIM_RUN_H

#include "problem.h"
#include "run_state.h"

// Runs to the end: run->end and run->detail. Non-zero if the run could not be made.
int run_scenario(struct run *run, struct problem *problem);

#endif
