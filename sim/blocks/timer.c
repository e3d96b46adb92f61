// timer.c: the counter of a timer: it counts, and each update raises a flag and an interrupt.
// SPDX-License-Identifier: MIT
//
// RM0090 Rev 21, chapters 17 to 20; the counters of newer manuals have the same registers. Counting
// up, the counter goes from 0 to ARR, and the count after that is an overflow; counting down, from
// ARR to 0 and an underflow; centre-aligned, to ARR and an overflow, back to 0 and an underflow.
// One more of those than RCR says makes an update event. PSC and RCR are buffered up to that event,
// and so is ARR where ARPE is set. What a timer is, its row says: struct timer_kind.
#include "timer_compare.h"

enum {
    CR2 = 0x04,
    SMCR = 0x08,
    EGR = 0x14,
    PSC = 0x28,
    ARR = 0x2C,
    RCR = 0x30,
    CCR1 = 0x34,
    CCR4 = 0x40,
    CEN = 1 << 0,
    UDIS = 1 << 1,
    URS = 1 << 2,
    OPM = 1 << 3,
    ARPE = 1 << 7,
    CKD = 3 << 8,
    MMS = 7 << 4,
    SMS = 7,
    SMS_RESET = 4, // the counter is reset by a trigger: without one it counts as ever
    ECE = 1 << 14,
    UIE = 1 << 0,
    UDE = 1 << 8,
    UIF = 1 << 0,
    UG = 1 << 0,
    PSC_MASK = 0xFFFF,
};

static uint64_t cycles_of_count(const struct block *block)
{
    const struct timer *timer = block->state;

    return (timer->prescaler + 1u) * timer->divider;
}

// How many counts there are to the next overflow or underflow, at least 1. An upward counter that
// is past ARR goes through 0 first; a centred one turns at once.
static uint64_t counts_to_overflow(const struct block *block)
{
    const struct timer *timer = block->state;
    uint64_t count = block->registers[CNT / 4], reload = timer->reload;

    if (timer_is_centred(block)) {
        uint64_t counts = timer_is_downward(block) ? count : count < reload ? reload - count : 0;
        return counts ? counts : 1;
    }
    if (timer_is_downward(block)) {
        return count + 1;
    }
    return reload + 1 - count + (count > reload ? (uint64_t)timer_counter_mask(block) + 1 : 0);
}

static uint64_t cycles_to_overflow(const struct block *block)
{
    const struct timer *timer = block->state;

    return counts_to_overflow(block) * cycles_of_count(block) - timer->cycles;
}

static void update_event(struct block *block, bool sets_flag)
{
    struct timer *timer = block->state;
    uint32_t *registers = block->registers;

    timer->repetition = registers[RCR / 4];
    if (registers[CR1 / 4] & UDIS) {
        return;
    }
    timer->prescaler = registers[PSC / 4];
    timer->reload = registers[ARR / 4];
    timer_compare_take(block, true);
    registers[SR / 4] |= sets_flag ? UIF : 0u;
    if (registers[CR1 / 4] & OPM) {
        registers[CR1 / 4] &= ~(uint32_t)CEN;
    }
}

static void overflow(struct block *block)
{
    struct timer *timer = block->state;
    uint32_t *registers = block->registers;
    bool down = timer_is_downward(block);
    uint32_t turned_at = timer->reload;

    timer_compare_moved(block, counts_to_overflow(block) - 1);
    timer->cycles = 0;
    if (timer->repetition) {
        timer->repetition--;
    } else {
        update_event(block, true);
    }
    if (timer_is_centred(block)) {
        registers[CNT / 4] = down ? 0 : timer->reload;
        registers[CR1 / 4] ^= DIR;
    } else {
        registers[CNT / 4] = down ? timer->reload : 0;
    }
    timer_compare_turned(block, turned_at, down);
}

// What a counter that runs on and on comes back to after how many cycles; 0: the next update event
// changes how it counts.
static uint64_t cycles_of_round(const struct block *block)
{
    const struct timer *timer = block->state;
    const uint32_t *registers = block->registers;
    uint64_t counts = timer_is_centred(block) ? 2 * (uint64_t)timer->reload : timer->reload + 1ull;
    bool same = timer->prescaler == registers[PSC / 4] && timer->reload == registers[ARR / 4];

    if (!(registers[CR1 / 4] & UDIS) && (!same || registers[CR1 / 4] & OPM)) {
        return 0;
    }
    return counts * (registers[RCR / 4] + 1ull) * cycles_of_count(block);
}

