// memory_name.h: what lies at an address of a chip beside its flash, as users call it.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_MEMORY_NAME_H
#define BOOTLEAP_HOST_MEMORY_NAME_H

#include "devices.h"

// "RAM", "option bytes", "external flash (QUADSPI or OCTOSPI)": by the device's row, else by its
// series, else by the architecture's address map. NULL for the flash, and for what comes behind it
// where larger parts have more flash.
const char *memory_name(const struct device *device, uint32_t address);

#endif
