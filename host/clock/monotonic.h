// monotonic.h: a clock that never jumps.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_MONOTONIC_H
#define BOOTLEAP_HOST_MONOTONIC_H

#include <stdint.h>

// Milliseconds since some moment in the past.
uint64_t monotonic_ms(void);

// Waits for so long.
void monotonic_sleep_ms(unsigned ms);

#endif
