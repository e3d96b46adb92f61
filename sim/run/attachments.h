// attachments.h: what a user may have beside a run: GDB, a trace, a line of progress.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_ATTACHMENTS_H
#define BOOTLEAP_SIM_ATTACHMENTS_H

#include "problem.h"
#include "run_state.h"

// After the rest of the run was opened. On failure nothing needs closing.
int attachments_open(struct run *run, struct problem *problem);

// As chip_run(), with all of these served.
bool attachments_run(struct run *run);

// Whether GDB has ended the run.
bool attachments_ended(const struct run *run);

// Before the result is printed: takes the line of progress away.
void attachments_finish(struct run *run);

// Tells GDB the exit code. Not 0, and *problem filled in, if the listing could not be written.
int attachments_close(struct run *run, int exit_code, struct problem *problem);

#endif
