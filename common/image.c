// image.c: what an open image can be asked.
// SPDX-License-Identifier: MIT
#include "image.h"

#include <stdlib.h>
#include <string.h>

uint64_t image_segment_end(const struct segment *segment)
{
    return (uint64_t)segment->address + segment->size;
}

const char *image_format_name(enum image_format format)
{
    static const char *const names[] = {
        [IMAGE_ELF] = "elf",     [IMAGE_HEX] = "hex", [IMAGE_SREC] = "srec",
        [IMAGE_DFUSE] = "dfuse", [IMAGE_UF2] = "uf2", [IMAGE_BINARY] = "binary"};

    return names[format];
}

void image_close(struct image *image)
{
    for (size_t i = 0; i < image->count; i++) {
        free(image->segments[i].bytes);
    }
    for (size_t i = 0; i < image->symbol_count; i++) {
        free(image->symbols[i].name);
    }
    free(image->segments);
    free(image->symbols);
    *image = (struct image){0};
}

const struct symbol *image_symbol(const struct image *image, const char *name)
{
    for (size_t i = 0; i < image->symbol_count; i++) {
        if (strcmp(image->symbols[i].name, name) == 0) {
            return &image->symbols[i];
        }
    }
    return NULL;
}

uint32_t image_read(const struct image *image, uint32_t address, uint32_t size, uint8_t *bytes)
{
    uint64_t end = (uint64_t)address + size;
    uint64_t held = 0;

    for (size_t i = 0; i < image->count; i++) {
        const struct segment *segment = &image->segments[i];
        uint64_t from = segment->address > address ? segment->address : address;
        uint64_t to = image_segment_end(segment) < end ? image_segment_end(segment) : end;
        if (from >= to) {
            continue;
        }
        memcpy(bytes + (from - address), segment->bytes + (from - segment->address), to - from);
        held += to - from;
    }
    return (uint32_t)held;
}
