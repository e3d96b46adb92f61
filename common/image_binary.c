// image_binary.c: reads a raw binary, which is one segment and says nothing about itself.
// SPDX-License-Identifier: MIT
#include "image_reader.h"

// Whether the bytes are those of a text: no control characters, and letters of ASCII for the most
// part.
static bool is_text(const struct source *source)
{
    size_t others = 0;

    for (size_t i = 0; i < source->size; i++) {
        uint8_t byte = source->bytes[i];
        if (byte == 0x7F || (byte < ' ' && (byte < '\t' || byte > '\r'))) {
            return false;
        }
        others += byte > 0x7F;
    }
    return others <= source->size / 4;
}

int image_binary_read(struct image *image, const struct source *source, uint32_t address,
                      struct problem *problem)
{
    image->format = IMAGE_BINARY;
    image->text = is_text(source);
    return image_append(image, source, address, source->bytes, source->size, problem);
}
