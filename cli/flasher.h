// flasher.h: carries out a plan: erase, write, and only then verify.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_FLASHER_H
#define BOOTLEAP_CLI_FLASHER_H

#include "plan.h"
#include "progress.h"
#include "rom.h"

struct flasher {
    struct rom *rom;
    const struct image *image;
    const struct plan *plan;
    struct progress progress;
    size_t pages_erased; // so far
    uint32_t bytes_written;
};

// Whether this ROM has the commands that flashing needs. Problem: EXIT_REFUSED.
int flasher_check(const struct rom *rom, struct problem *problem);

// Erases the plan's pages, writes its blocks and reads all of them back. Problems: those of
// an3155.h, and EXIT_VERIFY where the chip holds something else than the image.
int flasher_run(struct flasher *flasher, struct problem *problem);

#endif
