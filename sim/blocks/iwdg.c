// iwdg.c: the independent watchdog: started by key, fed by key, resets the chip when forgotten.
// SPDX-License-Identifier: MIT
#include "chip.h"

enum {
    KR = 0x00,
    PR = 0x04,
    RLR = 0x08,
    SR = 0x0C,
    WINR = 0x10,
    PVU = 1 << 0,
    ONF = 1 << 8,
    PR_LARGEST = 6,
    KEY_START = 0xCCCC,
    KEY_FEED = 0xAAAA,
    KEY_ACCESS = 0x5555,
    RLR_RESET = 0xFFF,
    WINDOW_IN_USE = 0x80,
};

struct iwdg {
    struct event bite;
    uint64_t deadline; // EVENT_NEVER while it does not run
    uint64_t period;   // in instructions, of the whole counter
    uint64_t core_hz;  // with which the deadline was computed
    bool fed;          // since the last reset
    bool pvu;          // IWDG_SR.PVU, set while it did not run
};

static void bite(void *context)
{
    const struct block *block = context;

    chip_want_reset(block->chip, RESET_WATCHDOG);
}

static bool iwdg_open(struct block *block)
{
    struct iwdg *iwdg = block->state;

    iwdg->bite = (struct event){.fire = bite, .context = block, .goes_on_in_stop = true};
    iwdg->deadline = EVENT_NEVER;
    return event_queue_add(&block->chip->core.events, &iwdg->bite);
}

// A watchdog that runs keeps its oscillator on.
static void set_deadline(struct block *block, uint64_t deadline)
{
    struct iwdg *iwdg = block->state;

    iwdg->deadline = deadline;
    iwdg->core_hz = block->chip->clock.core_hz;
    event_schedule(&block->chip->core.events, &iwdg->bite, deadline);
    block->chip->rcc.lsi_kept_on = deadline != EVENT_NEVER;
}

static void feed(struct block *block)
{
    uint64_t cycles = (uint64_t)(block->registers[RLR / 4] + 1) << (2 + block->registers[PR / 4]);
    struct iwdg *iwdg = block->state;

    iwdg->period = system_clock_cycles(block->chip, CLOCK_LSI, cycles);
    set_deadline(block, block->chip->core.instructions + iwdg->period);
}

// Whether the counter is still above the window, where feeding resets the chip.
static bool is_too_early(const struct block *block)
{
    const struct iwdg *iwdg = block->state;
    uint64_t now = block->chip->core.instructions;
    uint64_t left = iwdg->deadline > now ? iwdg->deadline - now : 0;

    return block->chip->device->iwdg_window && iwdg->deadline != EVENT_NEVER &&
           block->registers[WINR / 4] < block->registers[RLR / 4] && iwdg->period &&
           left * (block->registers[RLR / 4] + 1) / iwdg->period > block->registers[WINR / 4];
}

// Its oscillator goes on as before, and the core has more or fewer cycles until then.
static void iwdg_rate_changed(struct block *block)
{
    struct iwdg *iwdg = block->state;
    uint64_t now = block->chip->core.instructions;

    if (iwdg->deadline != EVENT_NEVER && iwdg->deadline > now) {
        iwdg->period = system_clock_rescaled(block->chip, iwdg->period, iwdg->core_hz);
        set_deadline(block,
                     now + system_clock_rescaled(block->chip, iwdg->deadline - now, iwdg->core_hz));
    }
}

static void iwdg_reset(struct block *block)
{
    struct iwdg *iwdg = block->state;

    block->registers[RLR / 4] = RLR_RESET;
    block->registers[WINR / 4] = block->chip->device->iwdg_window ? RLR_RESET : 0;
    set_deadline(block, EVENT_NEVER);
    iwdg->fed = iwdg->pvu = false;
    if (block->chip->option_starts_watchdog[WATCHDOG_INDEPENDENT]) {
        feed(block);
    }
}

static uint32_t status(const struct block *block)
{
    const struct iwdg *iwdg = block->state;
    bool on = block->chip->device->iwdg_onf && iwdg->deadline != EVENT_NEVER;

    return (iwdg->pvu ? PVU : 0) | (on ? ONF : 0);
}

static uint32_t iwdg_read(struct block *block, uint32_t offset)
{
    if (offset == SR) {
        return status(block);
    }
    return offset == KR ? 0 : block->registers[offset / 4];
}

