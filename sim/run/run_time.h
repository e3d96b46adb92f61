// run_time.h: how much time has passed on the chip, and at which clock, for the report.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_RUN_TIME_H
#define BOOTLEAP_SIM_RUN_TIME_H

#include "run_state.h"

// Looks what the firmware takes its clock for, while it still runs.
void run_time_look(struct run *run);

// Adds "time_us" and "clock" to the summary of the run.
void run_time_pack(const struct run *run, json_t *summary);

// The same as a line of text.
void run_time_print(const json_t *summary, FILE *file);

#endif
