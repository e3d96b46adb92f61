// serial_silence.c: waits until a serial line is silent, on every system.
// SPDX-License-Identifier: MIT
#include "serial.h"

#include "monotonic.h"

void serial_await_silence(struct serial *line, unsigned silence_ms, unsigned limit_ms)
{
    uint64_t end = monotonic_ms() + limit_ms;
    uint8_t byte;

    while (monotonic_ms() < end && serial_read(line, &byte, 1, silence_ms) == 1) {
        ;
    }
}
