// pointed.h: the functions that something in a program points to.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_POINTED_H
#define BOOTLEAP_CHECK_POINTED_H

#include "firmware.h"

#include <stdbool.h>
#include <stdint.h>

// Calls add(context, start) for every function whose address stands in a word of the program, or
// whose lower half a MOVW loads, until that returns false. The vector table does not count, nor
// does a word that is loaded to be called at once. A pointer that is computed from the PC is not
// found. False: some call did, or there is no memory on this computer.
bool pointed_each(const struct firmware *firmware, bool (*add)(void *context, uint32_t start),
                  void *context);

// The same for every address from `first` on, below `end`, that stands in a word of the program.
bool pointed_within(const struct firmware *firmware, uint32_t first, uint32_t end,
                    bool (*add)(void *context, uint32_t address), void *context);

#endif
