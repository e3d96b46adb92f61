// state.c: copies, joins and frees states.
// SPDX-License-Identifier: MIT
#include "state.h"

#include "instruction.h"

#include <stdlib.h>
#include <string.h>

struct state *state_copy(const struct state *state)
{
    struct state *copy = malloc(sizeof *copy);

    if (!copy) {
        return NULL;
    }
    *copy = *state;
    if (!memory_copy(&copy->memory, &state->memory)) {
        free(copy);
        return NULL;
    }
    effort_take(copy->memory.effort, sizeof *copy);
    return copy;
}

void state_free(struct state *state)
{
    if (state) {
        effort_give(state->memory.effort, sizeof *state);
        memory_close(&state->memory);
        free(state);
    }
}

static void join_values(struct value *into, const struct value *other, size_t count, bool *changed)
{
    for (size_t i = 0; i < count; i++) {
        struct value joined = value_join(&into[i], &other[i]);
        if (!value_equal(&joined, &into[i])) {
            into[i] = joined;
            *changed = true;
        }
    }
}

static void join_flag(int8_t *into, int8_t other, bool *changed)
{
    if (*into >= 0 && *into != other) {
        *into = -1;
        *changed = true;
    }
}

static bool comparison_equal(const struct comparison *a, const struct comparison *b)
{
    return a->is_known == b->is_known && a->is_time == b->is_time && a->address == b->address &&
           a->number == b->number && a->mask == b->mask;
}

static void join_flags(struct flags *into, const struct flags *other, bool *changed)
{
    join_flag(&into->n, other->n, changed);
    join_flag(&into->z, other->z, changed);
    join_flag(&into->c, other->c, changed);
    join_flag(&into->v, other->v, changed);
    if (!comparison_equal(&into->comparison, &other->comparison)) {
        into->comparison = (struct comparison){.is_known = false};
    }
}

static void join_core(struct core_state *into, const struct core_state *other, bool *changed)
{
    join_values(&into->sp, &other->sp, 1, changed);
    join_values(&into->msp, &other->msp, 1, changed);
    join_values(&into->psp, &other->psp, 1, changed);
    join_values(&into->control, &other->control, 1, changed);
    join_values(&into->primask, &other->primask, 1, changed);
    join_values(&into->basepri, &other->basepri, 1, changed);
    join_values(&into->faultmask, &other->faultmask, 1, changed);
    join_values(&into->msplim, &other->msplim, 1, changed);
    join_values(&into->psplim, &other->psplim, 1, changed);
    join_values(into->enabled, other->enabled, NVIC_WORDS, changed);
    join_values(into->pending, other->pending, NVIC_WORDS, changed);
    join_values(&into->remap, &other->remap, 1, changed);
    if (other->barrier_missing && !into->barrier_missing) {
        into->barrier_missing = true;
        *changed = true;
    }
}

bool core_state_covers(const struct core_state *core, const struct core_state *other)
{
    struct core_state joined = *core;
    bool changed = false;

    join_core(&joined, other, &changed);
    return !changed;
}

static void join_bool(bool *into, bool other, bool *changed)
{
    *changed |= *into && !other;
    *into = *into && other;
}

bool state_join(struct state *into, const struct state *other, bool *changed)
{
    join_values(into->r, other->r, sizeof into->r / sizeof *into->r, changed);
    join_flags(&into->flags, &other->flags, changed);
    join_core(&into->core, &other->core, changed);
    if (into->stack != other->stack && into->stack != STACK_EITHER) {
        into->stack = STACK_EITHER;
        *changed = true;
    }
    join_bool(&into->read_rom, other->read_rom, changed);
    join_bool(&into->number_stack, other->number_stack, changed);
    into->last = into->last == other->last ? into->last : 0;
    into->last_but_one = into->last_but_one == other->last_but_one ? into->last_but_one : 0;
    into->events = other->events;
    into->event_count = other->event_count;
    into->left = other->left;
    into->forks = other->forks;
    into->stores = other->stores;
    into->stored = other->stored;
    memcpy(into->loops, other->loops, sizeof into->loops);
    into->loop_count = other->loop_count;
    into->waits = other->waits;
    into->leaving = other->leaving;
    return memory_join(&into->memory, &other->memory, changed);
}

struct value state_register(const struct state *state, unsigned number)
{
    return number == REGISTER_SP ? state->core.sp : state->r[number];
}

void state_set_register(struct state *state, unsigned number, const struct value *value)
{
    if (number == REGISTER_SP) {
        state->core.sp = *value;
        if (state->stack != STACK_PROCESS) {
            state->core.msp = *value;
        } else {
            state->core.psp = *value;
        }
        return;
    }
    state->r[number] = *value;
}

void state_set_registers(struct state *state, uint16_t registers, const struct value *value)
{
    for (unsigned i = 0; i < REGISTER_SP; i++) {
        if (registers >> i & 1) {
            state_set_register(state, i, value);
        }
    }
}

void flags_forget(struct flags *flags)
{
    *flags = (struct flags){.n = -1, .z = -1, .c = -1, .v = -1};
}
