// timer_state.h: what a timer remembers, for its counter and its channels.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_TIMER_STATE_H
#define BOOTLEAP_SIM_TIMER_STATE_H

#include "chip.h"

enum {
    TIMER_CHANNELS = 4, // that have CCR1 to CCR4; outputs 5 and 6 of some timers are not modelled
    CR1 = 0x00,
    DIER = 0x0C,
    SR = 0x10,
    CNT = 0x24,
    CMS = 3 << 5,
    DIR = 1 << 4,
};

// CNT and DIR are in block->registers, as they were at the time `since`.
struct timer {
    struct event update;
    uint64_t since;      // in cycles of the core
    uint64_t divider;    // cycles of the core that one of its clock takes
    bool counts;         // it has done so since then
    uint64_t cycles;     // that the prescaler has had of the present count
    uint32_t prescaler;  // in force: clocks a count, less 1
    uint32_t reload;     // in force: where the counter turns
    uint32_t repetition; // overflows that are left before the one that makes an update event
    uint32_t compare[TIMER_CHANNELS]; // in force: with what the channels compare
};

static inline const struct timer_kind *timer_kind_of(const struct block *block)
{
    return &block->peripheral->timer;
}

static inline uint32_t timer_counter_mask(const struct block *block)
{
    return timer_kind_of(block)->counter_bits > 16 ? 0xFFFFFFFFu : 0xFFFFu;
}

static inline bool timer_is_centred(const struct block *block)
{
    return block->registers[CR1 / 4] & CMS;
}

static inline bool timer_is_downward(const struct block *block)
{
    return block->registers[CR1 / 4] & DIR;
}

#endif
