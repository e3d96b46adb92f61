// wwdg.c: the window watchdog: once started it cannot be stopped, and counts down to a reset.
// SPDX-License-Identifier: MIT
//
// RM0090 Rev 21, chapter 22: CR holds T and WDGA, CFR the window W and the prescaler WDGTB, at
// bit 7 or in newer blocks at bit 11: the other place reads 0.
#include "chip.h"

enum {
    CR = 0x00,
    CFR = 0x04,
    COUNTER = 0x7F,
    LAST = 0x3F, // a counter that gets here resets the chip
    STARTED = 0x80,
    CYCLES_PER_COUNT = 4096, // of the bus clock
};

struct wwdg {
    struct event bite;
    uint64_t deadline; // EVENT_NEVER while it does not run
    uint64_t period;   // of a count, with which the deadline was computed
};

static bool runs(const struct block *block)
{
    const struct wwdg *wwdg = block->state;

    return wwdg->deadline != EVENT_NEVER;
}

static uint64_t wwdg_deadline(const struct block *block)
{
    const struct wwdg *wwdg = block->state;

    return wwdg->deadline;
}

static void bite(void *context)
{
    const struct block *block = context;

    chip_want_reset(block->chip, RESET_WATCHDOG);
}

static bool wwdg_open(struct block *block)
{
    struct wwdg *wwdg = block->state;

    wwdg->bite = (struct event){.fire = bite, .context = block};
    wwdg->deadline = EVENT_NEVER;
    return event_queue_add(&block->chip->core.events, &wwdg->bite);
}

// Of a count, in cycles of the core.
static uint64_t period(const struct block *block)
{
    uint32_t cfr = block->registers[CFR / 4];

    return system_clock_cycles(block->chip, CLOCK_PCLK1,
                               (uint64_t)CYCLES_PER_COUNT << ((cfr >> 7 & 3u) | (cfr >> 11 & 7u)));
}

static void set_deadline(struct block *block, uint64_t deadline)
{
    struct wwdg *wwdg = block->state;

    wwdg->deadline = deadline;
    wwdg->period = period(block);
    event_schedule(&block->chip->core.events, &wwdg->bite, deadline);
}

static uint32_t counter(const struct block *block)
{
    const struct wwdg *wwdg = block->state;
    uint64_t now = block->chip->core.instructions, deadline = wwdg_deadline(block);

    if (!runs(block)) {
        return block->registers[CR / 4] & COUNTER;
    }
    if (now >= deadline) {
        return LAST;
    }
    return LAST + (uint32_t)((deadline - now - 1) / wwdg->period) + 1;
}

static void load(struct block *block, uint32_t value)
{
    block->registers[CR / 4] = value | STARTED;
    if ((value & COUNTER) <= LAST) {
        chip_want_reset(block->chip, RESET_WATCHDOG);
        return;
    }
    set_deadline(block,
                 block->chip->core.instructions + ((value & COUNTER) - LAST) * period(block));
}

static void wwdg_reset(struct block *block)
{
    block->registers[CR / 4] = COUNTER;
    block->registers[CFR / 4] = COUNTER;
    set_deadline(block, EVENT_NEVER);
    if (block->chip->option_starts_watchdog[WATCHDOG_WINDOW]) {
        load(block, COUNTER);
    }
}

static uint32_t wwdg_read(struct block *block, uint32_t offset)
{
    uint32_t started = runs(block) ? STARTED : 0;

    return offset == CR ? started | counter(block) : block->registers[offset / 4];
}

static void write_control(struct block *block, uint32_t value)
{
    bool too_early = runs(block) && counter(block) > (block->registers[CFR / 4] & COUNTER);

    if (too_early) {
        chip_want_reset(block->chip, RESET_WATCHDOG);
    } else if (value & STARTED || runs(block)) {
        load(block, value & COUNTER);
    } else {
        block->registers[CR / 4] = value & COUNTER;
    }
}

static void wwdg_write(struct block *block, uint32_t offset, uint32_t value)
{
    uint32_t now = counter(block);

    if (offset == CR) {
        write_control(block, value);
    } else if (offset == CFR) {
        block->registers[CFR / 4] = value & 0x3FFFu;
        if (runs(block)) { // the counter goes on from where it is, at the new pace
            set_deadline(block, block->chip->core.instructions + (now - LAST) * period(block));
        }
    }
}

static void wwdg_rate_changed(struct block *block)
{
    const struct wwdg *wwdg = block->state;
    uint64_t now = block->chip->core.instructions;

    if (runs(block) && wwdg->deadline > now) {
        set_deadline(block, now + (wwdg->deadline - now) * period(block) / wwdg->period);
    }
}

static void wwdg_use(struct block *block)
{
    block_start_clock(block);
    bus_write(block->chip, block->peripheral->start + CR, 4, STARTED | COUNTER);
}

static const struct watchdog_role wwdg_watchdog = {
    .kind = WATCHDOG_WINDOW,
    .deadline = wwdg_deadline,
};

const struct block_type wwdg_type = {
    .state_size = sizeof(struct wwdg),
    .open = wwdg_open,
    .reset = wwdg_reset,
    .read = wwdg_read,
    .write = wwdg_write,
    .kept = wwdg_read,
    .rate_changed = wwdg_rate_changed,
    .use = wwdg_use,
    .role = ROLE_WATCHDOG,
    .watchdog = &wwdg_watchdog,
    .layout = "CR CFR SR",
    .not_modelled = "its early wake-up interrupt, that its clock can be stopped; its reset shows "
                    "the flags of the IWDG's",
};
