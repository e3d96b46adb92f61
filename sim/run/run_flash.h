// run_flash.h: the flash of the chip of a run, which may be smaller than its line's largest.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_RUN_FLASH_H
#define BOOTLEAP_SIM_RUN_FLASH_H

#include "run_state.h"

// Gives the run's row size and pages of this chip, and fills in what its ROM reads. Returns 0, or
// the exit code that is in *problem.
int run_size_flash(struct run *run, struct problem *problem);

// The same in the chip, once that is there, and its unique id.
void run_show_flash(struct run *run);

#endif
