// image_binary.c: reads a raw binary, which is one segment and says nothing about itself.
// SPDX-License-Identifier: MIT
#include "image_reader.h"

int image_binary_read(struct image *image, const struct source *source, uint32_t address,
                      struct problem *problem)
{
    image->format = IMAGE_BINARY;
    return image_append(image, source, address, source->bytes, source->size, problem);
}
