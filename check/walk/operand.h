// operand.h: what an instruction reads from registers, and the registers that it writes.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_OPERAND_H
#define BOOTLEAP_CHECK_OPERAND_H

#include "walker.h"

// A register as an instruction reads it: PC is two instructions on.
struct value operand_register(const struct state *state, const struct instruction *instruction,
                              unsigned number);

// The second operand: the immediate, or the register, shifted.
struct value operand_second(const struct state *state, const struct instruction *instruction);

// The address of a load or store, and what the base becomes.
struct value operand_address(const struct state *state, const struct instruction *instruction,
                             struct value *base_after);

#endif
