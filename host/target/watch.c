// watch.c: calls the functions of a watch that there are.
// SPDX-License-Identifier: MIT
#include "watch.h"

void watch_step(const struct watch *watch, const char *phase, size_t done, size_t total)
{
    if (watch && watch->step && total) {
        watch->step(watch->context, phase, done, total);
    }
}

void watch_stop(const struct watch *watch)
{
    if (watch && watch->stop) {
        watch->stop(watch->context);
    }
}

bool watch_interrupted(const struct watch *watch)
{
    return watch && watch->interrupted && watch->interrupted(watch->context);
}
