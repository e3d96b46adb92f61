// handlers.c: looks for handlers of exceptions among the callers of a function.
// SPDX-License-Identifier: MIT
#include "handlers.h"

#include "callers.h"

enum { FIRST_HANDLER = 2, MOST_CALLERS = 4096 };

bool handlers_have(const struct firmware *firmware, uint32_t start, unsigned *exception)
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
        found = handlers_have(firmware, above.starts[i], exception) ||
                !callers_add(firmware, above.starts[i], MOST_CALLERS, &above);
    }
    function_set_close(&above);
    return found;
}
