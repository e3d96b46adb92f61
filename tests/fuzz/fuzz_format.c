// fuzz_format.c: gives bytes to the reader of one file format, and looks at what came of it.
// SPDX-License-Identifier: MIT
#include "fuzz_format.h"

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
        end = image_segment_end(segment);
        if (end > UINT64_C(1) << 32) {
            abort();
        }
    }
}

static void read_back(const struct image *image)
{
    uint8_t bytes[64];

    for (size_t i = 0; i < image->count; i++) {
        const struct segment *segment = &image->segments[i];
        uint32_t before = segment->address - 8;
        if (before < segment->address && image_read(image, before, sizeof bytes, bytes) == 0) {
            abort();
        }
    }
}

static void look_up(const struct image *image)
{
    enum { MOST = 64 }; // looking up is quadratic
    char place[IMAGE_NAME_ROOM];

    for (size_t i = 0; i < image->symbol_count && i <= MOST; i++) {
        if (!image_symbol(image, image->symbols[i].name)) {
            abort();
        }
        image_place(image, image->symbols[i].address, place);
    }
}

static void check_notes(const struct image *image)
{
    for (size_t i = 0; i < image->note_count; i++) {
        const struct image_note *note = &image->notes[i];
        if (!note->text[0] || !memchr(note->text, '\0', sizeof note->text) ||
            strchr(note->text, '\n')) {
            abort();
        }
    }
}

void fuzz_check_image(const struct image *image)
{
    check_segments(image);
    read_back(image);
    look_up(image);
    check_notes(image);
}

void fuzz_format(int (*read)(struct image *image, const struct source *source,
                             struct problem *problem),
                 const uint8_t *bytes, size_t size)
{
    struct source source = {"fuzz", (uint8_t *)bytes, size};
    struct problem problem = {0};
    struct image image = {0};

    if (size == 0) {
        return; // a source is never empty
    }
    int error = read(&image, &source, &problem);
    if (error == 0) {
        error = image_join(&image, source.path, &problem);
    }
    if (error) {
        fuzz_check_refusal(error, &problem);
    } else {
        fuzz_check_image(&image);
    }
    image_close(&image);
}
