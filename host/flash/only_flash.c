// only_flash.c: leaves out of an image what does not belong into the flash.
// SPDX-License-Identifier: MIT
#include "only_flash.h"

#include "memory_name.h"

#include <stdlib.h>
#include <string.h>

enum { KINDS = 6 };

// All that is left out of one kind of memory.
struct left_out {
    const char *name;
    uint32_t first; // address
    uint64_t bytes;
    size_t places;
};

// NULL for a segment that stays.
static const char *beside(const struct device *device, const struct segment *segment)
{
    uint64_t flash_end = (uint64_t)device->flash.start + device->flash.size;
    bool touches = image_segment_end(segment) > device->flash.start && segment->address < flash_end;

    return touches ? NULL : memory_name(device, segment->address);
}

static void count(struct left_out kinds[KINDS], const char *name, const struct segment *segment)
{
    size_t i = 0;

    while (i < KINDS - 1 && kinds[i].name && strcmp(kinds[i].name, name) != 0) {
        i++;
    }
    if (!kinds[i].name) {
        kinds[i] = (struct left_out){.name = name, .first = segment->address};
    } else if (strcmp(kinds[i].name, name) != 0) {
        kinds[i].name = "and other memories";
    }
    kinds[i].bytes += segment->size;
    kinds[i].places++;
}

static void note(struct image *image, const struct left_out *kind)
{
    if (kind->places == 1) {
        image_note(image, "left out: %u bytes for 0x%08X, %s", (unsigned)kind->bytes,
                   (unsigned)kind->first, kind->name);
    } else {
        image_note(image, "left out: %u bytes in %zu places from 0x%08X on, %s",
                   (unsigned)kind->bytes, kind->places, (unsigned)kind->first, kind->name);
    }
}

int only_flash(const struct device *device, struct image *image, struct problem *problem)
{
    struct left_out kinds[KINDS] = {{0}};
    size_t kept = 0;

    for (size_t i = 0; i < image->count; i++) {
        const char *name = beside(device, &image->segments[i]);
        if (name) {
            count(kinds, name, &image->segments[i]);
            free(image->segments[i].bytes);
        } else {
            image->segments[kept++] = image->segments[i];
        }
    }
    image->count = kept;
    for (size_t i = 0; i < KINDS && kinds[i].name; i++) {
        note(image, &kinds[i]);
    }
    return kept ? 0
                : problem_set(problem, EXIT_USAGE, "the linker script, and the device it is for",
                              "nothing for the flash of %s: all data is for 0x%08X, %s",
                              device->name, (unsigned)kinds[0].first, kinds[0].name);
}
