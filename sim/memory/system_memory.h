// system_memory.h: what is where in system memory, and which of its bytes anybody knows.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_SYSTEM_MEMORY_H
#define BOOTLEAP_SIM_SYSTEM_MEMORY_H

#include "devices.h"

#include <stdbool.h>
#include <stdint.h>

// Whether the address is in system memory, on whichever bus it is seen.
bool memory_is_system(const struct device *device, uint32_t address);
// The region that holds the ROM's vector table.
const struct region *system_memory_of_rom(const struct device *device);
// The address of the same byte in the region that the row names; the address itself elsewhere.
uint32_t system_memory_home(const struct device *device, uint32_t address);

// Whether these bytes are what they are on silicon: words 0 and 1 of the ROM's table (of the right
// shape), the ROM's version, the size of the flash, the unique id.
bool system_memory_is_known(const struct device *device, uint32_t address, uint32_t size);

// Whether the address is where ST keeps what it knows of a part: beside system memory or the unique
// id. Calibration values, option bytes and the bytes for one-time programming are there.
bool system_memory_is_near(const struct device *device, uint32_t address);

#endif
