// chip_run.h: lets the core run, and leaves work for between two instructions.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_CHIP_RUN_H
#define BOOTLEAP_SIM_CHIP_RUN_H

#include "chip_state.h"

// Lets the core run until something happens that the caller must look at: a reset is wanted,
// an instruction was fetched in system memory, chip_pause() was called,
// or the core cannot go on, which makes it return false: see core.lockup and cpu_fault().
bool chip_run(struct chip *chip);

// The core is about to execute the instruction at `pc`.
void chip_instruction(struct chip *chip, uint32_t pc);

// Asks for a reset before the next instruction.
void chip_want_reset(struct chip *chip, enum reset_kind kind);

// Makes chip_run() return before the next instruction.
void chip_pause(struct chip *chip);

// Has work done between this instruction and the next; one at a time.
void chip_defer(struct chip *chip, bool (*work)(void *context), void *context);

#endif
