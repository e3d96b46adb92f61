// modelled.h: what the virtual chip has of this device, and what it has not.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_MODELLED_H
#define BOOTLEAP_SIM_MODELLED_H

#include "run_state.h"

#include <jansson.h>

// The names of the blocks, as a new JSON array.
json_t *modelled_pack(const struct run *run);

// What is not modelled, a sentence each: of the core, of the blocks, of the ROM, and what this
// application has met. A new JSON array.
json_t *modelled_pack_lacks(const struct run *run);

#endif
