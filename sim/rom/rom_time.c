// rom_time.c: looks at the clock of the host, and at who ends the wait.
// SPDX-License-Identifier: MIT
#include "rom_time.h"

#include <time.h>

uint64_t rom_time_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

bool rom_is_over(const struct rom *rom)
{
    return *rom->stop || (rom->bites_at && rom_time_ms() >= rom->bites_at);
}
