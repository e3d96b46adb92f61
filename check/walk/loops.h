// loops.h: takes branches whose outcome is known, and leaves loops that take too long.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_LOOPS_H
#define BOOTLEAP_CHECK_LOOPS_H

#include "walker.h"

// Goes on where the branch leads: `taken` 0 or 1. A loop of which 2000 rounds were taken, or 64 of
// one that only counts, or which waits for time to pass, is left by its next branch that leads out
// of it; then what its last round changed is unknown. Of a loop that waits in each round, and
// counts them, 64 rounds are taken; of one that does not count, 8.
enum step loops_branch(struct walker *walker, struct state *state,
                       const struct instruction *instruction, int taken, bool waits);

// Takes down that the instruction at state->pc belongs to the loop that is being left.
void loops_visit(struct state *state);

#endif
