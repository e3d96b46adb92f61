// image_list.c: prints what the reader of firmware files makes of each file that it is given.
// SPDX-License-Identifier: MIT
//
// image_list FILE...: a line "FILE FORMAT" or "FILE refused CODE WHAT", then a line
// "ADDRESS BYTES" in hexadecimal digits for each segment, then "note TEXT" for each note.
#include "image.h"

#include <inttypes.h>
#include <stdio.h>

enum { BINARY_AT = 0x08000000 };

static void list(const char *path)
{
    struct image image;
    struct problem problem;

    if (image_open(&image, path, BINARY_AT, &problem)) {
        printf("%s refused %d %s\n", path, (int)problem.code, problem.what);
        return;
    }
    printf("%s %d\n", path, (int)image.format);
    for (size_t i = 0; i < image.count; i++) {
        const struct segment *segment = &image.segments[i];
        printf("%08" PRIX32 " ", segment->address);
        for (uint32_t j = 0; j < segment->size; j++) {
            printf("%02X", segment->bytes[j]);
        }
        putchar('\n');
    }
    for (size_t i = 0; i < image.note_count; i++) {
        printf("note %s\n", image.notes[i].text);
    }
    image_close(&image);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        list(argv[i]);
    }
    return EXIT_DONE;
}
