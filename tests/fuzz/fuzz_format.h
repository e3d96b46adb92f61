// fuzz_format.h: gives bytes to the reader of one file format, and looks at what came of it.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_FUZZ_FORMAT_H
#define BOOTLEAP_TESTS_FUZZ_FORMAT_H

#include "fuzz.h"
#include "image_reader.h"

// Ends the process if the image breaks a promise of image.h.
void fuzz_check_image(const struct image *image);

// Reads the bytes with this reader, as image_open() does once it knows the format. No input may
// make it do worse than refuse. The source has a path; `size` of 0 does nothing.
void fuzz_format(int (*read)(struct image *image, const struct source *source,
                             struct problem *problem),
                 const uint8_t *bytes, size_t size);

#endif
