// callers.c: looks for the callers of functions.
// SPDX-License-Identifier: MIT
#include "callers.h"

#include <stdlib.h>

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

bool callers_add(const struct firmware *firmware, uint32_t start, size_t most,
                 struct function_set *set)
{
    const struct code_scan *scan = &firmware->scan;
    uint32_t caller;

    for (size_t i = first_call(scan, start);
         i < scan->call_count && scan->calls[i].target == start && set->count < most; i++) {
        if (firmware_function(firmware, scan->calls[i].address, &caller) && caller != start &&
            !function_set_add(set, caller)) {
            return false;
        }
    }
    return true;
}
