// handlers.h: which functions are handlers of exceptions, or are called by one.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_HANDLERS_H
#define BOOTLEAP_CHECK_HANDLERS_H

#include "firmware.h"

// Whether a handler in the vector table, but for Reset, begins at `start`; *exception is its
// number.
bool handlers_have(const struct firmware *firmware, uint32_t start, unsigned *exception);

// Whether the function that holds `address` is reached from such a handler by direct calls.
bool walk_from_handler(const struct firmware *firmware, uint32_t address, unsigned *exception);

#endif
