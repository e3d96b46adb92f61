// frontier.c: a heap of states.
// SPDX-License-Identifier: MIT
#include "frontier.h"

#include <limits.h>
#include <stdlib.h>

static bool goes_first(const struct waiting *a, const struct waiting *b)
{
    return a->state->forks != b->state->forks ? a->state->forks < b->state->forks
                                              : a->order < b->order;
}

static void swap(struct waiting *a, struct waiting *b)
{
    struct waiting kept = *a;

    *a = *b;
    *b = kept;
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
    while (at && goes_first(&frontier->heap[at], &frontier->heap[(at - 1) / 2])) {
        swap(&frontier->heap[at], &frontier->heap[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    return true;
}

struct state *frontier_take(struct frontier *frontier)
{
    struct waiting *heap = frontier->heap;
    struct state *first;

    if (frontier->count == 0) {
        return NULL;
    }
    first = heap[0].state;
    heap[0] = heap[--frontier->count];
    for (size_t at = 0, least;; at = least) {
        least = at;
        for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < frontier->count; child++) {
            if (goes_first(&heap[child], &heap[least])) {
                least = child;
            }
        }
        if (least == at) {
            return first;
        }
        swap(&heap[at], &heap[least]);
    }
}

unsigned frontier_least(const struct frontier *frontier)
{
    return frontier->count ? frontier->heap[0].state->forks : UINT_MAX;
}

void frontier_close(struct frontier *frontier)
{
    for (size_t i = 0; i < frontier->count; i++) {
        state_free(frontier->heap[i].state);
    }
    free(frontier->heap);
    *frontier = (struct frontier){.heap = NULL};
}
