// fuzz_uf2.c: reads any bytes as UF2.
// SPDX-License-Identifier: MIT
#include "fuzz_format.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    fuzz_format(image_uf2_read, bytes, size);
    return 0;
}
