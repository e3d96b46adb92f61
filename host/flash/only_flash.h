// only_flash.h: leaves out of an image what does not belong into the flash.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_ONLY_FLASH_H
#define BOOTLEAP_HOST_ONLY_FLASH_H

#include "devices.h"
#include "image.h"

// Takes the segments out that lie in a memory beside the flash, and adds a note for each kind of
// memory: how many bytes, where, what it is. What lies behind the end of the flash stays, and so
// does a segment that begins beside the flash and runs into it: they are refused later.
// Refuses an image of which nothing is left. Returns 0, or the exit code that was put into
// *problem.
int only_flash(const struct device *device, struct image *image, struct problem *problem);

#endif
