// system_control_region.h: the core's own registers on the bus.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_SYSTEM_CONTROL_REGION_H
#define BOOTLEAP_SIM_SYSTEM_CONTROL_REGION_H

#include <stdbool.h>

struct chip;

// Registers the system control space, and the DWT where there is one, with the bus. False if there
// is no room.
bool system_control_region_add(struct chip *chip);

#endif
