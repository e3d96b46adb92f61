// meetings.c: a hash table of the states that came by, joined.
// SPDX-License-Identifier: MIT
#include "meetings.h"

#include <stdlib.h>

enum { FIRST_ROOM = 256, APART = 2 };

static size_t slot_of(const struct meetings *meetings, uint32_t pc, const struct frame *frames)
{
    size_t hash = pc * 2654435761u ^ (size_t)((uintptr_t)frames >> 4) * 40503u;
    size_t slot = (hash ^ hash >> 15) & (meetings->room - 1);

    while (meetings->table[slot].joined &&
           (meetings->table[slot].pc != pc || meetings->table[slot].frames != frames)) {
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
            larger.table[slot_of(&larger, one->pc, one->frames)] = *one;
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
                                 struct state *state)
{
    meeting->joined = state_copy(state);
    if (!meeting->joined) {
        return fail(state);
    }
    meeting->pc = state->pc;
    meeting->frames = state->frames;
    meeting->arrivals = 1;
    meetings->count++;
    return ARRIVAL_GOES_ON;
}

enum arrival meetings_arrive(struct meetings *meetings, struct state **state)
{
    struct meeting *meeting;
    bool changed = false;

    if (!grow(meetings)) {
        return fail(*state);
    }
    meeting = &meetings->table[slot_of(meetings, (*state)->pc, (*state)->frames)];
    if (!meeting->joined) {
        return arrive_first(meetings, meeting, *state);
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
