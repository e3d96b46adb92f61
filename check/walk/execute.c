// execute.c: executes one instruction, with its condition in an IT block.
// SPDX-License-Identifier: MIT
#include "execute.h"
#include "flags.h"
#include "loops.h"

#include <string.h>

enum { REGISTERS = 15 };

enum { SVCALL = 11 }; // its number (Armv7-M ARM, B1.5.2)

static enum step execute_other(struct state *state, const struct instruction *instruction)
{
    struct value unknown = value_unknown();

    for (unsigned i = 0; i < REGISTERS; i++) {
        if (instruction->writes >> i & 1) {
            state_set_register(state, i, &unknown);
        }
    }
    if (instruction->sets_flags) {
        flags_forget(&state->flags);
    }
    return STEP_ON;
}

static enum step execute_barrier(struct walker *walker, struct state *state)
{
    struct event isb = {.kind = EVENT_ISB, .pc = state->pc};

    state->core.barrier_missing = false;
    return walker_event(walker, state, &isb) ? STEP_ON : STEP_FAILED;
}

static bool stores(const struct instruction *instruction)
{
    switch (instruction->operation) {
    case OP_STORE:
    case OP_STORE_EXCLUSIVE:
    case OP_STORE_TWO:
    case OP_STORE_MANY:
    case OP_STORE_FLOATS:
        return true;
    default: // of OP_STACK_FLOATS
        return instruction->stores;
    }
}

enum step execute(struct walker *walker, struct state *state, const struct instruction *instruction,
                  bool certain)
{
    bool sets_flags = instruction->sets_flags && !(instruction->narrow_flags && state->it);

    if (instruction->is_memory) {
        return stores(instruction) ? execute_store(walker, state, instruction, certain)
                                   : execute_load(walker, state, instruction);
    }
    if (instruction->operation >= OP_B && instruction->operation <= OP_TABLE) {
        return execute_branch(walker, state, instruction);
    }
    switch (instruction->operation) {
    case OP_NOTHING:
    case OP_IT: // walker_step() has taken it
        return STEP_ON;
    case OP_SVC: // what an operating system does with it, nobody follows
        return walker_exception(walker, state, SVCALL) ? execute_other(state, instruction)
                                                       : STEP_FAILED;
    case OP_OTHER:
        return execute_other(state, instruction);
    case OP_STOPS:
        return STEP_ENDS;
    case OP_ISB:
        return execute_barrier(walker, state);
    case OP_MRS:
    case OP_MSR:
    case OP_CPS:
        return execute_special(walker, state, instruction);
    default:
        return execute_data(state, instruction, sets_flags) ? STEP_ON
                                                            : execute_other(state, instruction);
    }
}

// ITSTATE: the condition of the next instruction in its upper half; 0 outside a block.
static unsigned it_condition(const struct state *state)
{
    return state->it ? state->it >> 4 : (unsigned)CONDITION_ALWAYS;
}

static uint8_t it_after(uint8_t it)
{
    return it & 7 ? (uint8_t)((it & 0xE0) | (it << 1 & 0x1F)) : 0;
}

// Whether it may change a register or memory, and nothing else: then both ways join at once.
// A comparison in such a block is the second half of one of two words: what it tells is wanted.
static bool is_plain(const struct instruction *instruction)
{
    switch (instruction->operation) {
    case OP_CMP:
        return false;
    case OP_LOAD:
        return instruction->d != REGISTER_PC;
    case OP_LOAD_TWO:
    case OP_STORE:
    case OP_STORE_TWO:
    case OP_STORE_MANY:
    case OP_LOAD_FLOATS:
    case OP_STORE_FLOATS:
    case OP_NOTHING:
    case OP_OTHER:
        return true;
    case OP_MSR:
    case OP_CPS:
        return false;
    default:
        return instruction->operation >= OP_MOV && instruction->operation <= OP_INSERT &&
               instruction->d != REGISTER_SP;
    }
}

static int8_t join_flag(int8_t a, int8_t b)
{
    return a == b ? a : (int8_t)-1;
}

// What holds of both.
static void join_registers(struct state *state, const struct value *registers,
                           const struct value *sp, const struct flags *flags)
{
    struct value joined = value_join(sp, &state->core.sp);

    for (unsigned i = 0; i < REGISTERS; i++) {
        state->r[i] = value_join(&registers[i], &state->r[i]);
    }
    if (!value_equal(&joined, &state->core.sp)) {
        state_set_register(state, REGISTER_SP, &joined);
    }
    state->flags = (struct flags){.n = join_flag(flags->n, state->flags.n),
                                  .z = join_flag(flags->z, state->flags.z),
                                  .c = join_flag(flags->c, state->flags.c),
                                  .v = join_flag(flags->v, state->flags.v)};
}

