// decision_operands.h: what the operands of an instruction hold of a load.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_DECISION_OPERANDS_H
#define BOOTLEAP_SIM_DECISION_OPERANDS_H

#include "decision_state.h"

// The number of the register, 0 to 15; LOAD_NONE for those of the FPU.
int decision_register(arm_reg which);

// The operand of this number, NULL where the instruction has fewer.
const cs_arm_op *decision_operand(const cs_insn *instruction, unsigned number);

// What an operand holds of a load, behind the shift that is part of it; `op` may be NULL.
struct held decision_held_by(const struct decision *decision, const cs_arm_op *op);

// The value of an operand that holds nothing of a load. False where it is not known.
bool decision_value_of(const struct decision *decision, const cs_arm_op *op,
                       const struct snapshot *step, uint32_t *value);

// From now on the register of this operand holds that. An operand of another kind is left out.
void decision_set_register(struct decision *decision, const cs_arm_op *op, struct held held);

#endif
