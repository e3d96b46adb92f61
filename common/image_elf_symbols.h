// image_elf_symbols.h: reads the symbol tables of an ELF file.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_IMAGE_ELF_SYMBOLS_H
#define BOOTLEAP_COMMON_IMAGE_ELF_SYMBOLS_H

#include "elf_file.h"
#include "image.h"

// Adds the names of all symbol tables to the image. A file without symbols is as good for flashing:
// only a table that does not lie in the file, or that was made to fill the memory, is refused.
// Returns 0, or the exit code that was put into *problem.
int image_elf_read_symbols(struct image *image, const struct elf_file *file,
                           struct problem *problem);

#endif
