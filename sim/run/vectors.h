// vectors.h: whether a firmware image is one that this chip can start, and from where.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_VECTORS_H
#define BOOTLEAP_SIM_VECTORS_H

#include "devices.h"
#include "image.h"
#include "problem.h"

// Finds the vector table in flash: at its start or, for an application behind a loader, where the
// first part of the image has a stack pointer in RAM and a reset handler of its own. `named` is
// where the user says that it is, 0: nothing was said. Refuses an image with bytes outside the
// flash of the device, and one whose table no core could start from. `path` is for the message.
// Returns 0, or the exit code that was put into *problem.
int vectors_find(const struct image *image, const struct device *device, const char *path,
                 uint32_t named, uint32_t *table, struct problem *problem);

#endif
