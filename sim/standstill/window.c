// window.c: looks at a stretch of the application, instruction by instruction, for a loop.
// SPDX-License-Identifier: MIT
#include "window.h"

#include "thumb.h"

#include <stdlib.h>
#include <string.h>

enum {
    NUMBER = 0x1FF, // of the exception, in xPSR
    FIRST_MARK = 64,
    SAME_WAY = 64, // steps that must repeat
    PRIMASK = 1,
    FAULTMASK = 2,
};

static struct snapshot read_step(struct cpu *cpu, uint32_t pc)
{
    struct snapshot step;

    for (unsigned i = 0; i < STEP_LR + 1; i++) {
        step.registers[i] = cpu_get(cpu, (enum cpu_register)(CPU_R0 + i));
    }
    step.registers[STEP_PC] = pc;
    step.registers[STEP_XPSR] = cpu_get(cpu, CPU_XPSR);
    step.registers[STEP_MASKS] = cpu_get(cpu, CPU_BASEPRI) << 2 |
                                 (cpu_get(cpu, CPU_FAULTMASK) & 1u ? FAULTMASK : 0u) |
                                 (cpu_get(cpu, CPU_PRIMASK) & 1u ? PRIMASK : 0u);
    return step;
}

// From here on all is compared with this step. Marks are further and further apart, so that in the
// end one is older than the longest round (R. P. Brent, BIT 20, 1980).
static void set_mark(struct window *window, const struct snapshot *step)
{
    struct cpu *cpu = window->chip->core.cpu;

    window->mark = *step;
    window->mark_at = window->steps;
    window->next_mark = window->steps ? 2 * window->steps : FIRST_MARK;
    window->control = cpu_get(cpu, CPU_CONTROL);
    window->taken = window->chip->core.exceptions.taken;
    window->bus_written = window->peripherals_read = window->core_read = false;
    window->store_count = 0;
    window->rounds = window->period = 0;
}

static bool overlap(const struct window_store *a, const struct window_store *b)
{
    return a->address < b->address + b->size && b->address < a->address + a->size;
}

// Whether this store was the first to its place: what it found there was there at the mark.
static bool is_first(const struct window *window, size_t number)
{
    for (size_t i = 0; i < number; i++) {
        if (overlap(&window->stores[i], &window->stores[number])) {
            return false;
        }
    }
    return true;
}

// Whether RAM holds what it held at the mark. A store over a part of an earlier one counts as no.
static bool ram_is_same(const struct window *window)
{
    uint8_t now[sizeof window->stores[0].before];

    if (window->store_count > WINDOW_STORES) {
        return false;
    }
    for (size_t i = 0; i < window->store_count; i++) {
        const struct window_store *store = &window->stores[i];
        if (is_first(window, i) &&
            (!cpu_load(window->chip->core.cpu, store->address, now, store->size) ||
             memcmp(now, store->before, store->size) != 0)) {
            return false;
        }
    }
    return true;
}

static bool is_same(const struct window *window, const struct snapshot *step)
{
    struct cpu *cpu = window->chip->core.cpu;

    return memcmp(step, &window->mark, sizeof *step) == 0 &&
           cpu_get(cpu, CPU_CONTROL) == window->control && ram_is_same(window);
}

// Whether the step that should have been as the mark has passed.
static bool has_left(const struct window *window)
{
    uint64_t since = window->steps - window->mark_at;

    return window->rounds && since > (uint64_t)(window->rounds + 1) * window->period;
}

static void keep(struct window *window, const struct snapshot *step)
{
    bool marked = window->steps > 0;

    if (marked && step->registers[STEP_PC] == window->mark.registers[STEP_PC] &&
        is_same(window, step)) {
        window->rounds++;
        window->period = (unsigned)((window->steps - window->mark_at) / window->rounds);
        window->store_count = 0;
    } else if (!marked || has_left(window) ||
               (!window->rounds && window->steps >= window->next_mark)) {
        set_mark(window, step);
    }
    window->ring[window->steps++ % WINDOW_RING] = *step;
}

static bool on_instruction(void *context, uint32_t pc)
{
    struct window *window = context;
    struct snapshot step;
    bool thread;

    if (window_is_done(window)) {
        return true; // not this one: whoever has opened it has a look
    }
    window->seen++;
    step = read_step(window->chip->core.cpu, pc);
    thread = !(step.registers[STEP_XPSR] & NUMBER);
    if (thread && !window->thread) {
        window->thread = true;
        window->steps = 0;
    }
    if (thread == window->thread) {
        keep(window, &step);
    }
    return false;
}

static void on_ram_write(void *context, uint32_t address, unsigned size)
{
    struct window *window = context;
    struct window_store store = {address, size, {0}};

    if (size <= sizeof store.before && window->store_count < WINDOW_STORES &&
        cpu_load(window->chip->core.cpu, address, store.before, size)) {
        window->stores[window->store_count++] = store;
    } else {
        window->store_count = WINDOW_STORES + 1;
    }
}

static void on_bus_read(void *context, uint32_t address, unsigned size, uint32_t value)
{
    struct window *window = context;
    bool core = address >= BUS_PRIVATE;

    (void)size;
    (void)value;
    window->core_read |= core;
    window->peripherals_read |= !core;
}

static void on_bus_write(void *context, uint32_t address, unsigned size, uint32_t value)
{
    struct window *window = context;

    (void)address;
    (void)size;
    (void)value;
    window->bus_written = true;
}

