// timer_compare.h: the channels of a timer that compare its counter.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_TIMER_COMPARE_H
#define BOOTLEAP_SIM_TIMER_COMPARE_H

#include "timer_state.h"

#define TIMER_NEVER UINT64_MAX

// The counter goes this many counts on from CNT, which is still what it was, without a turn.
void timer_compare_moved(struct block *block, uint64_t counts);
// It has turned: CNT is what comes after that. `reload` is where it would have turned at the
// latest.
void timer_compare_turned(struct block *block, uint32_t reload, bool down);
// It has gone all its way at least once.
void timer_compare_round(struct block *block);

// The compare registers come into force: after a write, those that are not preloaded; at an update
// event, all.
void timer_compare_take(struct block *block, bool update);
// EGR was written: channels are told to set their flags.
void timer_compare_generate(struct block *block, uint32_t value);

// How many counts there are to what may raise their line, which is at the next overflow at the
// latest; TIMER_NEVER: nobody waits for any.
uint64_t timer_compare_next(const struct block *block, uint64_t to_overflow);
// Whether a flag is set whose interrupt is enabled.
bool timer_compare_interrupts(const struct block *block);

#endif
