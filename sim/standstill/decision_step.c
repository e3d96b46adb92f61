// decision_step.c: what an instruction makes of what registers hold of a load.
// SPDX-License-Identifier: MIT
#include "decision.h"
#include "decision_operands.h"

static void set_flags(struct decision *decision, struct held held, uint32_t with, uint32_t carry,
                      bool by_size)
{
    decision->flags = held;
    decision->with = with;
    decision->carry = carry;
    decision->by_size = by_size;
}

// AND, BIC, TST: some of the bits. `op` and `other` may stand the other way round but for BIC.
static struct held and_of(const struct decision *decision, const cs_insn *instruction,
                          const cs_arm_op *op, const cs_arm_op *other, const struct snapshot *step)
{
    struct held held = decision_held_by(decision, op), of_other = decision_held_by(decision, other);
    bool clears = instruction->id == ARM_INS_BIC;
    uint32_t value;

    if (held.load != LOAD_NONE && decision_value_of(decision, other, step, &value)) {
        held.mask &= held_moved(clears ? ~value : value, held.shift);
        return held;
    }
    if (of_other.load == LOAD_NONE || !decision_value_of(decision, op, step, &value)) {
        return held_nothing;
    }
    of_other.mask &= held_moved(value, of_other.shift);
    of_other.inverted ^= clears;
    return of_other;
}

static void do_and(struct decision *decision, const cs_insn *instruction,
                   const struct snapshot *step)
{
    bool keeps = instruction->id != ARM_INS_TST;
    const cs_arm_op *first = decision_operand(instruction, 0), *op = first,
                    *last = decision_operand(instruction, 1);
    struct held held;

    if (decision_operand(instruction, 2)) {
        op = last;
        last = decision_operand(instruction, 2);
    }
    held = and_of(decision, instruction, op, last, step);
    if (keeps) {
        decision_set_register(decision, first, held);
    }
    if (!keeps || instruction->detail->arm.update_flags) {
        set_flags(decision, held, held_zero(held), 0, false);
    }
}

static void do_shift(struct decision *decision, const cs_insn *instruction, bool left)
{
    const cs_arm_op *by = decision_operand(instruction, 2);
    struct held held = decision_held_by(decision, decision_operand(instruction, 1));
    unsigned bits = by && by->type == ARM_OP_IMM ? (unsigned)by->imm : 0;
    uint32_t out, carry;

    if (bits == 0 || bits >= HELD_WORD) {
        held = held_nothing;
        bits = 1;
    }
    out = left ? 1u << (HELD_WORD - bits) : 1u << (bits - 1); // the last bit that leaves
    carry = held.mask & held_moved(out, held.shift);
    held = left ? held_left(held, bits) : held_field(held, bits, HELD_WORD - bits);
    decision_set_register(decision, decision_operand(instruction, 0), held);
    if (instruction->detail->arm.update_flags) {
        set_flags(decision, held, held_zero(held), carry, false);
    }
}

// What one of two operands holds; the other one is at *other.
static struct held either(const struct decision *decision, const cs_arm_op *op,
                          const cs_arm_op **other)
{
    struct held held = decision_held_by(decision, op);

    if (held.load == LOAD_NONE) {
        held = decision_held_by(decision, *other);
        *other = op;
    }
    return held;
}

// EOR with bits that all change, or none.
static void do_invert(struct decision *decision, const cs_insn *instruction,
                      const struct snapshot *step)
{
    bool two = !decision_operand(instruction, 2);
    const cs_arm_op *other = decision_operand(instruction, two ? 1 : 2);
    struct held held = either(decision, decision_operand(instruction, two ? 0 : 1), &other);
    uint32_t value = 0;

    if (!decision_value_of(decision, other, step, &value)) {
        held = held_nothing;
    }
    value = held_moved(value, held.shift) & held.mask;
    held.inverted ^= value != 0;
    decision_set_register(decision, decision_operand(instruction, 0),
                          value == 0 || value == held.mask ? held : held_nothing);
    if (instruction->detail->arm.update_flags) {
        decision->flags = held_nothing;
    }
}

