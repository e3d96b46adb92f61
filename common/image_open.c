// image_open.c: opens a firmware file of any format.
// SPDX-License-Identifier: MIT
#include "image_reader.h"

#include <stdlib.h>

// Reads the file in the format that its content is in.
static int read_format(struct image *image, struct source *source, uint32_t binary_address,
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
    if (error == 0 && suffix.length == 0) {
        error = image_binary_name_check(source, problem);
    }
    return error ? error : image_binary_read(image, source, binary_address, problem);
}

int image_open(struct image *image, const char *path, uint32_t binary_address,
               struct problem *problem)
{
    struct source source = {.path = path};

    *image = (struct image){0};
    int error = image_file_read(&source, problem);
    if (error == 0) {
        error = read_format(image, &source, binary_address, problem);
    }
    free(source.bytes);
    if (error == 0) {
        error = image_join(image, path, problem);
    }
    if (error) {
        image_close(image);
        return problem_blame(problem, FAULT_FILE);
    }
    return 0;
}