static void write_key(struct block *block, uint32_t value)
{
    struct iwdg *iwdg = block->state;

    block->registers[KR / 4] = value == KEY_ACCESS ? value : 0;
    if (value == KEY_FEED && is_too_early(block)) {
        chip_want_reset(block->chip, RESET_WATCHDOG);
        return;
    }
    if (value == KEY_START || (value == KEY_FEED && iwdg->deadline != EVENT_NEVER)) {
        feed(block);
        iwdg->fed = true;
        iwdg->pvu = false; // its clock runs, so the update comes to its end
    }
}

// It feeds too, at any time (RM0091 Rev 10, the window option of IWDG).
static void write_window(struct block *block, uint32_t value)
{
    const struct iwdg *iwdg = block->state;

    block->registers[WINR / 4] = value;
    if (iwdg->deadline != EVENT_NEVER) {
        feed(block);
    }
}

static void iwdg_write(struct block *block, uint32_t offset, uint32_t value)
{
    bool open = block->registers[KR / 4] == KEY_ACCESS;

    if (offset == KR) {
        write_key(block, value);
    } else if (offset == PR && open) {
        block->registers[PR / 4] = value & (block->chip->device->iwdg_slowest > 7 ? 15u : 7u);
    } else if (offset == RLR && open) {
        block->registers[RLR / 4] = value & RLR_RESET;
    } else if (offset == WINR && open && block->chip->device->iwdg_window) {
        write_window(block, value & RLR_RESET);
    }
}

static uint64_t iwdg_deadline(const struct block *block)
{
    const struct iwdg *iwdg = block->state;

    return iwdg->deadline;
}

static bool iwdg_was_fed(const struct block *block)
{
    const struct iwdg *iwdg = block->state;

    return iwdg->fed;
}

static void iwdg_forget_feeding(struct block *block)
{
    struct iwdg *iwdg = block->state;

    iwdg->fed = false;
}

static bool iwdg_has_longest_period(const struct block *block)
{
    return block->registers[PR / 4] == block->chip->device->iwdg_slowest &&
           block->registers[RLR / 4] == RLR_RESET &&
           (!block->chip->device->iwdg_window || block->registers[WINR / 4] == RLR_RESET);
}

static void iwdg_feed_as_rom(struct block *block)
{
    block->registers[PR / 4] = PR_LARGEST;
    block->may_differ = true;
    feed(block);
}

static bool iwdg_update_is_pending(const struct block *block)
{
    const struct iwdg *iwdg = block->state;

    return iwdg->pvu;
}

static void iwdg_set_update_pending(struct block *block, bool pending)
{
    struct iwdg *iwdg = block->state;

    iwdg->pvu = pending;
}

// It runs, with a window where it has one, so that only the end of the period is the time to feed.
static void iwdg_use(struct block *block)
{
    uint32_t start = block->peripheral->start;

    bus_write(block->chip, start + KR, 4, KEY_START);
    if (block->chip->device->iwdg_window) {
        bus_write(block->chip, start + KR, 4, KEY_ACCESS);
        bus_write(block->chip, start + WINR, 4, WINDOW_IN_USE);
    }
}

static const struct watchdog_role iwdg_watchdog = {
    .kind = WATCHDOG_INDEPENDENT,
    .deadline = iwdg_deadline,
    .was_fed = iwdg_was_fed,
    .forget_feeding = iwdg_forget_feeding,
    .has_longest_period = iwdg_has_longest_period,
    .feed_as_rom = iwdg_feed_as_rom,
    .update_is_pending = iwdg_update_is_pending,
    .set_update_pending = iwdg_set_update_pending,
};

const struct block_type iwdg_type = {
    .state_size = sizeof(struct iwdg),
    .open = iwdg_open,
    .reset = iwdg_reset,
    .read = iwdg_read,
    .write = iwdg_write,
    .kept = iwdg_read, // KR can only be written
    .rate_changed = iwdg_rate_changed,
    .use = iwdg_use,
    .role = ROLE_WATCHDOG,
    .watchdog = &iwdg_watchdog,
    .layout = "KR PR RLR SR WINR EWCR",
    .not_modelled = "early wake-up, the time that PR, RLR and WINR updates take",
};
