// decision.c: follows what is loaded through registers to the branch that it decides.
// SPDX-License-Identifier: MIT
//
// Compilers test a bit in many ways: TST, ANDS, a shift that brings it to N or C, CMP of a field,
// CBZ. What is not known here ends the trail: then no bit is named, but never a wrong one.
#include "decision.h"

#include "condition.h"
#include "decision_operands.h"

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

int load_rank(const struct load *load)
{
    return 2 * load->depth + load->stays;
}

void decision_decide(struct decision *decision, uint32_t mask, uint32_t with)
{
    struct load *load = &decision->loads->list[decision->flags.load];
    struct load now = {.depth = decision->depth, .stays = decision->stays};

    if (decision->flags.computed) {
        load->by_size = true;
    } else if (!load->mask || load_rank(&now) < load_rank(load)) { // of those alike the first
        load->mask = mask;
        load->with = with & mask;
        load->depth = now.depth;
        load->stays = now.stays;
        load->several = false;
    } else if (load_rank(&now) == load_rank(load) && mask & ~load->mask) {
        load->mask |= mask;
        load->several = true;
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
        decision_decide(decision, held.mask, decision->with);
    } else if (signs && sign) {
        decision_decide(decision, sign, held.inverted ? sign : 0);
    } else if ((condition == ARM_CC_HS || condition == ARM_CC_LO) && decision->carry) {
        decision_decide(decision, decision->carry, held.inverted ? decision->carry : 0);
    } else {
        decision->loads->list[held.load].by_size = true;
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

void decision_load(struct decision *decision, const cs_insn *instruction, int load)
{
    unsigned size = decision->loads->list[load].size;
    uint32_t mask = size == 4 ? UINT32_MAX : (1u << 8 * size) - 1;

    decision_set_register(decision, decision_operand(instruction, 0),
                          (struct held){.load = load, .mask = mask});
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
    decision->slots[slot] = decision_held_by(decision, decision_operand(instruction, 0));
}

void decision_fill(struct decision *decision, const cs_insn *instruction, uint32_t address)
{
    struct held held = held_nothing;

    for (unsigned i = 0; i < DECISION_SLOTS; i++) {
        held = decision->places[i] == address ? decision->slots[i] : held;
    }
    decision_set_register(decision, decision_operand(instruction, 0), held);
}
