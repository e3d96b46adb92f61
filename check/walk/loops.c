// loops.c: counts the rounds of loops.
// SPDX-License-Identifier: MIT
#include "loops.h"

#include "access.h"
#include "loop_rounds.h"

#include <string.h>

// A loop that waits within each round is one without end: the application's main loop.
// A walk that watches a word has to see loops over all of RAM to their end.
enum {
    MOST_ROUNDS = 2000,
    MOST_WATCHED = 80000,
    MOST_QUIET = 64,
    MAIN_ROUNDS = 8,
    WAIT_ROUNDS = 2,
    ROUNDS_TO_LEAVE = 4,
    VISITED_ROUNDS = 2, // of them, in which what belongs to the loop is seen
    WORD_BITS = 32,
    LOOP_BITS = LOOP_WORDS * WORD_BITS,
    REGISTERS = 15
};

static struct loop *find_loop(struct state *state, const struct instruction *instruction,
                              uint32_t target)
{
    struct loop *loop;

    for (unsigned i = 0; i < state->loop_count; i++) {
        loop = &state->loops[i];
        if (loop->branch == instruction->address && loop->frames == state->frames) {
            return loop;
        }
    }
    if (state->loop_count == LOOPS) { // the oldest one is over, or will be counted again
        memmove(state->loops, state->loops + 1, (LOOPS - 1) * sizeof *state->loops);
        state->loop_count--;
    }
    loop = &state->loops[state->loop_count++];
    *loop =
        (struct loop){.branch = instruction->address, .target = target, .frames = state->frames};
    return loop;
}

// Whether an address is of the loop that is being left.
static bool is_inside(const struct state *state, uint32_t address)
{
    return address >= state->leaving.loop.from && address <= state->leaving.loop.to;
}

// The bit of an address of the loop that is being left; LOOP_BITS: it has none.
static unsigned bit_of(const struct state *state, uint32_t address)
{
    uint32_t bit = (address - state->leaving.loop.from) / 2;

    return is_inside(state, address) && bit < LOOP_BITS ? bit : LOOP_BITS;
}

void loops_visit(struct state *state)
{
    unsigned bit = bit_of(state, state->pc);

    if (bit < LOOP_BITS) {
        state->leaving.visited[bit / WORD_BITS] |= UINT32_C(1) << bit % WORD_BITS;
    }
}

// Whether this way out was not taken in the rounds since: code that stands between that of the
// loop, and need not belong to it.
static bool is_new(const struct state *state, uint32_t address)
{
    unsigned bit = bit_of(state, address);

    return state->leaving.counts && state->leaving.rounds >= VISITED_ROUNDS && bit < LOOP_BITS &&
           !(state->leaving.visited[bit / WORD_BITS] >> bit % WORD_BITS & 1);
}

static bool is_being_left(const struct state *state, const struct loop *loop)
{
    return state->leaving.loop.active && state->leaving.loop.from == loop->target &&
           state->leaving.loop.to == loop->branch;
}

static void begin_to_leave(struct state *state, const struct loop *loop)
{
    struct leaving *leaving = &state->leaving;

    *leaving = (struct leaving){
        .loop = {.active = true, .from = loop->target, .to = loop->branch},
        .outer = leaving->loop,
    };
    for (unsigned i = 0; i < REGISTERS; i++) {
        leaving->loop.before[i] = state_register(state, i);
    }
}

// This loop is over. One around it that was being left goes on to be left.
static void stop_leaving(struct state *state, uint32_t to)
{
    struct way_out outer = state->leaving.outer;

    outer.active = outer.active && to >= outer.from && to <= outer.to;
    state->leaving.loop.active = false;
    state->leaving.outer.active = false;
    if (outer.active) {
        state->leaving.loop = outer;
        state->leaving.counts = false;
        state->leaving.quiet = false;
    }
}

// Of a loop that stored to one word at most, also what it stored.
static bool forget_changes(struct walker *walker, struct state *state)
{
    struct value unknown = value_unknown(), stored = value_number(state->stored);

    for (unsigned i = 0; i < REGISTERS; i++) {
        struct value now = state_register(state, i);
        if (!value_equal(&now, &state->leaving.loop.before[i])) {
            state_set_register(state, i, &unknown);
        }
    }
    flags_forget(&state->flags);
    return !state->leaving.quiet || !state->stored ||
           access_store(walker, state, &stored, &unknown, 4, true);
}

// Out of an inner loop and back to the start of an outer one: that is a round of the outer one.
static bool is_last_round(struct state *state, const struct instruction *instruction, uint32_t to)
{
    return to <= instruction->address && ++find_loop(state, instruction, to)->rounds > MAIN_ROUNDS;
}

