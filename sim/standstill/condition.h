// condition.h: under which condition an instruction is executed, and whether that holds.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_CONDITION_H
#define BOOTLEAP_SIM_CONDITION_H

#include <capstone/capstone.h>
#include <stdbool.h>
#include <stdint.h>

// The condition of this instruction: its own, or that of the IT block that it is in, which Capstone
// does not know of a single instruction. `it_state` is that of the block (ITSTATE: Armv7-M ARM,
// A7.3.2), 0 outside; it goes on. ARM_CC_AL or ARM_CC_INVALID: none.
arm_cc condition_of(unsigned *it_state, const cs_insn *instruction);

// An instruction of the block is left out.
void condition_skip(unsigned *it_state);

// Whether an instruction with this condition is executed: the flags are the upper bits of xPSR.
bool condition_passes(arm_cc condition, uint32_t xpsr);

#endif
