// walk.c: frees what walks have found.
// SPDX-License-Identifier: MIT
#include "walk.h"

#include "walk_store.h"

#include <stdlib.h>

void walk_close(struct walk *walk)
{
    for (size_t i = 0; i < walk->entry_count; i++) {
        memory_close(&walk->entries[i].memory);
    }
    for (size_t i = 0; i < walk->reset_count; i++) {
        memory_close(&walk->resets[i].memory);
    }
    free(walk->entries);
    free(walk->resets);
    walk_store_close(walk->store);
    *walk = (struct walk){.entries = NULL};
}
