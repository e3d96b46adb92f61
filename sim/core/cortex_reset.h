// cortex_reset.h: opens, closes and resets a core.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_CORTEX_RESET_H
#define BOOTLEAP_SIM_CORTEX_RESET_H

#include "cortex.h"
#include "problem.h"

// `memory` is open and outlives the core. The core's engine is made by whoever maps its memory.
int cortex_open(struct cortex *core, const struct device *device, struct memory *memory,
                struct problem *problem);
void cortex_close(struct cortex *core);

// What a reset does to everything but the engine. Lines that are high become pending again.
void cortex_reset(struct cortex *core);

#endif
