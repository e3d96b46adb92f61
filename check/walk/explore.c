// explore.c: follows all ways from one instruction on, within a budget of steps.
// SPDX-License-Identifier: MIT
#include "explore.h"

#include "frontier.h"
#include "loop_rounds.h"
#include "meetings.h"

#include <stdlib.h>

// What is explored, and where it stands.
struct exploration {
    struct walker *walker;
    struct frontier frontier;
    struct meetings meetings;
    size_t steps, budget;
    struct effort *effort; // of all walks together; NULL: nobody counts
};

// Pages of memory that cost nothing, and how many more are worth a step.
enum { FREE_PAGES = 128, PAGES_A_STEP = 4 };

static void set_core(struct core_state *core, const struct value *value)
{
    core->control = core->primask = core->basepri = core->faultmask = *value;
    core->msplim = core->psplim = core->remap = *value;
    for (unsigned i = 0; i < NVIC_WORDS; i++) {
        core->enabled[i] = core->pending[i] = *value;
    }
}

static void start_from_reset(const struct walker *walker, struct state *state)
{
    struct value zero = value_number(0);

    set_core(&state->core, &zero);
    state->core.sp = state->core.msp = value_number(walker->firmware->initial_sp);
    state->core.psp = value_unknown();
    state->stack = STACK_MAIN;
}

// In a program that never writes CONTROL or PSP, and in a handler, MSP is in use.
static void start_as_found(const struct walker *walker, struct state *state)
{
    struct value left = value_from(SOURCE_LEFT, 0, 0);

    set_core(&state->core, &left);
    state->core.sp = value_number(FOUND_STACK);
    state->core.msp = state->core.sp;
    state->core.psp = left;
    state->stack = walker->writes_control && !walker->isr ? STACK_EITHER : STACK_MAIN;
}

static struct state *start(const struct walker *walker)
{
    struct state *state = calloc(1, sizeof *state);

    if (!state) {
        return NULL;
    }
    state->memory.effort = walker->walk ? walker->walk->effort : NULL;
    effort_take(state->memory.effort, sizeof *state);
    for (unsigned i = 0; i < sizeof state->r / sizeof *state->r; i++) {
        state->r[i] = value_unknown();
    }
    state->r[REGISTER_LR] = value_number(RETURN_FROM_ROOT | 1);
    flags_forget(&state->flags);
    state->pc = walker->root;
    if (walker->origin == ORIGIN_RESET) {
        start_from_reset(walker, state);
    } else {
        start_as_found(walker, state);
    }
    return state;
}

// Copies and comparisons of much memory are work as well.
static size_t cost_of(const struct memory *memory)
{
    return memory->count > FREE_PAGES ? (memory->count - FREE_PAGES) / PAGES_A_STEP : 0;
}

// Another state is where this one is, or behind it: they may meet.
static bool wait(struct exploration *exploration, struct state *state)
{
    exploration->steps += cost_of(&state->memory);
    switch (state->forced ? ARRIVAL_GOES_ON : meetings_arrive(&exploration->meetings, &state)) {
    case ARRIVAL_GOES_ON:
        return frontier_put(&exploration->frontier, state);
    case ARRIVAL_KNOWN:
        return true;
    case ARRIVAL_FAILED:
    default:
        return false;
    }
}

static bool is_over(const struct exploration *exploration)
{
    return exploration->steps >= exploration->budget || !effort_has_bytes(exploration->effort);
}

static bool waits_first(const struct exploration *exploration, const struct state *state)
{
    return !exploration->frontier.outermost_first && !state->it &&
           frontier_goes_first(&exploration->frontier, state) && !loop_rounds_count(state);
}

static bool is_chip_register(uint32_t address)
{
    for (size_t i = 0; i < device_count; i++) {
        if (devices[i].debug_id_register == address) {
            return true;
        }
    }
    return false;
}

// The state goes on as this successor.
static bool follow(struct exploration *exploration, struct state *state,
                   const struct successor *next)
{
    struct event check = {.kind = EVENT_CHECK,
                          .pc = state->pc,
                          .address = next->check.address,
                          .value = {.bits = next->check.number, .known = next->check.mask},
                          .is_equal = next->is_equal};

    if (next->check.is_known && !walker_event(exploration->walker, state, &check)) {
        state_free(state);
        return false;
    }
    if (next->check.is_known && next->is_equal && is_chip_register(next->check.address)) {
        state->chip = next->check.number;
    }
    if (next->tells_z) {
        state->flags.z = next->z;
    }
    if (next->tells) {
        struct value number = value_number(next->number);
        state_set_registers(state, next->told, &number);
    }
    state->it = next->it;
    state->pc = next->pc;
    state->forced = next->forced;
    state->stack = next->stack;
    state->forks++;
    return wait(exploration, state);
}

