// frontier.c: a heap of states.
// SPDX-License-Identifier: MIT
#include "frontier.h"

#include <stdlib.h>

static unsigned depth_of(const struct state *state)
{
    return state->frames ? state->frames->depth : 0;
}

// What is called ends before its caller goes on, and what comes first in the code goes first: so
// ways that part meet again as soon as they can.
static int compare(const struct state *a, const struct state *b)
{
    unsigned depth_a = depth_of(a), depth_b = depth_of(b);

    if (depth_a != depth_b) {
        return depth_a > depth_b ? -1 : 1;
    }
    return a->pc < b->pc ? -1 : a->pc > b->pc;
}

static bool goes_first(const struct frontier *frontier, const struct waiting *a,
                       const struct waiting *b)
{
    unsigned depth_a = depth_of(a->state), depth_b = depth_of(b->state);
    int order = compare(a->state, b->state);

    if (frontier->outermost_first && depth_a != depth_b) {
        return depth_a < depth_b;
    }

    return order ? order < 0 : a->order < b->order;
}

static void swap(struct waiting *a, struct waiting *b)
{
    struct waiting kept = *a;

    *a = *b;
    *b = kept;
}

static void rise(struct frontier *frontier, size_t at)
{
    struct waiting *heap = frontier->heap;

    while (at && goes_first(frontier, &heap[at], &heap[(at - 1) / 2])) {
        swap(&heap[at], &heap[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
}

bool frontier_put(struct frontier *frontier, struct state *state)
{
    if (frontier->count == frontier->room) {
        size_t room = frontier->room ? 2 * frontier->room : 64;
        struct waiting *heap = realloc(frontier->heap, room * sizeof *heap);
        if (!heap) {
            state_free(state);
            return false;
        }
        frontier->heap = heap;
        frontier->room = room;
    }
    size_t at = frontier->count++;
    frontier->heap[at] = (struct waiting){state, frontier->order++};
    rise(frontier, at);
    return true;
}

static void sink(struct frontier *frontier, size_t at)
{
    struct waiting *heap = frontier->heap;

    for (size_t least;; at = least) {
        least = at;
        for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < frontier->count; child++) {
            if (goes_first(frontier, &heap[child], &heap[least])) {
                least = child;
            }
        }
        if (least == at) {
            return;
        }
        swap(&heap[at], &heap[least]);
    }
}

static struct state *take(struct frontier *frontier, size_t at)
{
    struct state *taken = frontier->heap[at].state;

    frontier->heap[at] = frontier->heap[--frontier->count];
    if (at < frontier->count) {
        rise(frontier, at);
        sink(frontier, at);
    }
    return taken;
}

struct state *frontier_take(struct frontier *frontier)
{
    return frontier->count ? take(frontier, 0) : NULL;
}

void frontier_turn(struct frontier *frontier)
{
    frontier->outermost_first = true;
    for (size_t i = frontier->count / 2; i > 0; i--) {
        sink(frontier, i - 1);
    }
}

bool frontier_has_outer(const struct frontier *frontier, const struct state *state)
{
    return frontier->count && depth_of(frontier->heap[0].state) < depth_of(state);
}

bool frontier_goes_first(const struct frontier *frontier, const struct state *state)
{
    return frontier->count && compare(frontier->heap[0].state, state) <= 0;
}

void frontier_close(struct frontier *frontier)
{
    for (size_t i = 0; i < frontier->count; i++) {
        state_free(frontier->heap[i].state);
    }
    free(frontier->heap);
    *frontier = (struct frontier){.heap = NULL};
}
