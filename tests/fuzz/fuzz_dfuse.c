// fuzz_dfuse.c: reads any bytes as a DfuSe file, and as one whose suffix is right.
// SPDX-License-Identifier: MIT
//
// Hardly an input has a right checksum at its end. So the suffix is looked at, and whatever comes
// of that, the bytes are read as if there had been one.
#include "fuzz_format.h"

static int read_behind_suffix(struct image *image, const struct source *source,
                              struct problem *problem)
{
    const struct dfu_suffix suffix = {16, 0x0483, 0xDF11};

    return image_dfuse_read(image, source, &suffix, problem);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct source source = {"fuzz", (uint8_t *)bytes, size};
    struct dfu_suffix suffix;
    struct problem problem = {0};
    int error = image_dfu_suffix_cut(&source, &suffix, &problem);

    if (error) {
        fuzz_check_refusal(error, &problem);
    }
    fuzz_format(read_behind_suffix, bytes, size);
    return 0;
}
