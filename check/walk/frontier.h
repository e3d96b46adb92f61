// frontier.h: states that wait for their turn: those with the fewest undecided branches go first.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_FRONTIER_H
#define BOOTLEAP_CHECK_FRONTIER_H

#include "state.h"

#include <stddef.h>

struct waiting {
    struct state *state;
    unsigned long order;
};

struct frontier {
    struct waiting *heap;
    size_t count, room;
    unsigned long order;
};

// Takes the state over. False: no memory, and the state is freed.
bool frontier_put(struct frontier *frontier, struct state *state);
// The next one, which the caller frees; NULL: none waits.
struct state *frontier_take(struct frontier *frontier);
// How many undecided branches the next one has had; UINT_MAX: none waits.
unsigned frontier_least(const struct frontier *frontier);
void frontier_close(struct frontier *frontier);

#endif