// The counter is clocked by the core's clock alone, and stands still while ARR is 0.
static bool is_counting(const struct block *block)
{
    const struct timer *timer = block->state;
    uint32_t slave = block->registers[SMCR / 4];
    bool inside = !(slave & ECE) && (!(slave & SMS) || (slave & SMS) == SMS_RESET);

    return block->registers[CR1 / 4] & CEN && timer->reload && inside && block_is_clocked(block);
}

// Lets this many cycles pass for a counter that counts. Who looks after a long time has missed many
// overflows; whole rounds of them leave it where it was, with the flag set.
static void pass(struct block *block, uint64_t cycles)
{
    struct timer *timer = block->state;

    while (timer->counts && cycles >= cycles_to_overflow(block)) {
        uint64_t round = cycles_of_round(block);
        if (round && cycles >= round) {
            cycles %= round;
            block->registers[SR / 4] |= block->registers[CR1 / 4] & UDIS ? 0 : UIF;
            timer_compare_round(block);
            continue;
        }
        cycles -= cycles_to_overflow(block);
        overflow(block);
        timer->counts = is_counting(block);
    }
    if (timer->counts) {
        uint32_t *count = &block->registers[CNT / 4];
        uint64_t counts = (cycles + timer->cycles) / cycles_of_count(block);
        timer->cycles = (cycles + timer->cycles) % cycles_of_count(block);
        timer_compare_moved(block, counts);
        *count = (uint32_t)(timer_is_downward(block) ? *count - counts : *count + counts) &
                 timer_counter_mask(block);
    }
}

// Brings the counter from `since` to now.
static void catch_up(struct block *block)
{
    struct timer *timer = block->state;
    uint64_t now = block->chip->core.instructions;

    pass(block, now - timer->since);
    timer->since = now;
}

static void set_lines(struct block *block)
{
    bool update = block->registers[DIER / 4] & block->registers[SR / 4] & UIF;
    bool compare = timer_compare_interrupts(block);
    bool apart = timer_kind_of(block)->compare_apart;

    block_set_line(block, 0, update || (compare && !apart));
    if (apart) {
        block_set_line(block, 1, compare);
    }
}

// How many counts it may be left alone: it needs to be called only for what raises a line of its.
static uint64_t counts_to_interrupt(const struct block *block)
{
    uint64_t overflow = counts_to_overflow(block);
    uint64_t match = timer_compare_next(block, overflow);
    bool update = block->registers[DIER / 4] & ~block->registers[SR / 4] & UIE;

    return update && overflow < match ? overflow : match;
}

// After whatever may have changed how it goes on; `since` is now.
static void go_on(struct block *block)
{
    struct timer *timer = block->state;
    uint64_t counts = is_counting(block) ? counts_to_interrupt(block) : TIMER_NEVER;

    timer->counts = is_counting(block);
    event_schedule(&block->chip->core.events, &timer->update,
                   counts == TIMER_NEVER
                       ? EVENT_NEVER
                       : timer->since + counts * cycles_of_count(block) - timer->cycles);
    set_lines(block);
}

static void timer_look(struct block *block)
{
    catch_up(block);
    go_on(block);
}

static uint64_t divider_of(const struct block *block)
{
    return system_clock_cycles(block->chip, system_clock_of_timers(timer_kind_of(block)->apb), 1);
}

// What it has of the present count stays that part of it.
static void timer_rate_changed(struct block *block)
{
    struct timer *timer = block->state;
    uint64_t divider = divider_of(block);

    catch_up(block);
    timer->cycles = timer->cycles * divider / timer->divider;
    timer->divider = divider;
    go_on(block);
}

static void update(void *context)
{
    timer_look(context);
}

static bool timer_open(struct block *block)
{
    struct timer *timer = block->state;

    timer->divider = 1;
    timer->update = (struct event){.fire = update, .context = block};
    return event_queue_add(&block->chip->core.events, &timer->update);
}

