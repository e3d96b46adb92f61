// image_open.c: opens a firmware file of any format.
// SPDX-License-Identifier: MIT
#include "image_reader.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

// An ELF with debug information is far larger than its firmware; beyond this it is no firmware.
enum { FILE_MAX_BYTES = 256 * 1024 * 1024 };

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

// Reads the file in the format that its content is in.
static int read(struct image *image, struct source *source, uint32_t binary_address,
                struct problem *problem)
{
    struct dfu_suffix suffix;

    int error = image_dfu_suffix_cut(source, &suffix, problem);
    if (error) {
        return error;
    }
    if (image_dfuse_matches(source)) {
        return image_dfuse_read(image, source, &suffix, problem);
    }
    if (suffix.length) {
        image_note(image, "a DFU suffix, for USB device %04X:%04X, is cut off", suffix.vendor,
                   suffix.product);
    }
    if (image_elf_matches(source)) {
        return image_elf_read(image, source, problem);
    }
    if (image_uf2_matches(source)) {
        return image_uf2_read(image, source, problem);
    }
    if (image_hex_matches(source)) {
        return image_hex_read(image, source, problem);
    }
    if (image_srec_matches(source)) {
        return image_srec_read(image, source, problem);
    }
    error = image_foreign_refuse(source, problem);
    return error ? error : image_binary_read(image, source, binary_address, problem);
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
        error = read(image, &source, binary_address, problem);
    }
    free(source.bytes);
    if (error == 0) {
        error = image_join(image, path, problem);
    }
    if (error) {
        image_close(image);
    }
    return error;
}
