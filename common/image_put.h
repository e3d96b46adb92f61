// image_put.h: a copy of an image that gets bytes which its file does not have.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_IMAGE_PUT_H
#define BOOTLEAP_COMMON_IMAGE_PUT_H

#include "image.h"

// Copies all but the symbols. image_close afterwards, whatever the result. False without memory.
bool image_copy(struct image *copy, const struct image *image);

// Puts `size` bytes, at least one, at `address`. What the image has there must be blank: all 0xFF
// or all 0, as a linker fills a gap. Problem: EXIT_USAGE, and then the image is what it was.
int image_put(struct image *image, const char *path, uint32_t address, uint32_t size,
              const uint8_t *bytes, struct problem *problem);

#endif
