// image_open.c: opens a firmware file of any format and brings its bytes into order.
// SPDX-License-Identifier: MIT
#include "image_reader.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

// An ELF with debug information is far larger than its firmware; beyond this it is no firmware.
enum { FILE_MAX_BYTES = 256 * 1024 * 1024 };

static int by_address(const void *left, const void *right)
{
    const struct segment *a = left, *b = right;
    return (a->address > b->address) - (a->address < b->address);
}

// Appends the bytes of `next` to `segment` and frees them.
static int join(struct segment *segment, struct segment *next, struct problem *problem)
{
    uint8_t *bytes = realloc(segment->bytes, segment->size + next->size);

    if (bytes == NULL) {
        return problem_set(problem, EXIT_FAILED, NULL, "image: out of memory");
    }
    memcpy(bytes + segment->size, next->bytes, next->size);
    segment->bytes = bytes;
    segment->size += next->size;
    free(next->bytes);
    next->bytes = NULL;
    return 0;
}

static int sort_and_join(struct image *image, const char *path, struct problem *problem)
{
    size_t kept = 0;

    if (image->count == 0) {
        return problem_set(problem, EXIT_USAGE, "did the build end with an error?",
                           "%s: no data in it", path);
    }
    qsort(image->segments, image->count, sizeof *image->segments, by_address);
    for (size_t i = 1; i < image->count; i++) {
        struct segment *last = &image->segments[kept], *next = &image->segments[i];
        if (next->address < image_segment_end(last)) {
            return problem_set(problem, EXIT_USAGE, "look for two sections at the same address",
                               "%s at 0x%08X: the file has this byte twice", path, next->address);
        }
        if (next->address > image_segment_end(last)) {
            image->segments[++kept] = *next;
            if (kept != i) {
                next->bytes = NULL; // moved, not copied: it must be freed once
            }
            continue;
        }
        int error = join(last, next, problem);
        if (error) {
            return error;
        }
    }
    image->count = kept + 1;
    return 0;
}

// Reads to the end instead of asking for the size, so that a pipe works too.
static int load(struct source *source, FILE *file, struct problem *problem)
{
    size_t room = 0;

    for (;;) {
        if (source->size == room) {
            room = room ? 2 * room : 65536;
            uint8_t *bigger = room <= FILE_MAX_BYTES ? realloc(source->bytes, room) : NULL;
            if (bigger == NULL) {
                return problem_set(problem, EXIT_USAGE, "the firmware file in its place",
                                   "%s: too large for a firmware", source->path);
            }
            source->bytes = bigger;
        }
        size_t got = fread(source->bytes + source->size, 1, room - source->size, file);
        source->size += got;
        if (got == 0) {
            break;
        }
    }
    if (ferror(file)) {
        return problem_set(problem, EXIT_USAGE, "the firmware file in its place", "read %s: %s",
                           source->path, strerror(errno));
    }
    if (source->size == 0) {
        return problem_set(problem, EXIT_USAGE, "did the build end with an error?",
                           "%s: the file is empty", source->path);
    }
    return 0;
}

int image_open(struct image *image, const char *path, uint32_t binary_address,
               struct problem *problem)
{
    struct source source = {.path = path};
    struct stat status;
    int error;

    *image = (struct image){0};
    // A terminal could be waited on for ever.
    if (stat(path, &status) == 0 && S_ISCHR(status.st_mode)) {
        return problem_set(problem, EXIT_USAGE, "the firmware file in its place",
                           "open %s: a device, not a file", path);
    }
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return problem_set(problem, EXIT_USAGE, "check the name and the folder", "open %s: %s",
                           path, strerror(errno));
    }
    error = load(&source, file, problem);
    fclose(file);
    if (error == 0) {
        if (image_elf_matches(&source)) {
            error = image_elf_read(image, &source, problem);
        } else if (image_hex_matches(&source)) {
            error = image_hex_read(image, &source, problem);
        } else {
            error = image_binary_read(image, &source, binary_address, problem);
        }
    }
    free(source.bytes);
    if (error == 0) {
        error = sort_and_join(image, path, problem);
    }
    if (error) {
        image_close(image);
    }
    return error;
}
