// image_notes.c: what the user should hear of a file that is read all the same.
// SPDX-License-Identifier: MIT
#include "image.h"

#include "plain_text.h"

#include <stdarg.h>
#include <stdio.h>

void image_note(struct image *image, const char *format, ...)
{
    struct image_note note;
    va_list values;

    va_start(values, format);
    vsnprintf(note.text, sizeof note.text, format, values);
    va_end(values);
    plain_text_clean(note.text); // a name out of a file must not make a line of its own
    if (image->note_count < IMAGE_NOTES) {
        image->notes[image->note_count++] = note;
    } else {
        snprintf(image->notes[IMAGE_NOTES - 1].text, sizeof note.text,
                 "there is more to say of this file");
    }
}
