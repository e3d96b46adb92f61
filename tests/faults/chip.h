// chip.h: a second ROM with the facts of a row of the device table.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_CHIP_H
#define BOOTLEAP_TESTS_CHIP_H

#include "devices.h"
#include "second_rom.h"

// The line's largest chip with its newest ROM, as it is delivered. NULL when there is no memory.
struct second_rom *chip_new(const struct device *device);

#endif