static void timer_reset(struct block *block)
{
    struct timer *timer = block->state;

    block->registers[ARR / 4] = timer_counter_mask(block);
    timer->since = block->chip->core.instructions;
    timer->cycles = 0;
    timer->divider = divider_of(block);
    timer->prescaler = timer->repetition = 0;
    timer->reload = timer_counter_mask(block);
    timer_compare_take(block, true);
    go_on(block);
}

static uint32_t timer_read(struct block *block, uint32_t offset)
{
    timer_look(block);
    return block->registers[offset / 4];
}

// UG begins the count anew, but leaves the flag alone where URS is set.
static void generate(struct block *block, uint32_t value)
{
    struct timer *timer = block->state;

    timer_compare_generate(block, value);
    if (value & UG) {
        update_event(block, !(block->registers[CR1 / 4] & URS));
        timer->cycles = 0;
        block->registers[CNT / 4] =
            timer_is_downward(block) && !timer_is_centred(block) ? timer->reload : 0;
        block->registers[CR1 / 4] &= timer_is_centred(block) ? ~(uint32_t)DIR : ~0u;
    }
}

// The bits of a register that keep what is written; all of those that only channels, inputs and
// outputs have.
static uint32_t kept_bits(const struct block *block, uint32_t offset)
{
    const struct timer_kind *kind = timer_kind_of(block);

    switch (offset) {
    case CR1:
        return CEN | UDIS | URS | OPM | ARPE | (kind->basic ? 0u : CKD) |
               (kind->up_down ? DIR | CMS : 0u);
    case CR2:
        return kind->basic ? MMS : 0xFFFFFFFFu;
    case DIER:
        return kind->basic ? UIE | UDE : 0xFFFFFFFFu;
    case CNT:
    case ARR:
        return timer_counter_mask(block);
    case CCR1:
    case CCR1 + 4:
    case CCR1 + 8:
    case CCR4:
        return timer_kind_of(block)->basic ? 0 : timer_counter_mask(block);
    case PSC:
        return PSC_MASK;
    case RCR:
        return (1u << kind->repetition_bits) - 1;
    default:
        return kind->basic ? 0 : 0xFFFFFFFFu;
    }
}

// DIR shows the direction of a centred counter, and is not written.
static void store(struct block *block, uint32_t offset, uint32_t value)
{
    uint32_t *word = &block->registers[offset / 4];
    uint32_t shown = offset == CR1 && timer_is_centred(block) ? *word & DIR : 0;

    if (offset == CR1 && timer_is_centred(block)) {
        value &= ~(uint32_t)DIR;
    }
    *word = (value & kept_bits(block, offset)) | shown;
}

static void timer_write(struct block *block, uint32_t offset, uint32_t value)
{
    struct timer *timer = block->state;

    catch_up(block);
    if (offset == SR) {
        block->registers[SR / 4] &= value;
    } else if (offset == EGR) {
        generate(block, value);
    } else {
        store(block, offset, value);
    }
    if (!(block->registers[CR1 / 4] & ARPE)) {
        timer->reload = block->registers[ARR / 4];
    }
    timer_compare_take(block, false);
    go_on(block);
}

// Counting, and its interrupt is there at once.
static void timer_use(struct block *block)
{
    uint32_t start = block->peripheral->start;

    block_start_clock(block);
    bus_write(block->chip, start + DIER, 4, UIE);
    bus_write(block->chip, start + EGR, 4, UG);
    bus_write(block->chip, start + CR1, 4, CEN);
}

const struct block_type timer_type = {
    .state_size = sizeof(struct timer),
    .open = timer_open,
    .reset = timer_reset,
    .read = timer_read,
    .write = timer_write,
    .kept = timer_read,
    .counts = is_counting,
    .clock_changed = timer_look,
    .rate_changed = timer_rate_changed,
    .use = timer_use,
    .role = ROLE_TIMER,
    .layout = "CR1 CR2 SMCR DIER SR EGR CCMR1 CCMR2 CCER CNT PSC ARR RCR CCR1 CCR2 CCR3 CCR4 BDTR",
    .not_modelled =
        "inputs, outputs and what captures, with their flags and interrupts, DMA requests, "
        "UIFREMAP and dithering where a timer has them; it stands still while a slave "
        "mode has something else clock it",
};
