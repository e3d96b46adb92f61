// streams.h: bytes that a host might send: sessions as they should be, and disturbed ones.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_STREAMS_H
#define BOOTLEAP_TESTS_STREAMS_H

#include "devices.h"

#include <stddef.h>

enum { MOST_BYTES = 6000 };

struct bytes {
    uint8_t byte[MOST_BYTES];
    size_t count;
};

struct streams {
    const struct device *device;
    uint32_t seed;
    struct bytes stream; // the current one
};

// What finds no room is left out.
void bytes_add(struct bytes *bytes, unsigned byte);

// The next session of some commands: as it should be, or with one byte changed, left out, doubled,
// or the last one.
void streams_next(struct streams *streams);

// A session that writes, erases in both ways, and asks who is there.
void streams_short(struct streams *streams);

#endif
