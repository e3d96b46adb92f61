// listing.h: some instructions around one, as an assembler would write them.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_LISTING_H
#define BOOTLEAP_CHECK_LISTING_H

#include "firmware.h"

#include <jansson.h>
#include <stdint.h>

// A list of {pc, text}: the instruction at `pc` and its neighbours within the function; fewer where
// some cannot be read. Empty where none can, and where the build
// has no Capstone.
json_t *listing_pack(const struct firmware *firmware, uint32_t pc);

#endif
