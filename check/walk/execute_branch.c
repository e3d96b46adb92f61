// execute_branch.c: branches, calls, returns, and jumps through registers.
// SPDX-License-Identifier: MIT
#include "computes.h"
#include "execute.h"
#include "flags.h"
#include "loop_rounds.h"
#include "loops.h"
#include "operand.h"

enum { DEEPEST_CALL = 14, SAME_CALLS = 2 };

static const uint32_t EXC_RETURN = 0xFFFFFF00, THUMB = 1;

// How often this return address waits already.
static unsigned count_calls(const struct frame *frames, uint32_t back)
{
    unsigned count = 0;

    for (; frames; frames = frames->caller) {
        count += frames->back == back;
    }
    return count;
}

static enum step skip_call(struct walker *walker, struct state *state, uint32_t target,
                           uint32_t back)
{
    struct event skipped = {.kind = EVENT_UNKNOWN, .pc = state->pc, .address = target};

    if (!walker_event(walker, state, &skipped)) {
        return STEP_FAILED;
    }
    walker_unknown_call(walker, state);
    state->pc = back;
    return STEP_ON;
}

// Whether a function is called that only computes, with numbers that nobody knows.
static bool is_unknown_number(struct walker *walker, const struct state *state, uint32_t target)
{
    return (!value_is_number(&state->r[0]) || !value_is_number(&state->r[1])) &&
           computes_only(walker, target);
}

static enum step call(struct walker *walker, struct state *state, uint32_t target, uint32_t back)
{
    struct frame frame = {.caller = state->frames,
                          .call = state->pc,
                          .callee = target,
                          .back = back,
                          .depth = state->frames ? state->frames->depth + 1 : 1};
    struct value link = value_number(back | THUMB);

    if (frame.depth > DEEPEST_CALL || count_calls(state->frames, back) >= SAME_CALLS ||
        !firmware_instruction(walker->firmware, target)) {
        return skip_call(walker, state, target, back);
    }
    if (is_unknown_number(walker, state, target)) {
        walker_unknown_result(state);
        state->pc = back;
        return STEP_ON;
    }
    const struct frame *kept = walk_store_frame(walker->store, &frame);
    if (!kept ||
        !walker_event(walker, state,
                      &(struct event){.kind = EVENT_CALL, .pc = state->pc, .address = target})) {
        return STEP_FAILED;
    }
    state->frames = kept;
    state_set_register(state, REGISTER_LR, &link);
    state->pc = target;
    return STEP_ON;
}

// Where nobody knows where it goes, it is a call of something that comes back.
static enum step jump_to_unknown(struct walker *walker, struct state *state, bool links,
                                 uint32_t back)
{
    struct event unknown = {.kind = EVENT_UNKNOWN, .pc = state->pc};

    if (links) {
        return skip_call(walker, state, 0, back);
    }
    if (!walker_event(walker, state, &unknown)) {
        return STEP_FAILED;
    }
    if (!state->frames) {
        return STEP_ENDS;
    }
    walker_unknown_call(walker, state);
    state->pc = state->frames->back;
    state->frames = state->frames->caller;
    return STEP_ON;
}

// Two words behind one unknown pointer, the first of them in MSP: a ROM's table that was passed.
static bool is_passed_table(const struct state *state, const struct value *target)
{
    const struct value *msp = &state->core.msp;

    return target->source == SOURCE_POINTED && msp->source == SOURCE_POINTED &&
           target->from == msp->from && target->offset == msp->offset + 4;
}

// An address beside the stack pointer: code that was copied to the ROM's stack, and no code of the
// ROM. Word 0 itself, taken for a start, has no offset.
static bool is_on_stack(const struct state *state, const struct value *target)
{
    const struct value *msp = &state->core.msp;

    return msp->source == SOURCE_ROM_WORD && target->from == msp->from && target->offset != 0;
}

// Whether it goes to a ROM, as far as anybody can tell: the stack is the ROM's already.
static bool enters(const struct walker *walker, const struct state *state,
                   const struct value *target)
{
    const struct value *msp = &state->core.msp;

    if (value_is_number(target)) {
        return walker_is_rom(walker, target->bits & ~THUMB);
    }
    return (target->source == SOURCE_ROM_WORD && !is_on_stack(state, target)) ||
           target->source == SOURCE_NEW_STACK || is_passed_table(state, target) ||
           (msp->source == SOURCE_ROM_WORD && msp->offset == 0 && state->stack == STACK_MAIN &&
            target->source != SOURCE_ROM_WORD);
}

