// rcc_region.h: the RCC on the bus.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_RCC_REGION_H
#define BOOTLEAP_SIM_RCC_REGION_H

#include <stdbool.h>

struct chip;

// Registers the RCC's addresses with the bus. False if there is no room.
bool rcc_region_add(struct chip *chip);

#endif
