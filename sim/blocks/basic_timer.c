// basic_timer.c: a basic timer: counts up, and each update raises a flag and an interrupt.
// SPDX-License-Identifier: MIT
//
// RM0090 Rev 21, chapter 20, and RM0444's chapter "Basic timers (TIM6/TIM7)": the counter goes from
// 0 to ARR, and the overflow after that is an update event. PSC is buffered up to that event, and
// so is ARR where ARPE is set.
#include "chip.h"

enum {
    CR1 = 0x00,
    CR2 = 0x04,
    DIER = 0x0C,
    SR = 0x10,
    EGR = 0x14,
    CNT = 0x24,
    PSC = 0x28,
    ARR = 0x2C,
    CEN = 1 << 0,
    UDIS = 1 << 1,
    URS = 1 << 2,
    OPM = 1 << 3,
    ARPE = 1 << 7,
    MMS = 7 << 4,
    UIE = 1 << 0,
    UDE = 1 << 8,
    UIF = 1 << 0,
    UG = 1 << 0,
    COUNTS = 0x10000, // the counter has 16 bits
};

// CNT is in block->registers, as it was at the time `since`.
struct basic_timer {
    struct event overflow;
    uint64_t since;     // in instructions; an instruction is taken for a cycle of the clock
    bool counts;        // it has done so since then
    uint32_t cycles;    // that the prescaler has had of the present count
    uint32_t prescaler; // in force: cycles a count, less 1
    uint32_t reload;    // in force: the last count before an overflow
};

// How long the counter needs to the next overflow. One that is past ARR goes through 0 first.
static uint64_t cycles_to_overflow(const struct block *block)
{
    const struct basic_timer *timer = block->state;
    uint32_t count = block->registers[CNT / 4];
    uint64_t counts = (uint64_t)timer->reload + 1 - count + (count > timer->reload ? COUNTS : 0);

    return counts * (timer->prescaler + 1u) - timer->cycles;
}

static void update_event(struct block *block, bool sets_flag)
{
    struct basic_timer *timer = block->state;
    uint32_t *registers = block->registers;

    if (registers[CR1 / 4] & UDIS) {
        return;
    }
    timer->prescaler = registers[PSC / 4];
    timer->reload = registers[ARR / 4];
    registers[SR / 4] |= sets_flag ? UIF : 0u;
    if (registers[CR1 / 4] & OPM) {
        registers[CR1 / 4] &= ~(uint32_t)CEN;
    }
}

static void restart_count(struct block *block)
{
    struct basic_timer *timer = block->state;

    block->registers[CNT / 4] = 0;
    timer->cycles = 0;
}

// The timer does not count while ARR is 0.
static bool is_counting(const struct block *block)
{
    const struct basic_timer *timer = block->state;

    return block->registers[CR1 / 4] & CEN && timer->reload && block_is_clocked(block);
}

// Brings the counter from `since` to now.
static void count_up(struct block *block)
{
    struct basic_timer *timer = block->state;
    uint64_t now = block->chip->core.instructions, cycles = timer->counts ? now - timer->since : 0;
    uint64_t left = cycles_to_overflow(block);

    timer->since = now;
    if (timer->counts && cycles >= left) {
        cycles -= left;
        restart_count(block);
        update_event(block, true);
        timer->counts = is_counting(block);
        // Who asks after a long sleep can have missed more of them.
        cycles = timer->counts ? cycles % cycles_to_overflow(block) : 0;
    }
    cycles += timer->cycles;
    timer->cycles = (uint32_t)(cycles % (timer->prescaler + 1u));
    block->registers[CNT / 4] =
        (uint32_t)(block->registers[CNT / 4] + cycles / (timer->prescaler + 1u)) % COUNTS;
}

// After whatever may have changed how it goes on; `since` is now.
static void go_on(struct block *block)
{
    struct basic_timer *timer = block->state;
    bool interrupts = block->registers[DIER / 4] & UIE;

    timer->counts = is_counting(block);
    timer->overflow.stands_still_in_sleep = !interrupts;
    event_schedule(&block->chip->core.events, &timer->overflow,
                   timer->counts ? timer->since + cycles_to_overflow(block) : EVENT_NEVER);
    block_set_interrupt(block, interrupts && block->registers[SR / 4] & UIF);
}

static void basic_timer_look(struct block *block)
{
    count_up(block);
    go_on(block);
}

static void overflow(void *context)
{
    basic_timer_look(context);
}

static bool basic_timer_open(struct block *block)
{
    struct basic_timer *timer = block->state;

    timer->overflow = (struct event){.fire = overflow, .context = block};
    return event_queue_add(&block->chip->core.events, &timer->overflow);
}

static void basic_timer_reset(struct block *block)
{
    struct basic_timer *timer = block->state;

    block->registers[ARR / 4] = COUNTS - 1;
    timer->since = block->chip->core.instructions;
    timer->cycles = timer->prescaler = 0;
    timer->reload = COUNTS - 1;
    go_on(block);
}

static uint32_t basic_timer_read(struct block *block, uint32_t offset)
{
    basic_timer_look(block);
    return block->registers[offset / 4];
}

// UG begins the count anew, but leaves the flag alone where URS is set.
static void generate(struct block *block, uint32_t value)
{
    if (value & UG) {
        restart_count(block);
        update_event(block, !(block->registers[CR1 / 4] & URS));
    }
}

static void store(struct block *block, uint32_t offset, uint32_t value)
{
    static const struct {
        uint32_t offset, mask;
    } kept[] = {
        {CR1, CEN | UDIS | URS | OPM | ARPE},
        {CR2, MMS},
        {DIER, UIE | UDE},
        {CNT, COUNTS - 1},
        {PSC, COUNTS - 1},
        {ARR, COUNTS - 1},
    };

    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
        if (kept[i].offset == offset) {
            block->registers[offset / 4] = value & kept[i].mask;
        }
    }
}

static void basic_timer_write(struct block *block, uint32_t offset, uint32_t value)
{
    struct basic_timer *timer = block->state;

    count_up(block);
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
    go_on(block);
}

const struct block_type basic_timer_type = {
    .state_size = sizeof(struct basic_timer),
    .open = basic_timer_open,
    .reset = basic_timer_reset,
    .read = basic_timer_read,
    .write = basic_timer_write,
    .kept = basic_timer_read,
    .clock_changed = basic_timer_look,
    .layout = "CR1 CR2 - DIER SR EGR - - - CNT PSC ARR",
    .not_modelled = "its trigger output, DMA requests, UIFREMAP and dithering where a timer has "
                    "them, a clock other than the core's",
};
