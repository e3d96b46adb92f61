// walk_run.c: chooses where to walk from: the reset, what may enter or reset, and its callers.
// SPDX-License-Identifier: MIT
#include "walk_run.h"

#include "callers.h"
#include "explore.h"
#include "handlers.h"

#include <stdlib.h>

enum {
    RESET_BUDGET = 400000, // steps
    ROOT_BUDGET = 300000,
    MOST_STEPS = 1000000, // of all; what is walked then
    LAST_BUDGET = 2000,
    LEVELS = 2,     // of callers above a function
    MOST_ROOTS = 24 // of one level
};

bool walk_writes_control(const struct firmware *firmware)
{
    for (size_t i = 0; i < firmware->scan.site_count; i++) {
        enum code_site_kind kind = firmware->scan.sites[i].kind;
        if (kind == SITE_MSR_CONTROL || kind == SITE_MSR_PSP) {
            return true;
        }
    }
    return false;
}

// Which of the registers that mask interrupts the program writes somewhere.
static void find_masks(struct walker *walker)
{
    const struct code_scan *scan = &walker->firmware->scan;

    for (size_t i = 0; i < scan->site_count; i++) {
        uint32_t number = scan->sites[i].number;
        if (scan->sites[i].kind == SITE_CPS) {
            walker->writes_faultmask |= (number & 1) != 0;
            walker->writes_primask |= (number & 2) != 0;
        } else if (scan->sites[i].kind == SITE_MSR_MASK) {
            walker->writes_primask |= number == SPECIAL_PRIMASK;
            walker->writes_faultmask |= number == SPECIAL_FAULTMASK;
            walker->writes_basepri |= number == SPECIAL_BASEPRI || number == SPECIAL_BASEPRI_MAX;
        }
    }
}

static bool may_enter(enum code_site_kind kind)
{
    return kind == SITE_MSR_MSP || kind == SITE_ROM_NUMBER || kind == SITE_RESET;
}

// The functions that hold a site of such a kind.
static bool find_candidates(const struct firmware *firmware, struct function_set *set)
{
    uint32_t start;

    for (size_t i = 0; i < firmware->scan.site_count; i++) {
        const struct code_site *site = &firmware->scan.sites[i];
        if (may_enter(site->kind) && set->count < MOST_ROOTS &&
            firmware_function(firmware, site->address, &start) && start != firmware->reset &&
            !function_set_add(set, start)) {
            return false;
        }
    }
    return true;
}

// Takes down of the entries from `first` on, which one walk has found, whether it has seen all ways
// to them: a walk that did not come to its end has, where nothing that it left out leads there.
static void finish_entries(const struct walker *walker, size_t first, struct explored *explored)
{
    struct walk *walk = walker->walk;

    walk->steps += explored->steps;
    for (size_t i = first; i < walk->entry_count; i++) {
        struct rom_entry *entry = &walk->entries[i];
        entry->finished =
            explored->finished || (!walker->gave_up && !reach_has(&explored->ahead, entry->pc));
    }
    reach_close(&explored->ahead);
}

static bool explore_root(struct walker *walker, uint32_t root, unsigned level)
{
    struct walk *walk = walker->walk;
    struct explored explored;
    size_t first = walk->entry_count;
    unsigned exception;

    walker->origin = ORIGIN_APPLICATION;
    walker->root = root;
    walker->level = level;
    walker->isr = handlers_have(walker->firmware, root, &exception);
    if (!explore(walker, walk->steps < MOST_STEPS ? ROOT_BUDGET : LAST_BUDGET, &explored)) {
        return false;
    }
    finish_entries(walker, first, &explored);
    walk->application_finished &= explored.finished;
    return true;
}

static bool explore_level(struct walker *walker, const struct function_set *roots, unsigned level,
                          struct function_set *done)
{
    for (size_t i = 0; i < roots->count && i < MOST_ROOTS; i++) {
        if (function_set_has(done, roots->starts[i])) {
            continue;
        }
        if (!function_set_add(done, roots->starts[i]) ||
            !explore_root(walker, roots->starts[i], level)) {
            return false;
        }
    }
    return true;
}

// What the walk from the reset has seen to its end is not walked again with less known.
static bool find_done(const struct walk *walk, struct function_set *done)
{
    uint32_t start;

    if (!function_set_add(done, walk->firmware->reset)) {
        return false;
    }
    for (size_t i = 0; walk->reset_finished && i < walk->entry_count; i++) {
        if (firmware_function(walk->firmware, walk->entries[i].pc, &start) &&
            !function_set_add(done, start)) {
            return false;
        }
    }
    return true;
}

// Each level's callers are the next level.
static bool explore_application(struct walker *walker)
{
    struct function_set roots = {.starts = NULL}, done = {.starts = NULL};
    bool fine = find_done(walker->walk, &done) && find_candidates(walker->firmware, &roots);

    for (unsigned level = 0; fine && level <= LEVELS; level++) {
        struct function_set above = {.starts = NULL};
        fine = explore_level(walker, &roots, level, &done);
        for (size_t i = 0; fine && i < roots.count; i++) {
            fine = callers_add(walker->firmware, roots.starts[i], MOST_ROOTS, &above);
        }
        function_set_close(&roots);
        roots = above;
    }
    function_set_close(&roots);
    function_set_close(&done);
    return fine;
}

static bool explore_reset(struct walker *walker)
{
    struct walk *walk = walker->walk;
    struct explored explored = {.finished = false};

    if (!walker->firmware->has_vectors) {
        return true;
    }
    walker->origin = ORIGIN_RESET;
    walker->root = walker->firmware->reset;
    walker->isr = false;
    walker->level = 0;
    if (!explore(walker, RESET_BUDGET, &explored)) {
        return false;
    }
    finish_entries(walker, 0, &explored);
    walk->reset_finished = explored.finished;
    return true;
}

int walk_run(struct walk *walk, const struct firmware *firmware, const struct walk_chip *chip,
             struct effort *effort, struct problem *problem)
{
    *walk = (struct walk){
        .firmware = firmware, .chip = *chip, .application_finished = true, .effort = effort};
    walk->store = walk_store_open(effort);
    if (!walk->store) {
        return problem_no_memory(problem, "%s", firmware->path);
    }
    struct walker walker = {.firmware = firmware,
                            .chip = &walk->chip,
                            .store = walk->store,
                            .walk = walk,
                            .writes_control = walk_writes_control(firmware)};

    find_masks(&walker);
    if (!explore_reset(&walker) || !explore_application(&walker)) {
        walk_close(walk);
        return problem_no_memory(problem, "%s", firmware->path);
    }
    return 0;
}

int walk_watch(const struct walk *walk, const struct watch *watch, bool *finished,
               struct problem *problem)
{
    const struct firmware *firmware = walk->firmware;
    struct walk_store *store = walk_store_open(walk->effort);
    struct walk again = {
        .firmware = firmware, .chip = walk->chip, .store = store, .effort = walk->effort};
    struct walker walker = {.firmware = firmware,
                            .chip = &walk->chip,
                            .store = store,
                            .walk = &again,
                            .watch = watch,
                            .writes_control = walk_writes_control(firmware)};

    find_masks(&walker);
    bool fine = store && explore_reset(&walker);

    *finished = again.reset_finished;
    walk_close(&again);
    return fine ? 0 : problem_no_memory(problem, "%s", firmware->path);
}
