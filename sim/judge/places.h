// places.h: what places of the code are called: function, file and line.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_PLACES_H
#define BOOTLEAP_SIM_PLACES_H

#include "image_symbols.h"

#include <jansson.h>

struct places {
    const struct image *image; // NULL: none is known
};

// The name of the function that has this address, "" where none has.
void places_function(const struct places *places, uint32_t address, char name[IMAGE_NAME_ROOM]);

// Puts "pc", and where they are known "function", "file" and "line", into an object.
void places_put(const struct places *places, json_t *object, uint32_t address);

#endif
