// flasher.h: carries out a plan: erase, write, and only then verify.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_FLASHER_H
#define BOOTLEAP_CLI_FLASHER_H

#include "plan.h"
#include "progress.h"
#include "target.h"

struct flasher {
    const struct target *target; // its bootloader can read, write and erase
    const struct image *image;
    const struct plan *plan;
    struct progress progress;
    size_t pages_erased; // so far
    uint32_t bytes_written;
    uint8_t *wanted, *is; // one block each: of the image, of the chip
};

// Erases the plan's pages, writes its blocks and reads all of them back. Problems: those of
// struct bootloader_ops, and EXIT_VERIFY where the chip holds something else than the image.
int flasher_run(struct flasher *flasher, struct problem *problem);

#endif
