// keep.h: data of the chip that an update carries over, because it shares pages with the image.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_KEEP_H
#define BOOTLEAP_HOST_KEEP_H

#include "address_range.h"
#include "image.h"
#include "target.h"
#include "target_unique_id.h"

enum { KEEP_RANGES = 8 };

// What was asked for, and what of it lies in pages of the image.
struct keep {
    struct address_range ranges[KEEP_RANGES];
    size_t range_count;
    char
        chip[TARGET_UNIQUE_ID_BYTES]; // the chip's unique id, in digits; "" where it cannot be read
    struct segment *read;             // what of the chip was read
    size_t read_count;
    struct image image; // the image with it; the bytes of its segments are not its own
};

// "ADDR+LEN", decimal or 0x hexadecimal. Problem: EXIT_USAGE.
int keep_parse(struct keep *keep, const char *text, struct problem *problem);

// Reads what is to be kept of the pages that the image touches, each byte until it was read twice
// the same, and makes keep->image. What an update of this chip has erased that was interrupted is
// taken from the file that it has left (keep_file.h), and a note of the image says so. keep_free
// afterwards, whatever the result. Problems: EXIT_USAGE where the image has data there too, it is
// not in the flash, or a file is there that may hold something else; those of read.
int keep_read(struct keep *keep, const struct target *target, struct image *image,
              struct problem *problem);

uint32_t keep_bytes(const struct keep *keep);

void keep_free(struct keep *keep);

#endif
