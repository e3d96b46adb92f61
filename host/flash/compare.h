// compare.h: which sectors hold already what the image wants.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_COMPARE_H
#define BOOTLEAP_HOST_COMPARE_H

#include "flasher_state.h"

// Clears `rewrite` of each sector of which every byte was read and is the image's. A few bytes of
// some sectors tell first whether another image is there altogether: then nothing more is read.
// Problems: those of struct bootloader_ops.
int compare_image(struct flasher *flasher, struct problem *problem);

#endif
