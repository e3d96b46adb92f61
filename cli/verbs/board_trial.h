// board_trial.h: the ways of an example's program into its ROM and back, tried one after the other.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_BOARD_TRIAL_H
#define BOOTLEAP_CLI_BOARD_TRIAL_H

#include "options.h"
#include "trial_report.h"

struct board_trial {
    const struct options *options;
    const char *port;
    struct progress *progress;
    struct trial_report report; // its chip and device are known before
};

// Tries the way through a reset, then the direct one where the device has one; the program must be
// running. Each step is told on stdout as it is done, unless options->json. Returns 0 if all went
// well, else EXIT_FAILED with the first step that failed in *problem; those behind it were not
// tried.
int board_trial_run(struct board_trial *trial, struct problem *problem);

#endif
