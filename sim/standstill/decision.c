// decision.c: follows what is loaded through registers to the branch that it decides.
// SPDX-License-Identifier: MIT
//
// Compilers test a bit in many ways: TST, ANDS, a shift that brings it to N or C, CMP of a field,
// CBZ. What is not known here ends the trail: then no bit is named, but never a wrong one.
#include "decision.h"

#include "condition.h"

void decision_begin(struct decision *decision, struct loads *loads)
{
    *decision = (struct decision){.loads = loads, .flags = held_nothing};
    for (int i = 0; i < DECISION_REGISTERS; i++) {
        decision->registers[i] = held_nothing;
    }
    for (int i = 0; i < DECISION_SLOTS; i++) {
        decision->slots[i] = held_nothing;
    }
}

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

static const cs_arm_op *operand(const cs_insn *instruction, unsigned number)
{
    const cs_arm *arm = &instruction->detail->arm;

    return number < arm->op_count ? &arm->operands[number] : NULL;
}

// What an operand holds of a load, behind the shift that is part of it.
static struct held held_by(const struct decision *decision, const cs_arm_op *op)
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

// The value of an operand that holds nothing of a load. False where it is not known.
static bool value_of(const struct decision *decision, const cs_arm_op *op,
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

static void set_register(struct decision *decision, const cs_arm_op *op, struct held held)
{
    int which = op && op->type == ARM_OP_REG ? decision_register((arm_reg)op->reg) : LOAD_NONE;

    if (which != LOAD_NONE) {
        decision->registers[which] = held.mask ? held : held_nothing;
    }
}

static void set_flags(struct decision *decision, struct held held, uint32_t with, uint32_t carry,
                      bool by_size)
{
    decision->flags = held;
    decision->with = with;
    decision->carry = carry;
    decision->by_size = by_size;
}

// The bits under `mask` decide, by whether they are `with`.
static void decide(struct decision *decision, uint32_t mask, uint32_t with)
{
    struct load *load = &decision->loads->list[decision->flags.load];

    if (decision->flags.computed) {
        load->by_size = true;
    } else if (!load->mask) { // the first branch counts
        load->mask = mask;
        load->with = with & mask;
    }
    decision->flags = held_nothing;
}

// An instruction that is executed under a condition: the flags are asked.
static void ask_flags(struct decision *decision, arm_cc condition)
{
    struct held held = decision->flags;
    uint32_t sign = held.mask & held_moved(0x80000000u, held.shift);
    bool signs = condition == ARM_CC_MI || condition == ARM_CC_PL;

    if (held.load == LOAD_NONE) {
        return;
    }
    if (decision->by_size) { // the sign of what is compared with 0
        signs |= condition == ARM_CC_GE || condition == ARM_CC_LT;
        signs &= decision->with == held_zero(held);
    }
    if (held.computed || condition == ARM_CC_EQ || condition == ARM_CC_NE) {
        decide(decision, held.mask, decision->with);
    } else if (signs && sign) {
        decide(decision, sign, held.inverted ? sign : 0);
    } else if ((condition == ARM_CC_HS || condition == ARM_CC_LO) && decision->carry) {
        decide(decision, decision->carry, held.inverted ? decision->carry : 0);
    } else {
        decision->loads->list[held.load].by_size = true;
        decision->flags = held_nothing;
    }
}

// AND, BIC, TST: some of the bits. `op` and `other` may stand the other way round but for BIC.
static struct held and_of(const struct decision *decision, const cs_insn *instruction,
                          const cs_arm_op *op, const cs_arm_op *other, const struct snapshot *step)
{
    struct held held = held_by(decision, op), of_other = held_by(decision, other);
    bool clears = instruction->id == ARM_INS_BIC;
    uint32_t value;

    if (held.load != LOAD_NONE && value_of(decision, other, step, &value)) {
        held.mask &= held_moved(clears ? ~value : value, held.shift);
        return held;
    }
    if (of_other.load == LOAD_NONE || !value_of(decision, op, step, &value)) {
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
    const cs_arm_op *first = operand(instruction, 0), *op = first, *last = operand(instruction, 1);
    struct held held;

    if (operand(instruction, 2)) {
        op = last;
        last = operand(instruction, 2);
    }
    held = and_of(decision, instruction, op, last, step);
    if (keeps) {
        set_register(decision, first, held);
    }
    if (!keeps || instruction->detail->arm.update_flags) {
        set_flags(decision, held, held_zero(held), 0, false);
    }
}

static void do_shift(struct decision *decision, const cs_insn *instruction, bool left)
{
    const cs_arm_op *by = operand(instruction, 2);
    struct held held = held_by(decision, operand(instruction, 1));
    unsigned bits = by && by->type == ARM_OP_IMM ? (unsigned)by->imm : 0;
    uint32_t out, carry;

    if (bits == 0 || bits >= HELD_WORD) {
        held = held_nothing;
        bits = 1;
    }
    out = left ? 1u << (HELD_WORD - bits) : 1u << (bits - 1); // the last bit that leaves
    carry = held.mask & held_moved(out, held.shift);
    held = left ? held_left(held, bits) : held_field(held, bits, HELD_WORD - bits);
    set_register(decision, operand(instruction, 0), held);
    if (instruction->detail->arm.update_flags) {
        set_flags(decision, held, held_zero(held), carry, false);
    }
}

// What one of two operands holds; the other one is at *other.
static struct held either(const struct decision *decision, const cs_arm_op *op,
                          const cs_arm_op **other)
{
    struct held held = held_by(decision, op);

    if (held.load == LOAD_NONE) {
        held = held_by(decision, *other);
        *other = op;
    }
    return held;
}

// EOR with bits that all change, or none.
static void do_invert(struct decision *decision, const cs_insn *instruction,
                      const struct snapshot *step)
{
    bool two = !operand(instruction, 2);
    const cs_arm_op *other = operand(instruction, two ? 1 : 2);
    struct held held = either(decision, operand(instruction, two ? 0 : 1), &other);
    uint32_t value = 0;

    if (!value_of(decision, other, step, &value)) {
        held = held_nothing;
    }
    value = held_moved(value, held.shift) & held.mask;
    held.inverted ^= value != 0;
    set_register(decision, operand(instruction, 0),
                 value == 0 || value == held.mask ? held : held_nothing);
    if (instruction->detail->arm.update_flags) {
        decision->flags = held_nothing;
    }
}

static void do_compare(struct decision *decision, const cs_insn *instruction,
                       const struct snapshot *step)
{
    const cs_arm_op *other = operand(instruction, 1);
    struct held held = either(decision, operand(instruction, 0), &other);
    uint32_t value = 0;

    if (!value_of(decision, other, step, &value) && !held.computed) {
        held = held_nothing;
    }
    value = held_moved(value, held.shift);
    set_flags(decision, held, held.inverted ? ~value : value, 0, true);
}

// ADD, SUB.
static void do_compute(struct decision *decision, const cs_insn *instruction)
{
    bool two = !operand(instruction, 2);
    const cs_arm_op *other = operand(instruction, two ? 1 : 2);
    struct held held = either(decision, operand(instruction, two ? 0 : 1), &other);

    held.computed = true;
    set_register(decision, operand(instruction, 0), held);
    if (instruction->detail->arm.update_flags) {
        set_flags(decision, held, 0, 0, true);
    }
}

// CBZ, CBNZ.
static void do_zero_branch(struct decision *decision, const cs_insn *instruction)
{
    struct held held = held_by(decision, operand(instruction, 0));

    if (held.load != LOAD_NONE) {
        decision->flags = held;
        decide(decision, held.mask, held_zero(held));
    }
}

static void do_move(struct decision *decision, const cs_insn *instruction)
{
    struct held held = held_by(decision, operand(instruction, 1));

    held.inverted ^= instruction->id == ARM_INS_MVN;
    set_register(decision, operand(instruction, 0), held);
    if (instruction->detail->arm.update_flags) {
        set_flags(decision, held, held_zero(held), 0, false);
    }
}

// UBFX, UXTB and their kind. False where it is none of them.
static bool do_field(struct decision *decision, const cs_insn *instruction)
{
    const cs_arm_op *low = operand(instruction, 2), *width = operand(instruction, 3);
    struct held held = held_by(decision, operand(instruction, 1));

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
    set_register(decision, operand(instruction, 0), held);
    return true;
}

// An instruction that is not known here: what it writes holds nothing of a load any more.
static void forget(struct decision *decision, const cs_insn *instruction)
{
    const cs_arm *arm = &instruction->detail->arm;

    for (unsigned i = 0; i < arm->op_count; i++) {
        if (arm->operands[i].type == ARM_OP_REG && arm->operands[i].access & CS_AC_WRITE) {
            set_register(decision, &arm->operands[i], held_nothing);
        }
    }
    if (arm->update_flags) {
        decision->flags = held_nothing;
    }
}

bool decision_begins(struct decision *decision, const cs_insn *instruction,
                     const struct snapshot *step)
{
    arm_cc condition = condition_of(&decision->it_state, instruction);

    if (condition == ARM_CC_AL || condition == ARM_CC_INVALID) {
        return true;
    }
    ask_flags(decision, condition);
    return condition_passes(condition, step->registers[STEP_XPSR]);
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

void decision_load(struct decision *decision, const cs_insn *instruction, int load)
{
    unsigned size = decision->loads->list[load].size;
    uint32_t mask = size == 4 ? UINT32_MAX : (1u << 8 * size) - 1;

    set_register(decision, operand(instruction, 0), (struct held){.load = load, .mask = mask});
}

void decision_spill(struct decision *decision, const cs_insn *instruction, uint32_t address)
{
    unsigned slot = decision->next_slot;

    for (unsigned i = 0; i < DECISION_SLOTS; i++) {
        slot = decision->places[i] == address ? i : slot;
    }
    decision->next_slot =
        slot == decision->next_slot ? (slot + 1) % DECISION_SLOTS : decision->next_slot;
    decision->places[slot] = address;
    decision->slots[slot] = held_by(decision, operand(instruction, 0));
}

void decision_fill(struct decision *decision, const cs_insn *instruction, uint32_t address)
{
    struct held held = held_nothing;

    for (unsigned i = 0; i < DECISION_SLOTS; i++) {
        held = decision->places[i] == address ? decision->slots[i] : held;
    }
    set_register(decision, operand(instruction, 0), held);
}
