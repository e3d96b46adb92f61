// run_setup.h: makes a chip, its lines and its files ready for a scenario.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_RUN_SETUP_H
#define BOOTLEAP_SIM_RUN_SETUP_H

#include "problem.h"
#include "run_state.h"

// Prepares everything: reads the ELF into flash, makes the terminals, opens files, in
// which all stays for now. On failure nothing needs closing.
int run_open(struct run *run, const struct scenario *scenario, const volatile sig_atomic_t *stop,
             struct problem *problem);
void run_close(struct run *run);

// Empties the files that the run writes, when nothing can refuse the run any more.
int run_empty_files(struct run *run, struct problem *problem);

// Puts the firmware into flash.
int run_load_flash(struct run *run, struct problem *problem);

#endif
