// frontier.h: states that wait for their turn: those that are behind the others go first.
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
    bool outermost_first;
};

// Takes the state over. False: no memory, and the state is freed.
bool frontier_put(struct frontier *frontier, struct state *state);
// The next one, which the caller frees; NULL: none waits.
struct state *frontier_take(struct frontier *frontier);
// From here on those in the fewest calls go first.
void frontier_turn(struct frontier *frontier);
// Then: whether one that waits is in fewer calls than this state.
bool frontier_has_outer(const struct frontier *frontier, const struct state *state);
// Whether one that waits goes before this state, or is where it is.
bool frontier_goes_first(const struct frontier *frontier, const struct state *state);
void frontier_close(struct frontier *frontier);

#endif
