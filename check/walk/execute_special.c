// execute_special.c: reads and writes of the core's special registers.
// SPDX-License-Identifier: MIT
#include "execute.h"
#include "operand.h"

enum { CONTROL_SPSEL = 2 };

static bool note(struct walker *walker, struct state *state, enum event_kind kind, uint32_t which,
                 const struct value *value)
{
    return walker_event(
        walker, state,
        &(struct event){.kind = kind, .pc = state->pc, .address = which, .value = *value});
}

static struct value *mask_of(struct core_state *core, unsigned special)
{
    switch (special) {
    case SPECIAL_PRIMASK:
        return &core->primask;
    case SPECIAL_BASEPRI:
    case SPECIAL_BASEPRI_MAX:
        return &core->basepri;
    case SPECIAL_FAULTMASK:
        return &core->faultmask;
    default:
        return NULL;
    }
}

// BASEPRI_MAX is taken only where it masks more.
static enum step write_mask(struct walker *walker, struct state *state, unsigned special,
                            const struct value *value)
{
    struct value *mask = mask_of(&state->core, special);

    if (special == SPECIAL_BASEPRI_MAX && !(value_is_number(mask) && mask->bits == 0)) {
        *mask = value_join(mask, value);
    } else {
        *mask = *value;
    }
    return note(walker, state, EVENT_MASK, special, value) ? STEP_ON : STEP_FAILED;
}

// Where nobody knows which stack is in use, both ways go on.
static enum step fork_on_stack(struct walker *walker, const struct state *state)
{
    walker->next_count = 2;
    for (unsigned i = 0; i < 2; i++) {
        walker->next[i] = (struct successor){.pc = state->pc,
                                             .forced = true,
                                             .it = state->it,
                                             .stack = i ? STACK_PROCESS : STACK_MAIN};
    }
    return STEP_FORKS;
}

static enum step write_msp(struct walker *walker, struct state *state, const struct value *value)
{
    if (state->stack == STACK_EITHER) {
        return fork_on_stack(walker, state);
    }
    state->core.msp = *value;
    state->number_stack = state->read_rom && value_is_number(value) && state->stack == STACK_MAIN;
    if (state->stack == STACK_MAIN) {
        state->core.sp = *value;
    }
    return note(walker, state, EVENT_MSP, 0, value) ? STEP_ON : STEP_FAILED;
}

static enum step write_psp(struct walker *walker, struct state *state, const struct value *value)
{
    state->core.psp = *value;
    if (state->stack == STACK_PROCESS) {
        state->core.sp = *value;
    }
    return note(walker, state, EVENT_PSP, 0, value) ? STEP_ON : STEP_FAILED;
}

// Unknown bits of CONTROL leave open which stack is in use.
static enum step write_control(struct walker *walker, struct state *state,
                               const struct value *value)
{
    struct core_state *core = &state->core;

    core->control = *value;
    core->barrier_missing = true;
    if (!(value->known & CONTROL_SPSEL)) {
        state->stack = STACK_EITHER;
    } else {
        state->stack = value->bits & CONTROL_SPSEL ? STACK_PROCESS : STACK_MAIN;
        core->sp = state->stack == STACK_PROCESS ? core->psp : core->msp;
    }
    return note(walker, state, EVENT_CONTROL, 0, value) ? STEP_ON : STEP_FAILED;
}

static enum step write_limit(struct walker *walker, struct state *state, unsigned special,
                             const struct value *value)
{
    struct value *limit = special == SPECIAL_MSPLIM ? &state->core.msplim : &state->core.psplim;

    *limit = *value;
    return note(walker, state, EVENT_LIMIT, special, value) ? STEP_ON : STEP_FAILED;
}

static enum step write_special(struct walker *walker, struct state *state,
                               const struct instruction *instruction)
{
    struct value value = operand_register(state, instruction, instruction->n);

    switch (instruction->special) {
    case SPECIAL_MSP:
        return write_msp(walker, state, &value);
    case SPECIAL_PSP:
        return write_psp(walker, state, &value);
    case SPECIAL_CONTROL:
        return write_control(walker, state, &value);
    case SPECIAL_MSPLIM:
    case SPECIAL_PSPLIM:
        return write_limit(walker, state, instruction->special, &value);
    case SPECIAL_PRIMASK:
    case SPECIAL_BASEPRI:
    case SPECIAL_BASEPRI_MAX:
    case SPECIAL_FAULTMASK:
        return write_mask(walker, state, instruction->special, &value);
    case SPECIAL_APSR:
        flags_forget(&state->flags);
        return STEP_ON;
    default:
        return STEP_ON;
    }
}

static struct value read_special(const struct walker *walker, const struct state *state,
                                 unsigned special)
{
    const struct core_state *core = &state->core;

    switch (special) {
    case SPECIAL_MSP:
        return core->msp;
    case SPECIAL_PSP:
        return core->psp;
    case SPECIAL_CONTROL:
        return core->control;
    case SPECIAL_MSPLIM:
        return core->msplim;
    case SPECIAL_PSPLIM:
        return core->psplim;
    case SPECIAL_PRIMASK:
        return core->primask;
    case SPECIAL_BASEPRI:
    case SPECIAL_BASEPRI_MAX:
        return core->basepri;
    case SPECIAL_FAULTMASK:
        return core->faultmask;
    case SPECIAL_IPSR:
        return walker->origin == ORIGIN_RESET ? value_number(0) : value_unknown();
    default:
        return value_unknown();
    }
}

// `cpsid i` sets PRIMASK, `cpsie i` clears it; `f` is FAULTMASK.
static enum step change_masks(struct walker *walker, struct state *state,
                              const struct instruction *instruction)
{
    struct value value = value_number(instruction->immediate);
    enum step step = STEP_ON;

    if (instruction->first) {
        step = write_mask(walker, state, SPECIAL_PRIMASK, &value);
    }
    if (step == STEP_ON && instruction->width) {
        step = write_mask(walker, state, SPECIAL_FAULTMASK, &value);
    }
    return step;
}

enum step execute_special(struct walker *walker, struct state *state,
                          const struct instruction *instruction)
{
    struct value value;

    if (instruction->operation == OP_MSR) {
        return write_special(walker, state, instruction);
    }
    if (instruction->operation == OP_CPS) {
        return change_masks(walker, state, instruction);
    }
    value = read_special(walker, state, instruction->special);
    state_set_register(state, instruction->d, &value);
    return STEP_ON;
}
