// decision_operands.c: what the operands of an instruction hold of a load.
// SPDX-License-Identifier: MIT
#include "decision_operands.h"

int decision_register(arm_reg which)
{
    switch (which) {
    case ARM_REG_SP:
        return STEP_SP;
    case ARM_REG_LR:
        return STEP_LR;
    case ARM_REG_PC:
        return STEP_PC;
    default:
        return which >= ARM_REG_R0 && which <= ARM_REG_R12 ? (int)(which - ARM_REG_R0) : LOAD_NONE;
    }
}

const cs_arm_op *decision_operand(const cs_insn *instruction, unsigned number)
{
    const cs_arm *arm = &instruction->detail->arm;

    return number < arm->op_count ? &arm->operands[number] : NULL;
}

struct held decision_held_by(const struct decision *decision, const cs_arm_op *op)
{
    int which = op && op->type == ARM_OP_REG ? decision_register((arm_reg)op->reg) : LOAD_NONE;
    struct held held = which == LOAD_NONE ? held_nothing : decision->registers[which];

    if (which == LOAD_NONE || op->shift.type == ARM_SFT_INVALID) {
        return held;
    }
    if (op->shift.value == 0 || op->shift.value >= HELD_WORD) {
        return held_nothing;
    }
    return op->shift.type == ARM_SFT_LSR
               ? held_field(held, op->shift.value, HELD_WORD - op->shift.value)
           : op->shift.type == ARM_SFT_LSL ? held_left(held, op->shift.value)
                                           : held_nothing;
}

bool decision_value_of(const struct decision *decision, const cs_arm_op *op,
                       const struct snapshot *step, uint32_t *value)
{
    int which;

    if (op && op->type == ARM_OP_IMM) {
        *value = (uint32_t)op->imm;
        return true;
    }
    if (!op || op->type != ARM_OP_REG || op->shift.type != ARM_SFT_INVALID) {
        return false;
    }
    which = decision_register((arm_reg)op->reg);
    *value = which == LOAD_NONE ? 0 : step->registers[which];
    return which != LOAD_NONE && decision->registers[which].load == LOAD_NONE;
}

void decision_set_register(struct decision *decision, const cs_arm_op *op, struct held held)
{
    int which = op && op->type == ARM_OP_REG ? decision_register((arm_reg)op->reg) : LOAD_NONE;

    if (which != LOAD_NONE) {
        decision->registers[which] = held.mask ? held : held_nothing;
    }
}