// Executes an instruction of which nobody knows whether it is executed.
static enum step execute_maybe(struct walker *walker, struct state *state,
                               const struct instruction *instruction)
{
    struct value before[REGISTERS], sp = state->core.sp;
    struct flags flags = state->flags;
    enum step step;

    memcpy(before, state->r, sizeof before);
    step = execute(walker, state, instruction, false);
    join_registers(state, before, &sp, &flags);
    return step;
}

// The instruction behind this one, if it is executed exactly where this one is not (ITE); else
// NULL.
static const struct instruction *other_of(const struct walker *walker, const struct state *state,
                                          const struct instruction *instruction)
{
    uint8_t it = it_after(state->it);
    const struct instruction *other =
        it & 0xF ? firmware_instruction(walker->firmware, instruction->address + instruction->size)
                 : NULL;

    return other && (it >> 4 ^ state->it >> 4) == 1 && is_plain(other) ? other : NULL;
}

// Executes one of two instructions: nobody knows which.
static enum step execute_either(struct walker *walker, struct state *state,
                                const struct instruction *first, const struct instruction *second)
{
    struct value before[REGISTERS], after[REGISTERS], sp = state->core.sp, sp_after;
    struct flags flags = state->flags, flags_after;
    enum step step;

    memcpy(before, state->r, sizeof before);
    step = execute(walker, state, first, false);
    if (step != STEP_ON) {
        return step;
    }
    memcpy(after, state->r, sizeof after);
    sp_after = state->core.sp;
    flags_after = state->flags;
    memcpy(state->r, before, sizeof before);
    state->core.sp = sp;
    state->flags = flags;
    state->pc = second->address;
    step = execute(walker, state, second, false);
    join_registers(state, after, &sp_after, &flags_after);
    state->pc = second->address + second->size;
    state->it = it_after(state->it);
    return step;
}

// The two ways on: it is executed, or it is not.
static enum step fork_on_condition(struct walker *walker, const struct state *state,
                                   const struct instruction *instruction, unsigned condition)
{
    const struct comparison *comparison = &state->flags.comparison;
    bool equal = condition == CONDITION_EQ, unequal = condition == CONDITION_NE;

    walker->next_count = 2;
    walker->next[0] = (struct successor){.pc = instruction->address + instruction->size,
                                         .it = it_after(state->it),
                                         .stack = state->stack,
                                         .is_equal = unequal};
    walker->next[1] = (struct successor){.pc = instruction->address,
                                         .forced = true,
                                         .it = state->it,
                                         .stack = state->stack,
                                         .is_equal = equal};
    if (equal || unequal) {
        walker->next[0].check = walker->next[1].check = *comparison;
        walker->next[0].tells_z = walker->next[1].tells_z = true;
        walker->next[0].z = unequal;
        walker->next[1].z = equal;
    }
    return STEP_FORKS;
}

static enum step finish(struct state *state, const struct instruction *instruction, enum step step)
{
    if (step == STEP_ON && state->pc == instruction->address) {
        state->pc += instruction->size;
    }
    return step;
}

enum step walker_step(struct walker *walker, struct state *state)
{
    const struct instruction *instruction = firmware_instruction(walker->firmware, state->pc);
    unsigned condition = it_condition(state);
    bool forced = state->forced, branches;
    int holds;
    enum step step;

    if (!instruction) { // code that was copied there, or nothing
        walker->gave_up |= address_is_ram(state->pc);
        return STEP_ENDS;
    }
    if (state->leaving.loop.active) {
        loops_visit(state);
    }
    if (instruction->operation == OP_IT) {
        state->it = (uint8_t)instruction->list;
        return finish(state, instruction, STEP_ON);
    }
    holds = forced ? 1 : flags_condition(&state->flags, condition);
    branches = holds < 0 && !is_plain(instruction);
    state->forced = false;
    if (branches) {
        step = fork_on_condition(walker, state, instruction, condition);
    } else if (holds > 0) {
        step = execute(walker, state, instruction, true);
    } else if (holds == 0) {
        step = STEP_ON;
    } else {
        const struct instruction *other = other_of(walker, state, instruction);
        step = other ? execute_either(walker, state, instruction, other)
                     : execute_maybe(walker, state, instruction);
    }
    if (step != STEP_FORKS) {
        state->last_but_one = state->last;
        state->last = holds > 0 ? instruction->address : 0;
        state->it = it_after(state->it);
    }
    return finish(state, instruction, state->was_reset ? STEP_ENDS : step);
}
