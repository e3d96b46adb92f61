// meetings.c: a hash table of the states that came by, joined.
// SPDX-License-Identifier: MIT
#include "meetings.h"

#include "loop_rounds.h"
#include "registers.h"

#include <stdlib.h>

enum { FIRST_ROOM = 256, APART = 2 };

// What is known of these bits, and where the value comes from.
static uint32_t sign(uint32_t signature, const struct value *value, uint32_t mask)
{
    signature = (signature ^ (value->bits & mask)) * 16777619u;
    signature = (signature ^ (value->known & mask)) * 16777619u;
    return (signature ^ (uint32_t)value->source) * 16777619u;
}

// What counts of a state.
static uint32_t signature_of(const struct state *state)
{
    const struct core_state *core = &state->core;
    const struct word *systick = memory_word(&state->memory, SYST_CSR);
    uint32_t signature = 2166136261u ^ (uint32_t)state->stack ^ loop_rounds_key(state);

    signature = (signature ^ state->chip) * 16777619u;

    signature = sign(signature, &core->control, 3);
    signature = sign(signature, &core->primask, 1);
    signature = sign(signature, &core->faultmask, 1);
    signature = sign(signature, &core->basepri, 0xFF);
    signature = sign(signature, &core->remap, UINT32_MAX);
    return systick ? sign(signature, &systick->value, SYSTICK_ENABLE) : signature;
}

static bool is_same(const struct meeting *one, const struct meeting *other)
{
    return one->pc == other->pc && one->frames == other->frames &&
           one->signature == other->signature;
}

// Where it is in the table, or would be.
static size_t slot_of(const struct meetings *meetings, const struct meeting *meeting)
{
    size_t hash = meeting->pc * 2654435761u ^ (size_t)((uintptr_t)meeting->frames >> 4) * 40503u ^
                  meeting->signature;
    size_t slot = (hash ^ hash >> 15) & (meetings->room - 1);

    while (meetings->table[slot].joined && !is_same(&meetings->table[slot], meeting)) {
        slot = (slot + 1) & (meetings->room - 1);
    }
    return slot;
}

static bool grow(struct meetings *meetings)
{
    struct meetings larger = {.count = meetings->count,
                              .room = meetings->room ? 2 * meetings->room : FIRST_ROOM};

    if (2 * meetings->count < meetings->room) {
        return true;
    }
    larger.table = calloc(larger.room, sizeof *larger.table);
    if (!larger.table) {
        return false;
    }
    for (size_t i = 0; i < meetings->room; i++) {
        const struct meeting *one = &meetings->table[i];
        if (one->joined) {
            larger.table[slot_of(&larger, one)] = *one;
        }
    }
    free(meetings->table);
    *meetings = larger;
    return true;
}

static enum arrival fail(struct state *state)
{
    state_free(state);
    return ARRIVAL_FAILED;
}

static enum arrival arrive_first(struct meetings *meetings, struct meeting *meeting,
                                 const struct meeting *place, struct state *state)
{
    *meeting = *place;
    meeting->joined = state_copy(state);
    if (!meeting->joined) {
        return fail(state);
    }
    meeting->arrivals = 1;
    meetings->count++;
    return ARRIVAL_GOES_ON;
}

enum arrival meetings_arrive(struct meetings *meetings, struct state **state)
{
    struct meeting place = {
        .frames = (*state)->frames, .pc = (*state)->pc, .signature = signature_of(*state)};
    struct meeting *meeting;
    bool changed = false;

    if (!grow(meetings)) {
        return fail(*state);
    }
    meeting = &meetings->table[slot_of(meetings, &place)];
    if (!meeting->joined) {
        return arrive_first(meetings, meeting, &place, *state);
    }
    if (!state_join(meeting->joined, *state, &changed)) {
        return fail(*state);
    }
    meeting->arrivals++;
    if (meeting->arrivals <= APART) {
        return ARRIVAL_GOES_ON;
    }
    state_free(*state);
    if (!changed) {
        return ARRIVAL_KNOWN;
    }
    *state = state_copy(meeting->joined);
    return *state ? ARRIVAL_GOES_ON : ARRIVAL_FAILED;
}

void meetings_close(struct meetings *meetings)
{
    for (size_t i = 0; i < meetings->room; i++) {
        state_free(meetings->table[i].joined);
    }
    free(meetings->table);
    *meetings = (struct meetings){.table = NULL};
}
