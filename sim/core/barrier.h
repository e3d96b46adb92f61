// barrier.h: whether CONTROL was written without an ISB after it.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_BARRIER_H
#define BOOTLEAP_SIM_BARRIER_H

#include "cortex.h"

// `pc` is about to be executed: notes in the chip what it means. To be asked of each instruction
// from the call that enters without a reset.
void barrier_look(struct cortex *core, uint32_t pc);

#endif
