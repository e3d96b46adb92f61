// fuzz_elf.c: reads any bytes as an ELF file.
// SPDX-License-Identifier: MIT
#include "fuzz_format.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    fuzz_format(image_elf_read, bytes, size);
    return 0;
}