// The last successor takes the state over, the others copies of it.
static bool fork_state(struct exploration *exploration, struct state *state)
{
    struct successor next[SUCCESSORS];
    unsigned count = exploration->walker->next_count;

    for (unsigned i = 0; i < count; i++) {
        next[i] = exploration->walker->next[i];
    }
    for (unsigned i = 0; i < count; i++) {
        struct state *one = i + 1 < count ? state_copy(state) : state;
        if (!one) {
            state_free(state);
            return false;
        }
        if (!follow(exploration, one, &next[i])) {
            if (one != state) {
                state_free(state);
            }
            return false;
        }
    }
    return true;
}

// In a program that goes on and on below a call, what waits above the call gets the second half of
// the steps. Whether this state has to wait for that, and meets no other by it.
static bool steps_back(struct exploration *exploration, const struct state *state)
{
    struct frontier *frontier = &exploration->frontier;

    if (!frontier->outermost_first && exploration->steps > exploration->budget / 2) {
        frontier_turn(frontier);
    }
    return frontier->outermost_first && frontier_has_outer(frontier, state);
}

// Takes a state as far as it goes in its turn. False: no memory.
static bool advance(struct exploration *exploration, struct state *state)
{
    for (unsigned turn = 0;; turn++) {
        if (is_over(exploration) || steps_back(exploration, state)) {
            return frontier_put(&exploration->frontier, state);
        }
        if (turn && waits_first(exploration, state)) {
            return wait(exploration, state);
        }
        exploration->steps++;
        switch (walker_step(exploration->walker, state)) {
        case STEP_ON:
            continue;
        case STEP_FORKS:
            return fork_state(exploration, state);
        case STEP_ENDS:
            state_free(state);
            return true;
        case STEP_FAILED:
        default:
            state_free(state);
            return false;
        }
    }
}

static void pay(const struct exploration *exploration)
{
    struct effort *effort = exploration->effort;

    if (effort) {
        effort->steps -= exploration->steps < effort->steps ? exploration->steps : effort->steps;
    }
}

static void tell_watch(const struct exploration *exploration)
{
    const struct watch *watch = exploration->walker->watch;

    for (size_t i = 0; watch && watch->left && i < exploration->frontier.count; i++) {
        watch->left(watch->context, exploration->frontier.heap[i].state->events);
    }
}

enum { KNOWN_RETURNS = 1024 };

// Whether a return may come behind an instruction, for those that were looked at; by their address.
struct known_return {
    uint32_t from;
    bool returns;
};

static bool may_return(const struct firmware *firmware, uint32_t from, struct known_return *known,
                       bool *returns)
{
    struct known_return *one = &known[from / 2 % KNOWN_RETURNS];

    if (one->from != from) {
        if (!reach_return(firmware, from, returns)) {
            return false;
        }
        *one = (struct known_return){from, *returns};
    }
    *returns = one->returns;
    return true;
}

// What is ahead of a way that waits: its instruction, and those that its calls return to, as long
// as a call may return.
static bool look_ahead_of(const struct firmware *firmware, const struct cut *cut,
                          struct known_return *known, struct reach *ahead)
{
    uint32_t from = cut->pc;
    bool fine = reach_add(ahead, from), returns = true;

    for (const struct frame *frame = cut->frames; fine && frame; frame = frame->caller) {
        fine = may_return(firmware, from, known, &returns);
        if (!returns) {
            break;
        }
        from = frame->back;
        fine = fine && reach_add(ahead, from);
    }
    return fine;
}

static bool look_ahead(const struct exploration *exploration, struct reach *ahead)
{
    const struct walker *walker = exploration->walker;
    const struct frontier *frontier = &exploration->frontier;
    struct known_return *known = calloc(KNOWN_RETURNS, sizeof *known);
    bool fine = known != NULL;

    for (size_t i = 0; fine && i < frontier->count; i++) {
        const struct state *state = frontier->heap[i].state;
        const struct cut cut = {state->pc, state->frames};
        fine = look_ahead_of(walker->firmware, &cut, known, ahead);
    }
    for (unsigned i = 0; fine && i < walker->cut_count; i++) {
        fine = look_ahead_of(walker->firmware, &walker->cuts[i], known, ahead);
    }
    free(known);
    return fine && reach_run(ahead, walker->firmware);
}

bool explore(struct walker *walker, size_t budget, struct explored *explored)
{
    struct effort *effort = walker->walk ? walker->walk->effort : NULL;
    struct exploration exploration = {.walker = walker,
                                      .budget =
                                          effort && effort->steps < budget ? effort->steps : budget,
                                      .effort = effort};
    struct state *state = start(walker);
    bool fine = state && frontier_put(&exploration.frontier, state);

    walker->gave_up = false;
    walker->cut_count = 0;
    while (fine && !is_over(&exploration) &&
           (state = frontier_take(&exploration.frontier)) != NULL) {
        fine = advance(&exploration, state);
    }
    pay(&exploration);
    tell_watch(&exploration);
    *explored = (struct explored){.steps = exploration.steps,
                                  .finished = fine && exploration.frontier.count == 0 &&
                                              !walker->gave_up && !walker->cut_count};
    if (fine && !explored->finished) {
        fine = look_ahead(&exploration, &explored->ahead);
    }
    frontier_close(&exploration.frontier);
    meetings_close(&exploration.meetings);
    return fine;
}
