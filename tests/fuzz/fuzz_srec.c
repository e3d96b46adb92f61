// fuzz_srec.c: reads any bytes as S-records.
// SPDX-License-Identifier: MIT
#include "fuzz_format.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    fuzz_format(image_srec_read, bytes, size);
    return 0;
}
