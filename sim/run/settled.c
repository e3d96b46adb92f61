// settled.c: whether what a run is made for has happened, so that it may end without a limit.
// SPDX-License-Identifier: MIT
#include "settled.h"

#include "outside.h"

enum {
    AFTERWARDS = 200000, // instructions
    // Resets after which more of them show nothing new: twice what bootleap_on_reset() does.
    REPEATS = 32,
};

// Whether the scenario still has the application enter, types, or presses.
static bool is_asking(const struct run *run)
{
    return run->watcher.enter_armed || watcher_has_plans(&run->watcher) || outside_has_more(run);
}

static const char *what_has_happened(const struct run *run)
{
    const struct own_entry *own = &run->watcher.own;
    bool runs = run->watcher.running.is_so;
    bool asked = own->reset || own->request != REQUEST_NONE || run->reset_itself ||
                 (run->watcher.entered && run->resets > 0);

    if (is_asking(run)) {
        return NULL;
    }
    if (run->rom_ran && runs) {
        return run->ran_from_go ? "the application runs, started by the ROM's Go"
                                : "the application runs again";
    }
    if (own->refused && json_array_size(run->journal.handoffs) == 0) {
        return "the entry function returned";
    }
    if (asked && runs) {
        return "the application has reset the chip and runs: its request is lost";
    }
    return run->resets > REPEATS ? "the chip is reset again and again" : NULL;
}

void settled_look(struct run *run)
{
    const char *happened = what_has_happened(run);

    if (happened != run->settled) {
        run->settled = happened;
        run->settled_at = run->chip.core.instructions;
    }
}

uint64_t settled_end(const struct run *run)
{
    const struct scenario *scenario = run->scenario;
    bool ends = run->settled && !scenario->limit_named && scenario->host != ROM_HOST_REAL &&
                !scenario->has_gdb;

    return ends ? run->settled_at + AFTERWARDS : EVENT_NEVER;
}

uint64_t settled_or_limit(const struct run *run)
{
    uint64_t limit = run->scenario->limit ? run->scenario->limit : EVENT_NEVER;
    uint64_t end = settled_end(run);

    return end < limit ? end : limit;
}
