// run_board.h: what a scenario says of the chip and of the board around it.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_RUN_BOARD_H
#define BOOTLEAP_SIM_RUN_BOARD_H

#include "run_state.h"

// Where the second bank starts, from the start of flash on; 0 where no ROM looks for one.
uint32_t run_second_bank(const struct device *device);

// Option bytes, pins, banks, and registers that the application will have set. Returns 0, or the
// exit code that is in *problem; so does the next.
int run_open_board(struct run *run, struct problem *problem);

// The mark where the firmware has it.
int run_place_mark(struct run *run, struct problem *problem);

#endif
