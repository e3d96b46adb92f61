// walker.c: records events, entries and resets of a walk.
// SPDX-License-Identifier: MIT
#include "walker.h"

#include <stdlib.h>

enum { MOST_ENTRIES = 256, MOST_RESETS = 256 };

bool walker_event(struct walker *walker, struct state *state, const struct event *event)
{
    struct event next = *event;
    const struct event *kept;

    next.before = state->events;
    next.number = ++state->event_count;
    next.frames = state->frames;
    kept = walk_store_event(walker->store, &next);
    if (!kept) {
        return false;
    }
    state->events = kept;
    if (walker->watch && walker->watch->happened) {
        walker->watch->happened(walker->watch->context, kept);
    }
    return true;
}

bool walker_is_rom(const struct walker *walker, uint32_t address)
{
    return code_scan_is_rom(&walker->firmware->scan, address) &&
           !code_map_is_code(&walker->firmware->map, address);
}

static void forget_values(struct value *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        values[i] = value_unknown();
    }
}

// R0 to R3, R12 and LR (AAPCS32, 6.1.1), and the flags.
void walker_unknown_result(struct state *state)
{
    forget_values(state->r, 4);
    forget_values(&state->r[12], 1);
    forget_values(&state->r[REGISTER_LR], 1);
    flags_forget(&state->flags);
}

// Besides: RAM, registers of peripherals and the core's. What the walk itself has pushed stays.
void walker_unknown_call(struct state *state)
{
    struct core_state *core = &state->core;

    walker_unknown_result(state);
    memory_forget(&state->memory, 0x10000000, 0x5FFFFFFF);
    memory_forget(&state->memory, 0xE0000000, 0xFFFFFFFF);
    forget_values(&core->primask, 1);
    forget_values(&core->basepri, 1);
    forget_values(&core->faultmask, 1);
    forget_values(core->enabled, NVIC_WORDS);
    forget_values(core->pending, NVIC_WORDS);
    forget_values(&core->remap, 1);
}

bool walker_enter(struct walker *walker, const struct state *state, const struct value *target,
                  bool links)
{
    struct walk *walk = walker->walk;
    struct rom_entry *entries;

    if (!walk || walk->entry_count == MOST_ENTRIES) {
        return true;
    }
    entries = realloc(walk->entries, (walk->entry_count + 1) * sizeof *entries);
    if (!entries) {
        return false;
    }
    walk->entries = entries;
    struct rom_entry *entry = &entries[walk->entry_count];
    *entry = (struct rom_entry){.pc = state->pc,
                                .links = links,
                                .origin = walker->origin,
                                .root = walker->root,
                                .level = walker->level,
                                .target = *target,
                                .core = state->core,
                                .events = state->events,
                                .frames = state->frames,
                                .isr = walker->isr,
                                .stack = state->stack};
    if (!memory_copy(&entry->memory, &state->memory)) {
        return false;
    }
    walk->entry_count++;
    return true;
}

bool walker_reset(struct walker *walker, const struct state *state)
{
    struct walk *walk = walker->walk;
    struct reset_site *resets;

    if (!walk || walk->reset_count == MOST_RESETS) {
        return true;
    }
    resets = realloc(walk->resets, (walk->reset_count + 1) * sizeof *resets);
    if (!resets) {
        return false;
    }
    walk->resets = resets;
    struct reset_site *reset = &resets[walk->reset_count];
    *reset = (struct reset_site){.pc = state->pc,
                                 .root = walker->root,
                                 .origin = walker->origin,
                                 .events = state->events,
                                 .frames = state->frames};
    if (!memory_copy(&reset->memory, &state->memory)) {
        return false;
    }
    walk->reset_count++;
    return true;
}
