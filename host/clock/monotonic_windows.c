// monotonic_windows.c: reads the counter that Windows has for times.
// SPDX-License-Identifier: MIT
#include "monotonic.h"

#include <windows.h>

// In two steps, because the counter times 1000 would not stay in 64 bits for ever.
uint64_t monotonic_ms(void)
{
    LARGE_INTEGER ticks, per_second;

    QueryPerformanceFrequency(&per_second);
    QueryPerformanceCounter(&ticks);
    uint64_t now = (uint64_t)ticks.QuadPart, rate = (uint64_t)per_second.QuadPart;
    return now / rate * 1000 + now % rate * 1000 / rate;
}

void monotonic_sleep_ms(unsigned ms)
{
    Sleep(ms);
}
