// memory.h: words of RAM and of peripheral registers that a walk has written, shared until changed.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_MEMORY_H
#define BOOTLEAP_CHECK_MEMORY_H

#include "effort.h"
#include "value.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A word that was written: by whom, and when (the number of the event, or of the step).
struct word {
    struct value value;
    uint32_t pc;
    unsigned number;
    unsigned written; // not 0: it was; as wide as the rest, so that words can be compared as bytes
};

struct memory_page;

struct memory {
    struct memory_page **pages; // sorted by address
    size_t count, room;
    uint32_t hash;         // of what is in it: the same while no store changes anything
    struct effort *effort; // that pays for pages and copies; NULL: nobody counts
};

void memory_open(struct memory *memory);
void memory_close(struct memory *memory);
// Makes *copy the same. Costs the table of pages, no page. False: no memory on this computer.
bool memory_copy(struct memory *copy, const struct memory *memory);

// The word at `address`, a multiple of 4; NULL: it was never written.
const struct word *memory_word(const struct memory *memory, uint32_t address);

// False: no memory on this computer.
bool memory_put(struct memory *memory, uint32_t address, const struct word *word);

// Forgets all words from `first` to `last`.
void memory_forget(struct memory *memory, uint32_t first, uint32_t last);

// The first written word from *address on, which goes there; NULL: none.
const struct word *memory_next(const struct memory *memory, uint32_t *address);

// Makes `into` hold what holds of both: words of one alone become unknown. Sets *changed where
// `into` was. False: no memory on this computer.
bool memory_join(struct memory *into, const struct memory *other, bool *changed);

#endif
