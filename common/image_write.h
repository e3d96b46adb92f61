// image_write.h: writes bytes of a chip into a firmware file.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_IMAGE_WRITE_H
#define BOOTLEAP_COMMON_IMAGE_WRITE_H

#include "image.h"

#include <stdio.h>

// Writes one segment in this format: IMAGE_HEX, IMAGE_SREC, or IMAGE_BINARY, which has no address.
// False where the file takes no more; errno says why.
bool image_write(FILE *file, enum image_format format, const struct segment *segment);

// The format that the end of this name stands for: .hex and .ihex, .srec, .s19, .s28, .s37 and
// .mot; binary for all others. Letters may be of either case.
enum image_format image_write_format(const char *name);

#endif
