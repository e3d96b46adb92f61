// crystal.h: whether the ROM finds a crystal on the board.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_CRYSTAL_H
#define BOOTLEAP_SIM_CRYSTAL_H

#include "run_state.h"

// Whether it does at this handoff. By chance, where the scenario says so: each question is a
// draw.
bool crystal_is_found(struct run *run);

#endif
