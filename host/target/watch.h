// watch.h: what a long command tells of itself while it runs, and whether it may go on.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_WATCH_H
#define BOOTLEAP_HOST_WATCH_H

#include <stdbool.h>
#include <stddef.h>

// Functions of whoever wants to know; each may be NULL. All get `context`.
struct watch {
    void *context;
    // `done` of `total` steps of this phase ("erase").
    void (*step)(void *context, const char *phase, size_t done, size_t total);
    void (*stop)(void *context); // the phase is over, whether or not all of it was done
    // Asked before each command: true ends the work.
    bool (*interrupted)(void *context);
};

// Each may be called with NULL.
void watch_step(const struct watch *watch, const char *phase, size_t done, size_t total);
void watch_stop(const struct watch *watch);
bool watch_interrupted(const struct watch *watch);

#endif
