// fuzz_image.c: reads any bytes as a firmware file of whatever format, and fits it to every chip.
// SPDX-License-Identifier: MIT
#include "fuzz_format.h"

#include "image_fit.h"

static void fit(const char *path, const struct device *device)
{
    const struct image_wish wish = {.only_flash = true};
    struct problem problem = {0};
    struct image image;

    int error = image_open(&image, path, 0x08000000, &problem);
    if (error) {
        fuzz_check_refusal(error, &problem);
        return;
    }
    fuzz_check_image(&image);
    error = device->unlisted ? 0 : image_fit(device, &image, &wish, &problem);
    if (error) {
        fuzz_check_refusal(error, &problem);
    } else {
        fuzz_check_image(&image);
    }
    image_close(&image);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct scratch scratch = scratch_open(bytes, size);
    unsigned sum = 0;

    for (size_t i = 0; i < size; i++) {
        sum += bytes[i]; // chooses the chip, so that an input is a file like any other
    }
    fit(scratch.path, &devices[sum % device_count]);
    scratch_close(&scratch);
    return 0;
}
