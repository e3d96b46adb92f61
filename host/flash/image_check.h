// image_check.h: whether an image can be meant for a device, before anything is erased.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_IMAGE_CHECK_H
#define BOOTLEAP_HOST_IMAGE_CHECK_H

#include "devices.h"
#include "image.h"

// Whether this image can be meant for this device: every byte lies in its flash and, where the
// image has the vector table at the start of flash, the stack pointer lies in RAM and the reset
// handler is Thumb code of the image. `force` leaves out the part on the vector table,
// and whether the core and the series are those that the file was built for.
// Problem: EXIT_USAGE.
int image_check(const struct device *device, const struct region *flash, const struct image *image,
                bool force, struct problem *problem);

// Whether the image has a vector table at `address`: a stack pointer into RAM, and a reset handler
// that is Thumb code of the image.
bool image_has_vectors(const struct device *device, const struct image *image, uint32_t address);

#endif
