// loop_rounds.h: loops that count their rounds, and wait for something in each.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_LOOP_ROUNDS_H
#define BOOTLEAP_CHECK_LOOP_ROUNDS_H

#include "walker.h"

enum { COUNTED_ROUNDS = 64 }; // of such a loop, at most

// Takes down that a number decides the branch at state->pc, which leads to one of these.
void loop_rounds_test(const struct walker *walker, struct state *state, uint32_t one,
                      uint32_t other);

// Takes down that nobody can decide it.
void loop_rounds_fork(struct state *state, uint32_t one, uint32_t other);

// Whether it is in a round of a loop that nothing unknown has decided since the last one. Ways that
// are in different rounds of such a loop must not meet: joined, they would not know when it ends.
bool loop_rounds_count(const struct state *state);

// Which rounds it is in, of loops that count them and wait for something in each, as one number.
// Ways in different rounds meet no more than those of a loop in which nothing is unknown.
uint32_t loop_rounds_key(const struct state *state);

#endif
