// chip_line.h: says from the row what a program cannot do on its chip, and what to do instead.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_CHIP_LINE_H
#define BOOTLEAP_CHECK_CHIP_LINE_H

#include "devices.h"
#include "walk.h"

enum { CHIP_LINE = 480 };

// One or two sentences; "" where the row has nothing to say.
void chip_line(const struct device *device, const struct walk *walk, char line[CHIP_LINE]);

#endif
