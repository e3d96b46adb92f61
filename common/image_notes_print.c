// image_notes_print.c: prints what the user should hear of a file.
// SPDX-License-Identifier: MIT
//
// Apart from image_notes.c, because the library of the host prints nothing.
#include "image.h"

#include <stdio.h>

void image_notes_print(const struct image *image, const char *program, const char *verb)
{
    for (size_t i = 0; i < image->note_count; i++) {
        fprintf(stderr, "%s: %s: note: %s\n", program, verb, image->notes[i].text);
    }
}
