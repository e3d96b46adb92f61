// image_reader.h: what image_open.c, the reader of each file format and bootleap-check share.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_IMAGE_READER_H
#define BOOTLEAP_COMMON_IMAGE_READER_H

#include "image.h"

// A whole file in memory. Never empty.
struct source {
    const char *path; // for messages
    uint8_t *bytes;
    size_t size;
};

// Reads the file at source->path into source->bytes, which the caller frees, also after a problem.
// Refuses what is no file, a pipe that nobody writes into, an empty file, one that is far too
// large, and one that changes while it is read. Each operating system has its own image_file_*.c.
int image_file_read(struct source *source, struct problem *problem);

// Appends a copy of `size` bytes to the image; the order does not matter, image_open sorts
// afterwards. Refuses bytes that would leave the 32-bit address space.
int image_append(struct image *image, const struct source *source, uint32_t address,
                 const uint8_t *bytes, size_t size, struct problem *problem);

// Sorts the segments and joins neighbours. Refuses an image without any, and one that has a byte
// twice with different values.
int image_join(struct image *image, const char *path, struct problem *problem);

// What a file for USB DFU ends with. `length` is 0 where there is none.
struct dfu_suffix {
    unsigned length;
    uint16_t vendor, product; // of the USB device that the file is for
};

extern const char dfu_damaged[]; // what to try

// Checks the suffix and takes it off the source's size. A file without one passes.
int image_dfu_suffix_cut(struct source *source, struct dfu_suffix *suffix, struct problem *problem);

bool image_dfuse_matches(const struct source *source);
int image_dfuse_read(struct image *image, const struct source *source,
                     const struct dfu_suffix *suffix, struct problem *problem);

bool image_uf2_matches(const struct source *source);
int image_uf2_read(struct image *image, const struct source *source, struct problem *problem);

bool image_elf_matches(const struct source *source);
int image_elf_read(struct image *image, const struct source *source, struct problem *problem);

// Tag_CPU_arch in a section of build attributes, IMAGE_ANY_ARCHITECTURE if it is not there.
unsigned image_elf_architecture(const uint8_t *section, size_t size);
// Tag_CPU_arch_profile: 'A', 'R', 'M', 'S' (A or R); 0 if it is not there.
char image_elf_profile(const uint8_t *section, size_t size);

bool image_hex_matches(const struct source *source);
int image_hex_read(struct image *image, const struct source *source, struct problem *problem);

bool image_srec_matches(const struct source *source);
int image_srec_read(struct image *image, const struct source *source, struct problem *problem);

// Refuses what is no firmware by name: a web page, an archive, a program for a computer.
int image_foreign_refuse(const struct source *source, struct problem *problem);

// Refuses a file for a raw binary that is called like a file of another format.
int image_binary_name_check(const struct source *source, struct problem *problem);

int image_binary_read(struct image *image, const struct source *source, uint32_t address,
                      struct problem *problem);

#endif