bool window_init(struct window *window, struct chip *chip)
{
    *window = (struct window){.chip = chip,
                              .observer = {.context = window,
                                           .instruction = on_instruction,
                                           .bus_write = on_bus_write,
                                           .bus_read = on_bus_read,
                                           .ram_write = on_ram_write},
                              .ring = calloc(WINDOW_RING, sizeof(struct snapshot))};
    return window->ring != NULL;
}

void window_free(struct window *window)
{
    free(window->ring);
    window->ring = NULL;
}

void window_open(struct window *window, unsigned most)
{
    window->most = most;
    window->open = observers_add(window->chip, &window->observer);
    window->thread = window->same_way = false;
    window->steps = window->seen = 0;
    window->rounds = window->period = 0;
}

void window_close(struct window *window)
{
    if (window->open) {
        observers_remove(window->chip, &window->observer);
        window->open = false;
        window->most = WINDOW_STEPS;
    }
}

bool window_is_done(const struct window *window)
{
    return window->most != WINDOW_ENDLESS &&
           (window->rounds >= WINDOW_ROUNDS || window->seen >= window->most);
}

const struct snapshot *window_step(const struct window *window, unsigned back)
{
    return &window->ring[(window->steps - 1 - back) % WINDOW_RING];
}

static uint32_t pc_of(const struct window *window, unsigned back)
{
    return window_step(window, back)->registers[STEP_PC];
}

// Whether the last `count` steps have the same way as those `period` steps before.
static bool goes_round(const struct window *window, unsigned period, unsigned count)
{
    for (unsigned back = 0; back < count; back++) {
        if (pc_of(window, back) != pc_of(window, back + period)) {
            return false;
        }
    }
    return true;
}

void window_find_way(struct window *window)
{
    unsigned kept = window->steps < WINDOW_RING ? (unsigned)window->steps : WINDOW_RING;

    for (unsigned period = 1; !window->period && period <= kept / 2; period++) {
        unsigned least = 2 * period < SAME_WAY ? SAME_WAY : 2 * period;
        unsigned most = kept - period;
        if (goes_round(window, period, least < most ? least : most)) {
            window->period = period;
            window->same_way = true;
        }
    }
}

// Whether an instruction of the FPU, or of another coprocessor, is in the last round: registers
// that a step does not have.
static bool uses_coprocessor(const struct window *window)
{
    for (unsigned back = 0; back < window->period; back++) {
        uint16_t code = 0;
        cpu_load(window->chip->core.cpu, pc_of(window, back), &code, sizeof code);
        if (thumb_is_coprocessor(code)) {
            return true;
        }
    }
    return false;
}

static bool something_counts(const struct chip *chip)
{
    for (size_t i = 0; i < chip->block_count; i++) {
        const struct block *block = &chip->blocks[i];
        if (block->type->counts && block->type->counts(block)) {
            return true;
        }
    }
    return false;
}

// Whether something other than SysTick is due, or counts, and whether SysTick is.
static void what_is_due(struct chip *chip, bool *systick, bool *others)
{
    const struct event_queue *queue = &chip->core.events;

    *systick = false;
    *others = something_counts(chip);
    for (size_t i = 0; i < queue->count; i++) {
        const struct event *event = queue->events[i];
        bool due = event->at != EVENT_NEVER && event != &chip->look;
        *systick |= due && event == &chip->core.systick;
        *others |= due && event != &chip->core.systick;
    }
}

static bool watchdog_runs(const struct chip *chip)
{
    for (unsigned kind = 0; kind < WATCHDOG_KINDS; kind++) {
        const struct block *block = block_watchdog(chip, (enum watchdog_kind)kind);
        if (block && block->type->watchdog->deadline(block) != EVENT_NEVER) {
            return true;
        }
    }
    return false;
}

static bool dma_runs(const struct chip *chip)
{
    struct block *block = NULL;

    while ((block = block_with_role(chip, ROLE_DMA, block))) {
        if (block->type->dma->is_running(block)) {
            return true;
        }
    }
    return false;
}

// Code that reads what a handler writes often masks interrupts for that, and opens them again.
static bool is_always_masked(const struct window *window)
{
    unsigned steps = window->period && window->period < WINDOW_RING ? window->period : 1;

    for (unsigned back = 0; back < steps; back++) {
        uint32_t masks = window_step(window, back)->registers[STEP_MASKS];
        if (!(masks & (PRIMASK | FAULTMASK))) {
            return false;
        }
    }
    return true;
}

bool window_is_deaf(const struct window *window)
{
    const struct exceptions *exceptions = &window->chip->core.exceptions;

    return is_always_masked(window) || exceptions_is_active(exceptions, EXCEPTION_HARD_FAULT) ||
           exceptions_is_active(exceptions, EXCEPTION_NMI);
}

// Whether the last two rounds are the same at each step, and not only where they begin.
static bool rounds_agree(const struct window *window)
{
    unsigned period = window->period;

    for (unsigned back = 0; 2 * period <= WINDOW_RING && back < period; back++) {
        if (memcmp(window_step(window, back), window_step(window, back + period),
                   sizeof(struct snapshot)) != 0) {
            return false;
        }
    }
    return 2 * period <= WINDOW_RING;
}

bool window_stands_still(const struct window *window)
{
    struct chip *chip = window->chip;
    bool systick, others;

    if (window->rounds < WINDOW_ROUNDS || window->bus_written || !rounds_agree(window) ||
        uses_coprocessor(window) || chip->core.exceptions.taken != window->taken) {
        return false;
    }
    what_is_due(chip, &systick, &others);
    if (!systick && !others) {
        return true;
    }
    return window_is_deaf(window) && !watchdog_runs(chip) && !dma_runs(chip) &&
           !(systick && window->core_read) && !(others && window->peripherals_read);
}
