// image_append.c: how a reader adds bytes to an image.
// SPDX-License-Identifier: MIT
#include "image_reader.h"

#include <stdlib.h>
#include <string.h>

// The segment that `size` bytes for `address` go to, with room for them: the last one if they
// follow it, else a new one. NULL without memory.
static struct segment *make_room(struct image *image, uint32_t address, size_t size)
{
    struct segment *last = image->count ? &image->segments[image->count - 1] : NULL;

    if (last == NULL || image_segment_end(last) != address) {
        struct segment *bigger =
            realloc(image->segments, (image->count + 1) * sizeof *image->segments);
        if (bigger == NULL) {
            return NULL;
        }
        image->segments = bigger;
        last = &image->segments[image->count++];
        *last = (struct segment){.address = address};
    }
    uint8_t *bytes = realloc(last->bytes, last->size + size);
    if (bytes == NULL) {
        return NULL;
    }
    last->bytes = bytes;
    return last;
}

int image_append(struct image *image, const struct source *source, uint32_t address,
                 const uint8_t *bytes, size_t size, struct problem *problem)
{
    if (size == 0) {
        return 0;
    }
    if (size > UINT32_MAX - address + UINT64_C(1)) {
        return problem_set(problem, EXIT_USAGE, "link it for an STM32, or copy it again",
                           "%s at 0x%08X: %zu bytes run over the end of the address space",
                           source->path, address, size);
    }
    struct segment *segment = make_room(image, address, size);
    if (segment == NULL) {
        return problem_no_memory(problem, "%s", source->path);
    }
    memcpy(segment->bytes + segment->size, bytes, size);
    segment->size += (uint32_t)size;
    return 0;
}
