// callers.h: which functions call which, by direct calls.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_CALLERS_H
#define BOOTLEAP_CHECK_CALLERS_H

#include "firmware.h"

// A set of functions, by the addresses where they begin.
struct function_set {
    uint32_t *starts;
    size_t count, room;
};

bool function_set_has(const struct function_set *set, uint32_t start);
// Adds one that is not in it yet. False: no memory on this computer.
bool function_set_add(struct function_set *set, uint32_t start);
void function_set_close(struct function_set *set);

// Adds the functions that call the one at `start`, until the set has `most`. False: no memory.
bool callers_add(const struct firmware *firmware, uint32_t start, size_t most,
                 struct function_set *set);

#endif
