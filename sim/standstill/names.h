// names.h: names of variables, for sentences.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_NAMES_H
#define BOOTLEAP_SIM_NAMES_H

#include "chip.h"
#include "image.h"
#include "register_names.h"

#include <stdint.h>

enum { NAME_ROOM = REGISTER_NAME_ROOM };

// "uwTick (0x20000010)", or the address alone. `image` may be NULL.
void name_variable(const struct image *image, uint32_t address, char name[NAME_ROOM]);

#endif
