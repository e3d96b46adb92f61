// plan.h: what to erase and what to write, worked out before the chip is touched.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_PLAN_H
#define BOOTLEAP_HOST_PLAN_H

#include "image.h"
#include "target.h"

// Bytes that one read carries. Both ends are aligned to the device's programming unit.
struct plan_block {
    uint32_t address;
    uint32_t size;
    // What of it is written: without the units at both ends that stay erased, or with all that
    // surrounds it (struct plan, writes_erased). Size 0: nothing.
    uint32_t write_address;
    uint32_t write_size;
};

struct plan_page {
    struct region region;
    uint16_t number; // in the bootloader's erase command
    bool alone;      // to be erased by a command of its own
    unsigned erase_ms;
};

// What is erased and written together: a page, or as many small ones as one block covers.
struct plan_sector {
    size_t first_page, page_count;
    size_t first_block, block_count;
    bool rewrite; // it is to be erased and written: not all that the image wants is there
    bool checked; // every byte of it was seen to be the image's
    unsigned tries;
};

struct plan {
    struct plan_page *pages; // that the image touches, each once, sorted by address
    size_t page_count;
    struct plan_block *blocks; // sorted by address
    size_t block_count;
    struct plan_sector *sectors; // sorted by address, all with `rewrite`
    size_t sector_count;
    uint32_t block_bytes; // of the largest possible block
    // What starts the image: erased first, written last. The block that begins with a vector table,
    // or where none does the lowest; its sector; and how many bytes, whole units.
    size_t first_block, first_sector;
    uint32_t first_bytes;
    uint32_t unit_bytes;  // that are programmed at once, a word at least
    bool writes_erased;   // to write the erased value programs nothing, and whole blocks cost less
    size_t skipped;       // blocks of which nothing is written
    uint32_t write_bytes; // of the others
};

// Plans an image that passed image_check, for this chip and its bootloader. All of an image is
// planned to be written. plan_free afterwards. Problems: EXIT_REFUSED where nobody knows the number
// of a page, EXIT_FAILED without memory.
int plan_make(struct plan *plan, const struct target *target, const struct image *image,
              struct problem *problem);

void plan_free(struct plan *plan);

// The bytes that the chip is to have in [address, address + size): those of the image, and the
// erased value around them.
void plan_read(const struct device *device, const struct image *image, uint32_t address,
               uint32_t size, uint8_t *bytes);

#endif
