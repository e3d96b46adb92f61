// timer_compare.c: channels of a timer: a flag and an interrupt when the counter gets to a value.
// SPDX-License-Identifier: MIT
//
// RM0090 Rev 21, section 18.4.5 (CC1IF): a channel that is an output sets its flag when the counter
// matches CCRx, whatever it does with its pin; a CCRx above ARR matches at the overflow, or going
// down at the underflow; a centre-aligned counter matches in the directions that CMS says. A
// channel that is an input captures, which nothing here makes it do.
#include "timer_compare.h"

enum {
    CCMR1 = 0x18,
    CCR1 = 0x34,
    SELECTION = 3, // CCxS: an output is 0
    PRELOAD = 1 << 3,
    CENTRED_DOWN = 1, // CMS: matches going down; 2 going up, 3 both
    CENTRED_UP = 2,
};

static unsigned channels_of(const struct block *block)
{
    unsigned channels = timer_kind_of(block)->channels;

    return channels < TIMER_CHANNELS ? channels : TIMER_CHANNELS;
}

// Its byte in CCMR1 or CCMR2.
static uint32_t mode_of(const struct block *block, unsigned channel)
{
    return block->registers[CCMR1 / 4 + channel / 2] >> (8 * (channel % 2)) & 0xFFu;
}

// CCxIF, CCxIE and CCxG are the same bit of their registers.
static uint32_t bit_of(unsigned channel)
{
    return 2u << channel;
}

static bool is_output(const struct block *block, unsigned channel)
{
    return (mode_of(block, channel) & SELECTION) == 0;
}

static bool matches_going(const struct block *block, bool down)
{
    uint32_t centred = (block->registers[CR1 / 4] & CMS) >> 5;

    return !centred || centred & (down ? CENTRED_DOWN : CENTRED_UP);
}

// How many counts from CNT on it matches, going on as now; 0 at once, which does not count.
static uint64_t counts_to_match(const struct block *block, unsigned channel)
{
    const struct timer *timer = block->state;
    uint32_t count = block->registers[CNT / 4], compare = timer->compare[channel];

    return (timer_is_downward(block) ? count - compare : compare - count) &
           timer_counter_mask(block);
}

void timer_compare_moved(struct block *block, uint64_t counts)
{
    for (unsigned i = 0; i < channels_of(block); i++) {
        uint64_t match = counts_to_match(block, i);
        if (is_output(block, i) && matches_going(block, timer_is_downward(block)) && match &&
            match <= counts) {
            block->registers[SR / 4] |= bit_of(i);
        }
    }
}

void timer_compare_turned(struct block *block, uint32_t reload, bool down)
{
    const struct timer *timer = block->state;
    bool beyond = !(timer_is_centred(block) && down);

    for (unsigned i = 0; i < channels_of(block); i++) {
        bool matches = timer->compare[i] == block->registers[CNT / 4] && matches_going(block, down);
        if (is_output(block, i) && (matches || (beyond && timer->compare[i] > reload))) {
            block->registers[SR / 4] |= bit_of(i);
        }
    }
}

void timer_compare_round(struct block *block)
{
    for (unsigned i = 0; i < channels_of(block); i++) {
        block->registers[SR / 4] |= is_output(block, i) ? bit_of(i) : 0;
    }
}

void timer_compare_take(struct block *block, bool update)
{
    struct timer *timer = block->state;

    for (unsigned i = 0; i < channels_of(block); i++) {
        if (update || !(mode_of(block, i) & PRELOAD)) {
            timer->compare[i] = block->registers[CCR1 / 4 + i];
        }
    }
}

void timer_compare_generate(struct block *block, uint32_t value)
{
    for (unsigned i = 0; i < channels_of(block); i++) {
        block->registers[SR / 4] |= value & bit_of(i);
    }
}

uint64_t timer_compare_next(const struct block *block, uint64_t to_overflow)
{
    uint64_t next = TIMER_NEVER;

    for (unsigned i = 0; i < channels_of(block); i++) {
        uint64_t match = counts_to_match(block, i);
        bool here = match && match < to_overflow && matches_going(block, timer_is_downward(block));
        uint64_t counts = here ? match : to_overflow;
        bool waits = block->registers[DIER / 4] & ~block->registers[SR / 4] & bit_of(i);
        next = waits && is_output(block, i) && counts < next ? counts : next;
    }
    return next;
}

bool timer_compare_interrupts(const struct block *block)
{
    uint32_t channels = bit_of(channels_of(block)) - bit_of(0);

    return block->registers[DIER / 4] & block->registers[SR / 4] & channels;
}
