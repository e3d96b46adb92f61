// wire.h: a port whose other end is a test: bytes that come, and those that were sent.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_WIRE_H
#define BOOTLEAP_TESTS_WIRE_H

#include "port.h"

#include <stddef.h>

enum { WIRE_BYTES = 64 };

struct wire {
    uint8_t input[WIRE_BYTES]; // what comes, from outside
    size_t input_count, taken;
    uint8_t output[WIRE_BYTES]; // what was sent
    size_t sent;
    struct port port;
};

// Nothing has come. The wire must stay where it is.
void wire_open(struct wire *wire);
// These bytes come behind those that are there.
void wire_feed(struct wire *wire, const void *bytes, size_t size);

#endif
