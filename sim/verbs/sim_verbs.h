// sim_verbs.h: what each verb of bootleap-sim does.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_VERBS_H
#define BOOTLEAP_SIM_VERBS_H

#include "option_table.h"
#include "problem.h"

extern const struct option_table devices_options;

// Each runs its verb; argv[0] is the verb. Returns an exit code, or OPTION_HELP. Where *problem has
// a text, it is still to be printed.
int verb_run(int argc, char **argv, struct problem *problem);
int verb_matrix(int argc, char **argv, struct problem *problem);
int verb_devices(int argc, char **argv, struct problem *problem);

#endif
