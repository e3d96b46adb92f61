// flasher.h: brings an image into a chip: what differs is erased, written and verified.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_FLASHER_H
#define BOOTLEAP_HOST_FLASHER_H

#include "flasher_state.h"

// Compares, erases, writes and verifies. Whatever becomes of it, the first bytes of the image,
// which start it, are either erased, or all of the image is there: they are erased before anything
// else, and written when all the rest is verified. Where reads spoil writes, all of it is written
// before any of it is read. Problems: those of struct bootloader_ops, and EXIT_VERIFY where the
// chip holds something else than the image after it was written again and again.
int flasher_run(struct flasher *flasher, struct problem *problem);

#endif
