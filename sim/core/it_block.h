// it_block.h: tells the instructions of an IT block from others.
// SPDX-License-Identifier: MIT
//
// The engine shows those whose condition holds only, and executes them even if it is asked to
// stop before. So whoever wants to hold the core there waits for the end of the block.
#ifndef BOOTLEAP_SIM_IT_BLOCK_H
#define BOOTLEAP_SIM_IT_BLOCK_H

#include "cpu.h"

struct it_block {
    uint32_t first, end; // of the last one; empty if none was seen
};

// Whether the instruction at `pc` is in an IT block. To be asked of each instruction in turn.
bool it_block_has(struct it_block *block, struct cpu *cpu, uint32_t pc);

#endif
