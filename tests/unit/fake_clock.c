// fake_clock.c: the clock of the fake USB device, on which waiting takes no time.
// SPDX-License-Identifier: MIT
#include "fake_usb.h"
#include "monotonic.h"

uint64_t monotonic_ms(void)
{
    return fake.now;
}

void monotonic_sleep_ms(unsigned ms)
{
    fake.now += ms;
}