static enum step jump_to_number(struct walker *walker, struct state *state, uint32_t number,
                                bool links, uint32_t back)
{
    uint32_t target = number & ~THUMB;

    if (number >= EXC_RETURN || target == RETURN_FROM_ROOT) {
        return STEP_ENDS;
    }
    if (links) {
        return call(walker, state, target, back);
    }
    if (state->frames && state->frames->back == target) {
        state->frames = state->frames->caller;
    }
    state->pc = target;
    return STEP_ON;
}

enum step execute_jump(struct walker *walker, struct state *state, const struct value *target,
                       bool links, uint32_t back)
{
    if (enters(walker, state, target)) {
        return walker_enter(walker, state, target, links) ? STEP_ENDS : STEP_FAILED;
    }
    if (value_is_number(target)) {
        return jump_to_number(walker, state, target->bits, links, back);
    }
    if (value_least(target) >= EXC_RETURN) { // to a thread or to a handler
        return STEP_ENDS;
    }
    walker->gave_up |= is_on_stack(state, target); // nothing follows code that was copied there
    return jump_to_unknown(walker, state, links, back);
}

static void add_successor(struct walker *walker, const struct state *state, uint32_t pc,
                          const struct comparison *check, bool is_equal)
{
    walker->next[walker->next_count++] =
        (struct successor){.pc = pc, .stack = state->stack, .check = *check, .is_equal = is_equal};
}

// `holds` says of the comparison's Z: 1, if the branch is taken where they are equal; -1: it says
// nothing.
static enum step branch_if(struct walker *walker, struct state *state,
                           const struct instruction *instruction, int taken, int on_equal,
                           const struct comparison *comparison)
{
    static const struct comparison nothing = {.is_known = false};
    const struct comparison *check = on_equal < 0 ? &nothing : comparison;
    uint32_t next = instruction->address + instruction->size;

    if (taken >= 0) {
        return loops_branch(walker, state, instruction, taken, comparison->is_time);
    }
    walker->next_count = 0;
    loop_rounds_fork(state, next, instruction->immediate);
    add_successor(walker, state, next, check, on_equal == 0);
    add_successor(walker, state, instruction->immediate, check, on_equal == 1);
    return STEP_FORKS;
}

// On the way where both are equal, the register holds what it was compared with: also where a loop
// is left before its end, and nothing else is known of the register.
static enum step tell(struct walker *walker, struct state *state,
                      const struct instruction *instruction, enum step step, bool on_taken,
                      uint16_t told, uint32_t number)
{
    uint32_t equal = on_taken ? instruction->immediate : instruction->address + instruction->size;
    struct value value = value_number(number);

    if (step == STEP_FORKS) {
        walker->next[on_taken].tells = true;
        walker->next[on_taken].told = told;
        walker->next[on_taken].number = number;
    } else if (step == STEP_ON && state->pc == equal) {
        state_set_registers(state, told, &value);
    }
    return step;
}

static const struct instruction *executed(const struct walker *walker, uint32_t address)
{
    return address ? firmware_instruction(walker->firmware, address) : NULL;
}

static bool is_copy(const struct instruction *instruction)
{
    return instruction && instruction->operation == OP_MOV && !instruction->has_immediate &&
           instruction->shift_by == 0 && instruction->d < REGISTER_SP &&
           instruction->m < REGISTER_SP;
}

// A bit for this register, and one for that of which `copy` has just made it a copy, or for the
// copy.
static uint16_t with_copy(const struct instruction *copy, uint8_t number)
{
    bool copies = is_copy(copy) && (copy->d == number || copy->m == number);

    return (uint16_t)(copies ? 1u << copy->d | 1u << copy->m : 1u << number);
}

// Whether Z says that what it writes to its d is 0.
static bool sets_flags_by_result(const struct instruction *instruction)
{
    return instruction->sets_flags && instruction->operation >= OP_MOV &&
           instruction->operation <= OP_INSERT && instruction->operation != OP_UMULL &&
           instruction->d < REGISTER_SP;
}

