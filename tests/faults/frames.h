// frames.h: the commands of AN3155 as one host sends them, which another one finds half sent.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_FRAMES_H
#define BOOTLEAP_TESTS_FRAMES_H

#include "devices.h"

#include <stdbool.h>
#include <stddef.h>

enum { FRAME_BYTES = 300, FRAME_VARIANTS = 256 };

// A whole command, its frames one behind the other.
struct frame {
    uint8_t bytes[FRAME_BYTES];
    size_t count;
    struct region names; // what of flash it would change; size 0: nothing
};

// A kind of command. `make` fills in variant 0 to 255 of it, which differ in a byte, and so in
// their checksum, as far as the command has one.
struct frame_kind {
    const char *name;
    uint8_t command;
    bool varies; // else all variants are the same
    void (*make)(struct frame *frame, const struct device *device, unsigned variant);
};

// NULL behind the last one.
const struct frame_kind *frame_kind_at(size_t index);

bool frame_kind_served(const struct frame_kind *kind, const struct device *device);

#endif
