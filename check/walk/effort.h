// effort.h: how much all walks of a check may take together, so that any program ends in time.
// SPDX-License-Identifier: MIT
//
// A program may be made to branch at each instruction, or to write all of RAM on each way. What is
// not walked any more is unknown.
#ifndef BOOTLEAP_CHECK_EFFORT_H
#define BOOTLEAP_CHECK_EFFORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct effort {
    size_t steps;  // that are left
    int64_t bytes; // that are left, for states, their memory and events; less than 0: too many
};

// Times of what our own firmware needs, for all chips that it may be meant for: 2.3 million steps.
enum { EFFORT_STEPS = 10000000, EFFORT_BYTES = 100 * 1024 * 1024 };

// `effort` may be NULL: nobody counts.
static inline void effort_take(struct effort *effort, size_t bytes)
{
    if (effort) {
        effort->bytes -= (int64_t)bytes;
    }
}

static inline void effort_give(struct effort *effort, size_t bytes)
{
    if (effort) {
        effort->bytes += (int64_t)bytes;
    }
}

static inline bool effort_has_bytes(const struct effort *effort)
{
    return !effort || effort->bytes >= 0;
}

#endif