static enum step leave(struct walker *walker, struct state *state,
                       const struct instruction *instruction, uint32_t to)
{
    struct event widened = {.kind = EVENT_WIDENED, .pc = state->pc};

    if (is_last_round(state, instruction, to)) {
        return STEP_ENDS;
    }
    for (unsigned i = 0; i < state->loop_count; i++) {
        if (is_inside(state, state->loops[i].branch)) {
            state->loops[i].rounds = 0;
        }
    }
    state->left++;
    state->pc = to;
    if (!forget_changes(walker, state)) {
        return STEP_FAILED;
    }
    stop_leaving(state, to);
    return walker_event(walker, state, &widened) ? STEP_ON : STEP_FAILED;
}

static uint32_t hash_registers(const struct state *state)
{
    uint32_t hash = 2166136261u;

    for (unsigned i = 0; i < REGISTERS; i++) {
        struct value value = state_register(state, i);
        hash = (hash ^ value.bits) * 16777619u;
        hash = (hash ^ value.known) * 16777619u;
        hash = (hash ^ value.from ^ value.offset ^ (uint32_t)value.source << 28) * 16777619u;
    }
    return hash;
}

// Whether nothing has changed since the last round: the loop waits for an interrupt.
static bool stands_still(const struct state *state, struct loop *loop)
{
    bool stored = loop->rounds == 0 || loop->memory != state->memory.hash;
    uint32_t registers = stored ? 0 : hash_registers(state);
    bool still = !stored && loop->rounds > 1 && loop->registers == registers;

    loop->memory = state->memory.hash;
    loop->registers = registers;
    return still;
}

// Counts the rounds in a row that did no more than to count themselves: a delay.
static bool is_quiet(const struct walker *walker, const struct state *state, struct loop *loop)
{
    bool counts = loop->rounds && loop->stores == state->stores && loop->forks == state->forks;

    loop->quiet = counts ? loop->quiet + 1 : 0;
    loop->stores = state->stores;
    return loop->quiet >= MOST_QUIET && !walker->watch;
}

// How many rounds of the loop are walked, with this one.
static unsigned most_rounds(const struct walker *walker, struct state *state, struct loop *loop,
                            bool *counts)
{
    // A loop that polls is left by the branch that nobody can decide: then time does not run out.
    bool polls = loop->rounds && loop->forks != state->forks;
    bool waits = !polls && (state->waits || stands_still(state, loop));
    bool waited = loop->left != state->left;

    *counts = !waits && !waited;
    if (waits) {
        return WAIT_ROUNDS;
    }
    if (waited) {
        return loop->counts && !loop->polls ? COUNTED_ROUNDS : MAIN_ROUNDS;
    }
    return walker->watch && !walker->watch->in_short ? MOST_WATCHED : MOST_ROUNDS;
}

// The rounds are over, and no branch leads out of it: it is endless, if it was tried to leave it.
static enum step end_loop(struct walker *walker, const struct state *state, const struct loop *loop)
{
    if (!is_being_left(state, loop)) {
        walker_cut(walker, state);
    }
    return STEP_ENDS;
}

static enum step go_back(struct walker *walker, struct state *state,
                         const struct instruction *instruction, uint32_t target)
{
    struct loop *loop = find_loop(state, instruction, target);
    bool counts, quiet = is_quiet(walker, state, loop);
    unsigned most = most_rounds(walker, state, loop, &counts);

    if (counts && quiet) {
        most = loop->rounds;
    }
    state->waits = false;
    loop->left = state->left;
    loop->forks = state->forks;
    loop->rounds++;
    state->leaving.rounds += state->leaving.loop.active && loop->branch == state->leaving.loop.to;
    if (loop->rounds > most + ROUNDS_TO_LEAVE ||
        (is_being_left(state, loop) && state->leaving.rounds > ROUNDS_TO_LEAVE)) {
        return end_loop(walker, state, loop);
    }
    if (loop->rounds >= most && (!state->leaving.loop.active ||
                                 (is_inside(state, loop->branch) && !is_being_left(state, loop)))) {
        begin_to_leave(state, loop);
        state->leaving.counts = counts;
        state->leaving.quiet = counts && quiet;
    }
    state->pc = target;
    return STEP_ON;
}

enum step loops_branch(struct walker *walker, struct state *state,
                       const struct instruction *instruction, int taken, bool waits)
{
    uint32_t next = instruction->address + instruction->size;
    uint32_t target = instruction->immediate;
    bool always = instruction->operation == OP_B && instruction->condition == CONDITION_ALWAYS;
    uint32_t here = taken ? target : next, other = taken ? next : target;

    state->waits |= waits;
    if (!always) {
        loop_rounds_test(walker, state, here, other);
    }
    if (always && target == instruction->address) {
        return STEP_ENDS;
    }
    if (state->leaving.loop.active && !always && is_inside(state, instruction->address) &&
        is_inside(state, here) && (!is_inside(state, other) || is_new(state, other))) {
        return leave(walker, state, instruction, other);
    }
    if (state->leaving.loop.active && !is_inside(state, here) &&
        is_inside(state, instruction->address)) {
        stop_leaving(state, here); // it ends by itself
    }
    if (taken && target <= instruction->address) {
        return go_back(walker, state, instruction, target);
    }
    state->pc = here;
    return STEP_ON;
}
