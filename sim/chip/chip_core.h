// chip_core.h: what the core and its chip do for each other.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_CHIP_CORE_H
#define BOOTLEAP_SIM_CHIP_CORE_H

#include <stdbool.h>

struct chip;

// Tells the core whom to ask for a reset, and registers the chip's own event. False if there is no
// room.
bool chip_core_open(struct chip *chip);

#endif
