// fuzz_image.c: reads any bytes as a firmware file, and looks at what came of it.
// SPDX-License-Identifier: MIT
#include "fuzz.h"

#include "image.h"
#include "image_symbols.h"

#include <stdlib.h>
#include <string.h>

// What image.h promises of the segments.
static void check_segments(const struct image *image)
{
    uint64_t end = 0;

    for (size_t i = 0; i < image->count; i++) {
        const struct segment *segment = &image->segments[i];
        if (segment->size == 0 || (i > 0 && segment->address <= end)) {
            abort(); // overlaps, touches or is not sorted
        }
        end = (uint64_t)segment->address + segment->size;
        if (end > UINT64_C(1) << 32) {
            abort();
        }
    }
}

static void read_back(const struct image *image)
{
    uint8_t bytes[64];
    char place[IMAGE_NAME_ROOM];

    for (size_t i = 0; i < image->count; i++) {
        const struct segment *segment = &image->segments[i];
        uint32_t before = segment->address - 8;
        if (before < segment->address && image_read(image, before, sizeof bytes, bytes) == 0) {
            abort();
        }
    }
    for (size_t i = 0; i < image->symbol_count; i++) {
        if (!image_symbol(image, image->symbols[i].name)) {
            abort();
        }
        image_place(image, image->symbols[i].address, place);
        if (i == 64) { // looking up is quadratic
            break;
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct scratch scratch = scratch_open(bytes, size);
    struct problem problem = {0};
    struct image image;
    int error = image_open(&image, scratch.path, 0x08000000, &problem);

    if (error) {
        fuzz_check_refusal(error, &problem);
    } else {
        check_segments(&image);
        read_back(&image);
        for (size_t i = 0; i < device_count; i++) {
            error = image_check_core(&image, &devices[i], &problem);
            if (error) {
                fuzz_check_refusal(error, &problem);
            }
        }
        image_close(&image);
    }
    scratch_close(&scratch);
    return 0;
}
