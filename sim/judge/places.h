// places.h: what places of the code are called: function, file and line.
// SPDX-License-Identifier: MIT
//
// Symbols tell the function at once. Files and lines take a process of their own, so all places are
// collected before: whoever writes a text writes it twice, first for nobody.
#ifndef BOOTLEAP_SIM_PLACES_H
#define BOOTLEAP_SIM_PLACES_H

#include "image_symbols.h"

#include <jansson.h>

struct places;

// `image` and `path`, where it was read from, may be NULL: then addresses are all that is known.
struct places *places_open(const struct image *image, const char *path);
void places_close(struct places *places);

// Looks up the lines of all places that were asked for so far. Once; `places` may be NULL.
void places_find_lines(struct places *places);

// The name of the function whose symbol covers this address, "" where none does.
void places_symbol(const struct places *places, uint32_t address, char name[IMAGE_NAME_ROOM]);

// The name of the function that the source code has there: one that the compiler has copied into
// another has no symbol. Of those in headers the caller is meant.
void places_function(struct places *places, uint32_t address, char name[IMAGE_NAME_ROOM]);

// Whether the code there was written in a header.
bool places_in_header(struct places *places, uint32_t address);

// A new array of objects with "pc", and where they are known "function", "file" and "line": the
// function that has this address, and those that it was copied into.
json_t *places_list(struct places *places, uint32_t address);

#endif
