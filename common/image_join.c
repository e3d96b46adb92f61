// image_join.c: brings the segments of an image into order and joins neighbours.
// SPDX-License-Identifier: MIT
#include "image_reader.h"

#include <stdlib.h>
#include <string.h>

static int by_address(const void *left, const void *right)
{
    const struct segment *a = left, *b = right;
    return (a->address > b->address) - (a->address < b->address);
}

// How many bytes of `next` are in `last` already. They must be the same: files that were merged
// often have some twice.
static int overlap(const struct segment *last, const struct segment *next, const char *path,
                   uint32_t *shared, struct problem *problem)
{
    uint64_t room = image_segment_end(last) - next->address;
    const uint8_t *bytes = last->bytes + (next->address - last->address);

    *shared = room < next->size ? (uint32_t)room : next->size;
    for (uint32_t i = 0; i < *shared; i++) {
        if (bytes[i] != next->bytes[i]) {
            return problem_set(
                problem, EXIT_USAGE,
                "look for two sections, or two files in one, at the same address",
                "%s at 0x%08X: the file has this byte twice, as 0x%02X and as 0x%02X", path,
                (unsigned)(next->address + i), bytes[i], next->bytes[i]);
        }
    }
    return 0;
}

// Appends the bytes of `next` from `from` on to `last` and frees them.
static int join(struct segment *last, struct segment *next, uint32_t from, struct problem *problem)
{
    uint32_t more = next->size - from;

    if (more) {
        uint8_t *bytes = realloc(last->bytes, last->size + more);
        if (bytes == NULL) {
            return problem_no_memory(problem, "image");
        }
        memcpy(bytes + last->size, next->bytes + from, more);
        last->bytes = bytes;
        last->size += more;
    }
    free(next->bytes);
    next->bytes = NULL;
    return 0;
}

int image_join(struct image *image, const char *path, struct problem *problem)
{
    size_t kept = 0;

    if (image->count == 0) {
        return problem_set(problem, EXIT_USAGE, "did the build end with an error?",
                           "%s: no data in it", path);
    }
    qsort(image->segments, image->count, sizeof *image->segments, by_address);
    for (size_t i = 1; i < image->count; i++) {
        struct segment *last = &image->segments[kept], *next = &image->segments[i];
        uint32_t shared;
        if (next->address > image_segment_end(last)) {
            image->segments[++kept] = *next;
            if (kept != i) {
                next->bytes = NULL; // moved, not copied: it must be freed once
            }
            continue;
        }
        int error = overlap(last, next, path, &shared, problem);
        if (error == 0) {
            error = join(last, next, shared, problem);
        }
        if (error) {
            return error;
        }
    }
    image->count = kept + 1;
    return 0;
}
