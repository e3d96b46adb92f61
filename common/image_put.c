// image_put.c: copies images, and puts bytes into them.
// SPDX-License-Identifier: MIT
#include "image_put.h"

#include "image_reader.h"

#include <stdlib.h>
#include <string.h>

bool image_copy(struct image *copy, const struct image *image)
{
    *copy = *image;
    copy->symbols = NULL;
    copy->symbol_count = 0;
    copy->count = 0;
    copy->segments = calloc(image->count + 1, sizeof *copy->segments);
    for (size_t i = 0; copy->segments && i < image->count; i++) {
        struct segment *segment = &copy->segments[i];
        *segment = image->segments[i];
        segment->bytes = malloc(segment->size);
        if (segment->bytes == NULL) {
            return false;
        }
        memcpy(segment->bytes, image->segments[i].bytes, segment->size);
        copy->count++;
    }
    return copy->segments != NULL;
}

// The part of a segment that lies in a range: where it begins, and how many bytes it has.
static uint32_t part_of(const struct segment *segment, uint32_t address, uint32_t size,
                        uint32_t *start)
{
    uint64_t end = (uint64_t)address + size;

    end = end < image_segment_end(segment) ? end : image_segment_end(segment);
    *start = address > segment->address ? address : segment->address;
    return end > *start ? (uint32_t)(end - *start) : 0;
}

static int require_blank(const struct image *image, const char *path, uint32_t address,
                         uint32_t size, struct problem *problem)
{
    bool zeros = true, ones = true;
    uint32_t start;

    for (size_t i = 0; i < image->count; i++) {
        const struct segment *segment = &image->segments[i];
        uint32_t count = part_of(segment, address, size, &start);
        for (uint32_t at = 0; at < count; at++) {
            uint8_t byte = segment->bytes[start - segment->address + at];
            zeros &= byte == 0;
            ones &= byte == 0xFF;
        }
    }
    return zeros || ones
               ? 0
               : problem_set(problem, EXIT_USAGE,
                             "an address for which the file has nothing, or only 0xFF or only 0",
                             "%u bytes at 0x%08X: %s has other data there", size, address, path);
}

int image_put(struct image *image, const char *path, uint32_t address, uint32_t size,
              const uint8_t *bytes, struct problem *problem)
{
    const struct source source = {.path = path};
    uint32_t start;

    int error = require_blank(image, path, address, size, problem);
    if (error) {
        return error;
    }
    for (size_t i = 0; i < image->count; i++) {
        const struct segment *segment = &image->segments[i];
        uint32_t count = part_of(segment, address, size, &start);
        if (count) {
            memcpy(segment->bytes + (start - segment->address), bytes + (start - address), count);
        }
    }
    error = image_append(image, &source, address, bytes, size, problem);
    return error ? error : image_join(image, path, problem);
}
