// loop_rounds.c: which loops count their rounds, and in which round a state is.
// SPDX-License-Identifier: MIT
#include "loop_rounds.h"

enum {
    TEST = 16,           // bytes at the start of a loop in which its end is tested
    SHORT_TABLE = 1024,  // bytes
    COMPARED_WITHIN = 8, // bytes before a branch that stands behind a comparison
};

// Whether the branch at state->pc leads out of this loop.
static bool leads_out(const struct state *state, const struct loop *loop, uint32_t one,
                      uint32_t other)
{
    bool inside = state->pc >= loop->target && state->pc <= loop->branch;

    return inside && loop->frames == state->frames &&
           (one < loop->target || one > loop->branch || other < loop->target ||
            other > loop->branch);
}

// Whether right before the branch at state->pc stands a comparison as of a short loop: with a
// number of rounds, or with the end of a short table.
static bool is_short(const struct walker *walker, const struct state *state)
{
    for (uint32_t before = 2; before <= COMPARED_WITHIN; before += 2) {
        const struct instruction *last = firmware_instruction(walker->firmware, state->pc - before);
        if (!last || last->operation != OP_CMP || last->size > before) {
            continue;
        }
        if (last->has_immediate) {
            return last->immediate <= COUNTED_ROUNDS;
        }
        struct value at = state_register(state, last->n), end = state_register(state, last->m);
        return value_is_number(&at) && value_is_number(&end) && end.bits - at.bits <= SHORT_TABLE;
    }
    return false;
}

// A number decides whether the loop goes on: at its end, or at its start.
void loop_rounds_test(const struct walker *walker, struct state *state, uint32_t one,
                      uint32_t other)
{
    for (unsigned i = 0; i < state->loop_count; i++) {
        struct loop *loop = &state->loops[i];
        loop->counts |= leads_out(state, loop, one, other) &&
                        (state->pc == loop->branch || state->pc - loop->target < TEST) &&
                        is_short(walker, state);
    }
}

void loop_rounds_fork(struct state *state, uint32_t one, uint32_t other)
{
    for (unsigned i = 0; i < state->loop_count; i++) {
        state->loops[i].polls |= leads_out(state, &state->loops[i], one, other);
    }
}

// Where the state is in the function of the loop; 0: that function is not on the way there.
static uint32_t place_in(const struct state *state, const struct frame *frames)
{
    uint32_t place = state->pc;

    for (const struct frame *frame = state->frames; frame != frames; frame = frame->caller) {
        if (!frame) {
            return 0;
        }
        place = frame->call;
    }
    return place;
}

bool loop_rounds_count(const struct state *state)
{
    for (unsigned i = 0; i < state->loop_count; i++) {
        const struct loop *loop = &state->loops[i];
        uint32_t place = place_in(state, loop->frames);
        if (loop->rounds && loop->forks == state->forks && place >= loop->target &&
            place <= loop->branch) {
            return true;
        }
    }
    return false;
}

uint32_t loop_rounds_key(const struct state *state)
{
    uint32_t rounds = 0;

    for (unsigned i = 0; i < state->loop_count; i++) {
        const struct loop *loop = &state->loops[i];
        // Compilers put parts of a loop behind its function: what matters is that this is called.
        if (loop->counts && !loop->polls && loop->rounds <= COUNTED_ROUNDS &&
            place_in(state, loop->frames)) {
            rounds = (rounds ^ loop->branch ^ loop->rounds) * 16777619u;
        }
    }
    return rounds;
}
