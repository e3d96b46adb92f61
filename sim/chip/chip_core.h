// chip_core.h: makes the core's engine and starts it.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_CHIP_CORE_H
#define BOOTLEAP_SIM_CHIP_CORE_H

#include "chip_state.h"
#include "problem.h"

// Tells the core whom to ask for a reset, and registers the chip's own event. False if there is no
// room.
bool chip_core_open(struct chip *chip);

// Has an engine that was another chip's ask this one.
void chip_core_adopt(struct chip *chip);

// Resets the core and nothing else; where code has changed, it is made anew, so that what it
// has translated is forgotten.
int chip_renew_core(struct chip *chip, struct problem *problem);

// Loads the initial stack pointer and PC from the vector table at `table`.
void chip_start(struct chip *chip, uint32_t table);

#endif
