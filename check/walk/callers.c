// callers.c: looks for the callers of functions, and for handlers of exceptions above them.
// SPDX-License-Identifier: MIT
#include "callers.h"

#include "walk.h"

#include <stdlib.h>

enum { FIRST_HANDLER = 2, MOST_CALLERS = 4096 };

bool function_set_has(const struct function_set *set, uint32_t start)
{
    for (size_t i = 0; i < set->count; i++) {
        if (set->starts[i] == start) {
            return true;
        }
    }
    return false;
}

bool function_set_add(struct function_set *set, uint32_t start)
{
    if (function_set_has(set, start)) {
        return true;
    }
    if (set->count == set->room) {
        size_t room = set->room ? 2 * set->room : 16;
        uint32_t *starts = realloc(set->starts, room * sizeof *starts);
        if (!starts) {
            return false;
        }
        set->starts = starts;
        set->room = room;
    }
    set->starts[set->count++] = start;
    return true;
}

void function_set_close(struct function_set *set)
{
    free(set->starts);
    *set = (struct function_set){.starts = NULL};
}

static size_t first_call(const struct code_scan *scan, uint32_t target)
{
    size_t low = 0, high = scan->call_count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (scan->calls[middle].target < target) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

bool callers_add(const struct firmware *firmware, uint32_t start, struct function_set *set)
{
    const struct code_scan *scan = &firmware->scan;
    uint32_t caller;

    for (size_t i = first_call(scan, start); i < scan->call_count && scan->calls[i].target == start;
         i++) {
        if (firmware_function(firmware, scan->calls[i].address, &caller) && caller != start &&
            !function_set_add(set, caller)) {
            return false;
        }
    }
    return true;
}

static bool is_handler(const struct firmware *firmware, uint32_t start, unsigned *exception)
{
    uint32_t handler;

    for (unsigned i = FIRST_HANDLER; i < firmware->vector_count; i++) {
        if (firmware_handler(firmware, i, &handler) && handler == start) {
            *exception = i;
            return true;
        }
    }
    return false;
}

bool walk_from_handler(const struct firmware *firmware, uint32_t address, unsigned *exception)
{
    struct function_set above = {.starts = NULL};
    uint32_t start;
    bool found = false;

    if (!firmware_function(firmware, address, &start) || !function_set_add(&above, start)) {
        return false;
    }
    for (size_t i = 0; i < above.count && above.count < MOST_CALLERS && !found; i++) {
        found = is_handler(firmware, above.starts[i], exception) ||
                !callers_add(firmware, above.starts[i], &above);
    }
    function_set_close(&above);
    return found;
}
