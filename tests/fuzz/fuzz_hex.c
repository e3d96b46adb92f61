// fuzz_hex.c: reads any bytes as Intel HEX.
// SPDX-License-Identifier: MIT
#include "fuzz_format.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    fuzz_format(image_hex_read, bytes, size);
    return 0;
}
