// plan.h: what to erase and what to write, worked out before the chip is touched.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_PLAN_H
#define BOOTLEAP_CLI_PLAN_H

#include "devices.h"
#include "image.h"

// Bytes that one write or read carries. Both ends are aligned to the device's programming unit.
struct plan_block {
    uint32_t address;
    uint32_t size;
    bool erased; // all bytes have the erased value: to verify, not to write
};

struct plan {
    uint16_t *pages; // numbers of those that the image touches, each once, sorted by address
    size_t page_count;
    size_t pages_together;     // of these, from the first on; the others are erased one by one
    struct plan_block *blocks; // sorted by address
    size_t block_count;
    uint32_t block_bytes; // of the largest possible one
    size_t skipped;       // blocks that are `erased`
    uint32_t write_bytes; // of the other ones
};

// Plans an image that passed image_check(), for a bootloader whose reads and writes carry at most
// `block_bytes`, a power of 2. Free it with plan_free. Problem: EXIT_FAILED.
int plan_make(struct plan *plan, const struct device *device, const struct image *image,
              uint32_t block_bytes, struct problem *problem);

void plan_free(struct plan *plan);

// How many pages from `first` on go into one erase command: at least 1, at most `limit`.
size_t plan_erase_count(const struct plan *plan, size_t first, size_t limit);

// The content of a block, padded with the erased value.
void plan_read(const struct device *device, const struct image *image,
               const struct plan_block *block, uint8_t *bytes);

#endif
