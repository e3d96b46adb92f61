// advice.c: the texts that say what to change, and when each is given.
// SPDX-License-Identifier: MIT
#include "advice.h"

#include "advice_entry.h"
#include "advice_outcome.h"
#include "advice_points.h"
#include "jump_site.h"

#include <string.h>

struct text {
    const char *about, *text;
};

static const struct text checks[] = {
    {"R1", "call bootleap_on_reset() first in the reset handler: it resets once more when the ROM "
           "has started the application"},
    {"R2", "the mark must be in RAM that no reset and no ROM changes: see BOOTLEAP_MARK in "
           "bootleap.h, and look for a watchdog that bites before the application runs"},
    {"R3",
     "bootleap_on_reset() is not that of the library, or something else is called by that "
     "name: when nothing is pending it must leave RAM and reset flags alone, and PRIMASK always"},
};

static const struct text ends[] = {
    {"reset loop", "the application is reset before it gets anywhere: a watchdog that start-up "
                   "code does not feed, or a request that never ends (see R2)"},
};

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

static void add(json_t *list, const struct text *table, size_t count, const char *about)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(table[i].about, about) == 0 && !advice_has(list, about)) {
            json_array_append_new(list,
                                  json_pack("{s:s, s:s}", "about", about, "text", table[i].text));
        }
    }
}

// Each point that did not hold, whichever handoff it was: first those by which the ROM fails.
static void add_points(json_t *list, const struct advice_run *run)
{
    for (int rank = 0; run->blame && rank <= 2; rank++) {
        for (int i = 1; i <= CONTRACT_POINTS; i++) {
            bool told = run->blame->points[i - 1].told;
            if (told &&
                advice_outcome_rank(run->journal->handoffs, contract_rows[i - 1].id) == rank) {
                json_array_append_new(list, advice_of_point(run, i));
            }
        }
    }
}

// A jump in C right behind MSR MSP may find its target by SP: in the new stack, where it is not.
static void add_fault(json_t *list, const struct advice_run *run)
{
    uint32_t place, lr = cpu_get(run->watcher->chip->core.cpu, CPU_LR);
    char name[IMAGE_NAME_ROOM];
    json_t *advice;

    if (!run->image || !run->places || !jump_site_used_new_stack(run->image, lr, &place)) {
        json_array_append_new(
            list, json_pack("{s:s, s:s}", "about", "fault", "text",
                            "run it again with --gdb 3333 and look at PC and SP there: the core "
                            "is held where it faults"));
        return;
    }
    places_function(run->places, place, name);
    advice = json_pack("{s:s, s:o}", "about", "fault", "text",
                       json_sprintf("SP was used after MSR MSP: %s() loads the target of its jump "
                                    "from the new stack, where it is not. Load MSP and jump in one "
                                    "piece of assembly, with both values in registers.",
                                    name));
    json_t *places = places_list(run->places, place);
    json_object_update(advice, json_array_get(places, 0));
    json_decref(places);
    json_array_append_new(list, advice);
}

json_t *advice_list(const struct advice_run *run)
{
    json_t *list = json_array();

    add_points(list, run);
    advice_of_outcomes(list, run);
    if (run->ran_from_go) {
        add(list, checks, COUNT(checks), "R1");
    }
    if (run->too_many_handoffs) {
        add(list, checks, COUNT(checks), "R2");
    }
    if (run->watcher->quiet_broken) {
        add(list, checks, COUNT(checks), "R3");
    }
    if (strcmp(run->end, "fault") == 0 && !advice_has(list, "H1")) { // which says why
        add_fault(list, run);
    }
    add(list, ends, COUNT(ends), run->end);
    advice_of_entry(list, run);
    return list;
}
