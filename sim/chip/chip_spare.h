// chip_spare.h: what a chip leaves to the next one: memories, and an engine with its translations.
// SPDX-License-Identifier: MIT
//
// For thousands of runs of one firmware. Making an engine and translating the same code again takes
// longer than the run itself. What is left is used by a chip of the same row only; that flash will
// hold the same code is for the caller to know, who closes the spare where it does not.
#ifndef BOOTLEAP_SIM_CHIP_SPARE_H
#define BOOTLEAP_SIM_CHIP_SPARE_H

#include "chip_state.h"

struct chip_spare {
    const char *slug; // of the row; NULL: nothing is left
    struct memory memory;
    struct cpu *cpu;   // NULL: only memories are left
    bool alias_mapped; // what the engine sees at address 0
};

// The memories that are left for this row, NULL if none are.
struct memory *chip_spare_memory(struct chip_spare *spare, const struct device *device);

// Gives the chip the engine that is left; its memories must be those that were left with it.
void chip_spare_give(struct chip_spare *spare, struct chip *chip);

// Takes memories and engine from a chip that is about to be closed. An engine that has seen code
// change, RAM that could not be read, or a fault is not taken.
void chip_spare_take(struct chip_spare *spare, struct chip *chip);

void chip_spare_close(struct chip_spare *spare);

#endif
