// start_up_vectors.h: whether start-up code sets its vector table before it enables an interrupt.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_START_UP_VECTORS_H
#define BOOTLEAP_CHECK_START_UP_VECTORS_H

#include "walk.h"

#include <stdbool.h>
#include <stdint.h>

// What happens between the reset and the first interrupt that the program enables: what the ROM's
// Go leaves is still there.
struct start_up_vectors {
    unsigned set;     // ways on which VTOR had the address of a table of the program
    unsigned missing; // ... on which it had not, at `pc`
    unsigned back;    // ways on which MEM_MODE did not select system memory any more
    unsigned away;    // ... on which it was not written, at `remap_pc`
    uint32_t pc, remap_pc;
    bool unfinished; // there are more ways
};

// Counts the way that ends at this event, if it is the first one that enables an interrupt.
void start_up_vectors_event(struct start_up_vectors *vectors, const struct walk *walk,
                            const struct event *event);

#endif