// The registers that the instruction right before this branch compares with *number; 0: none.
static uint16_t compared_with_number(const struct walker *walker, const struct state *state,
                                     uint32_t *number)
{
    const struct instruction *last = executed(walker, state->last);

    if (!last || last->address + last->size != state->pc) {
        return 0;
    }
    if (sets_flags_by_result(last)) {
        *number = 0;
        return with_copy(last, last->d);
    }
    if (last->operation != OP_CMP || !last->has_immediate || last->n >= REGISTER_SP) {
        return 0;
    }
    *number = last->immediate;
    return with_copy(executed(walker, state->last_but_one), last->n);
}

static enum step branch(struct walker *walker, struct state *state,
                        const struct instruction *instruction)
{
    unsigned condition = instruction->condition;
    int on_equal = condition == CONDITION_EQ ? 1 : condition == CONDITION_NE ? 0 : -1;
    uint32_t number = 0;
    uint16_t compared = on_equal >= 0 ? compared_with_number(walker, state, &number) : 0;
    enum step step =
        branch_if(walker, state, instruction, flags_condition(&state->flags, condition), on_equal,
                  &state->flags.comparison);

    return compared ? tell(walker, state, instruction, step, on_equal, compared, number) : step;
}

static enum step branch_on_zero(struct walker *walker, struct state *state,
                                const struct instruction *instruction)
{
    struct value value = operand_register(state, instruction, instruction->n);
    struct comparison comparison = comparison_with_zero(&value);
    bool on_zero = instruction->operation == OP_CBZ;
    int is_zero = value.bits ? 0 : value_is_number(&value) ? 1 : -1;
    enum step step = branch_if(walker, state, instruction,
                               is_zero < 0 ? -1
                               : on_zero   ? is_zero
                                           : !is_zero,
                               on_zero, &comparison);

    return tell(walker, state, instruction, step, on_zero,
                with_copy(executed(walker, state->last), instruction->n), 0);
}

// WLS: a loop of LR rounds, or none.
static enum step start_loop(struct walker *walker, struct state *state,
                            const struct instruction *instruction)
{
    static const struct comparison nothing = {.is_known = false};
    struct value rounds = operand_register(state, instruction, instruction->n);
    int is_zero = rounds.bits ? 0 : value_is_number(&rounds) ? 1 : -1;

    state_set_register(state, REGISTER_LR, &rounds);
    return branch_if(walker, state, instruction, is_zero, -1, &nothing);
}

// LE: one round less. LETP takes as many elements as a vector has, which nobody knows here.
static enum step end_loop(struct walker *walker, struct state *state,
                          const struct instruction *instruction)
{
    static const struct comparison nothing = {.is_known = false};
    struct value rounds = state->r[REGISTER_LR], one = value_number(1), left = value_unknown();
    int taken = -1;

    if (instruction->width == 0 && value_is_number(&rounds)) {
        taken = rounds.bits > 1;
        left = taken ? value_subtract(&rounds, &one) : rounds;
    }
    state_set_register(state, REGISTER_LR, &left);
    return branch_if(walker, state, instruction, taken, -1, &nothing);
}

enum step execute_branch(struct walker *walker, struct state *state,
                         const struct instruction *instruction)
{
    uint32_t back = instruction->address + instruction->size;
    struct value target;

    switch (instruction->operation) {
    case OP_B:
        return branch(walker, state, instruction);
    case OP_CBZ:
    case OP_CBNZ:
        return branch_on_zero(walker, state, instruction);
    case OP_BL:
        return call(walker, state, instruction->immediate, back);
    case OP_TABLE:
        return execute_table(walker, state, instruction);
    case OP_ADD_PC:
        return execute_add_pc(walker, state, instruction);
    case OP_LOOP_START:
        return start_loop(walker, state, instruction);
    case OP_LOOP_END:
        return end_loop(walker, state, instruction);
    default:
        target = operand_register(state, instruction, instruction->m);
        if (instruction->moves_pc && target.source == SOURCE_PLAIN && !value_is_number(&target)) {
            return execute_move_pc(walker, state, instruction);
        }
        return execute_jump(walker, state, &target, instruction->operation == OP_BLX, back);
    }
}
