// loader.h: a stand-in for the loader in front of an application.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_LOADER_H
#define BOOTLEAP_SIM_LOADER_H

#include "devices.h"

#include <stdint.h>

enum { LOADER_BYTES = 32 };

// Makes code for the start of flash that starts the application whose vector table is at `table`:
// VTOR at the table where the core has one, the stack pointer and the first PC from it. Nothing
// else of what a loader does.
void loader_make(const struct device *device, uint32_t table, uint32_t stack,
                 uint8_t bytes[LOADER_BYTES]);

#endif
