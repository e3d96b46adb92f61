// loops.h: takes branches whose outcome is known, and leaves loops that take too long.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_LOOPS_H
#define BOOTLEAP_CHECK_LOOPS_H

#include "walker.h"

// Goes on where the branch leads: `taken` 0 or 1. A loop of which 2000 rounds were taken, or which
// waits for time to pass, is left by its next branch that leads out of it; then what its last round
// changed is unknown.
enum step loops_branch(struct walker *walker, struct state *state,
                       const struct instruction *instruction, int taken, bool waits);

// Takes down that the instruction at state->pc belongs to the loop that is being left.
void loops_visit(struct state *state);

// Whether it is in a round of a loop that nothing unknown has decided since the last one. Ways that
// are in different rounds of such a loop must not meet: joined, they would not know when it ends.
bool loops_count(const struct state *state);

// Takes down that nobody can decide the branch at state->pc, which leads to one of these.
void loops_fork(struct state *state, uint32_t one, uint32_t other);

// Which rounds it is in, of loops that count them and wait for something in each. Ways in different
// rounds meet no more than those of a loop in which nothing is unknown.
uint32_t loops_rounds(const struct state *state);

#endif
