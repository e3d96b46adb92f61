// vectors.h: whether a firmware image is one that this chip can start.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_VECTORS_H
#define BOOTLEAP_SIM_VECTORS_H

#include "devices.h"
#include "image.h"
#include "problem.h"

// Refuses an image with bytes outside the flash of the device, and one whose vector table, the
// first two words of flash, no core could start from. `path` is for the message. Returns 0, or the
// exit code that was put into *problem.
int vectors_check(const struct image *image, const struct device *device, const char *path,
                  struct problem *problem);

#endif