static void do_compare(struct decision *decision, const cs_insn *instruction,
                       const struct snapshot *step)
{
    const cs_arm_op *other = decision_operand(instruction, 1);
    struct held held = either(decision, decision_operand(instruction, 0), &other);
    uint32_t value = 0;

    if (!decision_value_of(decision, other, step, &value) && !held.computed) {
        held = held_nothing;
    }
    value = held_moved(value, held.shift);
    set_flags(decision, held, held.inverted ? ~value : value, 0, true);
}

// ADD, SUB.
static void do_compute(struct decision *decision, const cs_insn *instruction)
{
    bool two = !decision_operand(instruction, 2);
    const cs_arm_op *other = decision_operand(instruction, two ? 1 : 2);
    struct held held = either(decision, decision_operand(instruction, two ? 0 : 1), &other);

    held.computed = true;
    decision_set_register(decision, decision_operand(instruction, 0), held);
    if (instruction->detail->arm.update_flags) {
        set_flags(decision, held, 0, 0, true);
    }
}

// CBZ, CBNZ.
static void do_zero_branch(struct decision *decision, const cs_insn *instruction)
{
    struct held held = decision_held_by(decision, decision_operand(instruction, 0));

    if (held.load != LOAD_NONE) {
        decision->flags = held;
        decision_decide(decision, held.mask, held_zero(held));
    }
}

static void do_move(struct decision *decision, const cs_insn *instruction)
{
    struct held held = decision_held_by(decision, decision_operand(instruction, 1));

    held.inverted ^= instruction->id == ARM_INS_MVN;
    decision_set_register(decision, decision_operand(instruction, 0), held);
    if (instruction->detail->arm.update_flags) {
        set_flags(decision, held, held_zero(held), 0, false);
    }
}

// UBFX, UXTB and their kind. False where it is none of them.
static bool do_field(struct decision *decision, const cs_insn *instruction)
{
    const cs_arm_op *low = decision_operand(instruction, 2),
                    *width = decision_operand(instruction, 3);
    struct held held = decision_held_by(decision, decision_operand(instruction, 1));

    switch (instruction->id) {
    case ARM_INS_UBFX:
    case ARM_INS_SBFX:
        held = held_field(held, (unsigned)low->imm, (unsigned)width->imm);
        break;
    case ARM_INS_UXTB:
    case ARM_INS_SXTB:
        held = low ? held_nothing : held_field(held, 0, 8);
        break;
    case ARM_INS_UXTH:
    case ARM_INS_SXTH:
        held = low ? held_nothing : held_field(held, 0, 16);
        break;
    default:
        return false;
    }
    decision_set_register(decision, decision_operand(instruction, 0), held);
    return true;
}

// An instruction that is not known here: what it writes holds nothing of a load any more.
static void forget(struct decision *decision, const cs_insn *instruction)
{
    const cs_arm *arm = &instruction->detail->arm;

    for (unsigned i = 0; i < arm->op_count; i++) {
        if (arm->operands[i].type == ARM_OP_REG && arm->operands[i].access & CS_AC_WRITE) {
            decision_set_register(decision, &arm->operands[i], held_nothing);
        }
    }
    if (arm->update_flags) {
        decision->flags = held_nothing;
    }
}

void decision_step(struct decision *decision, const cs_insn *instruction,
                   const struct snapshot *step)
{
    switch (instruction->id) {
    case ARM_INS_AND:
    case ARM_INS_BIC:
    case ARM_INS_TST:
        do_and(decision, instruction, step);
        return;
    case ARM_INS_EOR:
        do_invert(decision, instruction, step);
        return;
    case ARM_INS_LSL:
    case ARM_INS_LSR:
        do_shift(decision, instruction, instruction->id == ARM_INS_LSL);
        return;
    case ARM_INS_CMP:
        do_compare(decision, instruction, step);
        return;
    case ARM_INS_ADD:
    case ARM_INS_SUB:
        do_compute(decision, instruction);
        return;
    case ARM_INS_CBZ:
    case ARM_INS_CBNZ:
        do_zero_branch(decision, instruction);
        return;
    case ARM_INS_MOV:
    case ARM_INS_MVN:
        do_move(decision, instruction);
        return;
    default:
        if (!do_field(decision, instruction)) {
            forget(decision, instruction);
        }
    }
}
