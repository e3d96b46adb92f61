// walker.c: records events, entries and resets of a walk.
// SPDX-License-Identifier: MIT
#include "walker.h"

#include <stdlib.h>

// Each rule looks through the events of each entry.
enum { MOST_ENTRIES = 512, MOST_RESETS = 1024, MOST_TOLD = 1000000 };

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

void walker_cut(struct walker *walker, const struct state *state)
{
    for (unsigned i = 0; i < walker->cut_count; i++) {
        if (walker->cuts[i].pc == state->pc && walker->cuts[i].frames == state->frames) {
            return;
        }
    }
    if (walker->cut_count == CUTS) {
        walker->gave_up = true;
        return;
    }
    walker->cuts[walker->cut_count++] = (struct cut){state->pc, state->frames};
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

// RAM, but for what the walk itself has pushed. A stack that is not the one that a walk found
// begins at the program's first word.
static void forget_ram(const struct walker *walker, struct state *state)
{
    const uint32_t first = 0x10000000, last = 0x5FFFFFFF, top = walker->firmware->initial_sp;
    const struct value *sp = &state->core.sp;

    if (value_is_number(sp) && sp->bits > first && sp->bits < top && top - sp->bits < STACK_ROOM) {
        memory_forget(&state->memory, first, sp->bits - 1);
        memory_forget(&state->memory, top, last);
    } else {
        memory_forget(&state->memory, first, last);
    }
}

// RAM, registers of peripherals and the core's. What masks interrupts only MSR and CPS
// write: where the program has none, it stays.
static void forget_effects(const struct walker *walker, struct state *state)
{
    struct core_state *core = &state->core;

    forget_ram(walker, state);
    memory_forget(&state->memory, 0xE0000000, 0xFFFFFFFF);
    forget_values(&core->primask, walker->writes_primask);
    forget_values(&core->basepri, walker->writes_basepri);
    forget_values(&core->faultmask, walker->writes_faultmask);
    forget_values(core->enabled, NVIC_WORDS);
    forget_values(core->pending, NVIC_WORDS);
    forget_values(&core->remap, 1);
}

void walker_unknown_call(const struct walker *walker, struct state *state)
{
    walker_unknown_result(state);
    forget_effects(walker, state);
}

// A handler that returns at once, or never.
static bool does_something(const struct firmware *firmware, uint32_t handler)
{
    const struct instruction *first = firmware_instruction(firmware, handler);

    return first && first->operation != OP_BX && first->operation != OP_STOPS &&
           !(first->operation == OP_B && first->immediate == handler);
}

bool walker_exception(struct walker *walker, struct state *state, unsigned exception)
{
    struct event unknown = {.kind = EVENT_UNKNOWN, .pc = state->pc};
    uint32_t handler;

    if (walker->origin != ORIGIN_RESET ||
        !firmware_handler(walker->firmware, exception, &handler) ||
        !does_something(walker->firmware, handler)) {
        return true;
    }
    unknown.address = handler;
    forget_effects(walker, state);
    return walker_event(walker, state, &unknown);
}

// Whether an entry says nothing that another one does not say: the same state on the same calls.
static bool is_known_entry(const struct walk *walk, const struct rom_entry *entry)
{
    for (size_t i = 0; i < walk->entry_count; i++) {
        const struct rom_entry *one = &walk->entries[i];
        if (one->pc == entry->pc && one->root == entry->root && one->origin == entry->origin &&
            one->frames == entry->frames && one->stack == entry->stack &&
            one->memory.hash == entry->memory.hash && value_equal(&one->target, &entry->target) &&
            core_state_covers(&one->core, &entry->core)) {
            return true;
        }
    }
    return false;
}

// Whether what this walk has found is one too many to be kept, with what led to it.
static bool is_too_much(struct walker *walker, const struct state *state, size_t count, size_t most)
{
    bool is_too_much;

    walker->walk->told += state->event_count;
    is_too_much = count == most || walker->walk->told > MOST_TOLD;
    walker->gave_up |= is_too_much;
    return is_too_much;
}

bool walker_enter(struct walker *walker, const struct state *state, const struct value *target,
                  bool links)
{
    struct walk *walk = walker->walk;
    struct rom_entry entry = {.pc = state->pc,
                              .links = links,
                              .origin = walker->origin,
                              .root = walker->root,
                              .level = walker->level,
                              .target = *target,
                              .core = state->core,
                              .memory = state->memory,
                              .events = state->events,
                              .frames = state->frames,
                              .isr = walker->isr,
                              .stack = state->stack};

    if (!walk || is_known_entry(walk, &entry) ||
        is_too_much(walker, state, walk->entry_count, MOST_ENTRIES)) {
        return true;
    }
    struct rom_entry *entries = realloc(walk->entries, (walk->entry_count + 1) * sizeof *entries);
    if (!entries) {
        return false;
    }
    walk->entries = entries;
    if (!memory_copy(&entry.memory, &state->memory)) {
        return false;
    }
    entries[walk->entry_count++] = entry;
    return true;
}

bool walker_reset(struct walker *walker, const struct state *state)
{
    struct walk *walk = walker->walk;
    struct reset_site *resets;

    if (!walk || is_too_much(walker, state, walk->reset_count, MOST_RESETS)) {
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
