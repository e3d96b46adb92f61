// wire.c: keeps what comes over a port and what was sent.
// SPDX-License-Identifier: MIT
#include "wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static bool is_waiting(void *context)
{
    const struct wire *wire = context;

    return wire->taken < wire->input_count;
}

static uint8_t take(void *context)
{
    struct wire *wire = context;

    return is_waiting(wire) ? wire->input[wire->taken++] : 0;
}

static void put(void *context, uint8_t byte)
{
    struct wire *wire = context;

    assert_true(wire->sent < WIRE_BYTES);
    wire->output[wire->sent++] = byte;
}

static void wait_for_byte(void *context, int ms)
{
    (void)context;
    (void)ms;
}

void wire_open(struct wire *wire)
{
    *wire = (struct wire){.port = {wire, is_waiting, is_waiting, take, put, wait_for_byte}};
}

void wire_feed(struct wire *wire, const void *bytes, size_t size)
{
    assert_true(size <= WIRE_BYTES - wire->input_count);
    memcpy(wire->input + wire->input_count, bytes, size);
    wire->input_count += size;
}
