// reach.h: which instructions may come behind given ones, whatever the values are.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_REACH_H
#define BOOTLEAP_CHECK_REACH_H

#include "firmware.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A set of addresses of instructions; all zeros: empty.
struct reach {
    bool everything;     // some branch may go anywhere
    bool skips_calls;    // what is called is not added, only what comes behind it
    bool returns;        // some instruction in it returns
    uint32_t *addresses; // in the order in which they were found
    size_t count, room;
    uint32_t *table; // a hash table of indices into them, and 1
    size_t slots;
};

// Puts an instruction in. False: no memory on this computer.
bool reach_add(struct reach *reach, uint32_t address);

// Adds all that may come behind those that are in: the ways of each branch, functions that are
// called, and behind a call through a pointer every function that something points to. Returns go
// nowhere: whoever asks puts in where they lead. False: no memory.
bool reach_run(struct reach *reach, const struct firmware *firmware);

// Whether a return may come behind this instruction in its function. What it calls comes back.
// False: no memory.
bool reach_return(const struct firmware *firmware, uint32_t from, bool *returns);

bool reach_has(const struct reach *reach, uint32_t address);

void reach_close(struct reach *reach);

#endif
