// memory_svg.h: the memories of a device as a picture.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_MEMORY_SVG_H
#define BOOTLEAP_CLI_MEMORY_SVG_H

#include "devices.h"

// Prints an SVG to stdout: a bar for the flash, for the system memory and for each RAM, to scale
// within the bar, with what the ROM overwrites, the mark, and where a stack usually starts. What
// the table does not have is not drawn.
void memory_svg_print(const struct device *device);

#endif
