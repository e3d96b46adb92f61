// binary_place.h: for which address a raw binary was linked, as far as its content tells.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_BINARY_PLACE_H
#define BOOTLEAP_HOST_BINARY_PLACE_H

#include "devices.h"
#include "image.h"

// Refuses a raw binary that lies at the start of flash and begins with the vector table of an
// application that was linked for another place in it, and says which. The addresses in the table
// must be those of code; where it was linked is the one place where they are. A file that does not
// begin with a vector table passes. Returns 0, or the exit code that was put into *problem.
int binary_place_check(const struct device *device, const struct image *image,
                       struct problem *problem);

#endif
