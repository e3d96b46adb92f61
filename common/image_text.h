// image_text.h: how the readers of text formats go through their records.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_IMAGE_TEXT_H
#define BOOTLEAP_COMMON_IMAGE_TEXT_H

#include "image_reader.h"

// A place in a text of records, one a line.
struct text {
    const struct source *source;
    size_t position;
    unsigned line; // counted from 1
};

// What to try with a record that is wrong.
extern const char text_damaged[];

// The first line, behind a byte order mark.
struct text text_begin(const struct source *source);

// Goes to the next record: over blank lines and comments, which begin with ';', '#' or "//". False
// at the end of the text; Ctrl-Z and zeros that fill the rest of the file are its end too.
bool text_next(struct text *text);

// What a digit is worth, -1 if it is none.
int text_digit(uint8_t character);

// Decodes the pairs of digits from the position on into `bytes`, and goes to the end of the record.
// *count is how many bytes those are. Refuses what is no digit, half a byte, and more than `room`
// bytes. Returns 0, or the exit code that was put into *problem.
int text_bytes(struct text *text, uint8_t *bytes, unsigned room, unsigned *count,
               struct problem *problem);

// The sum of all bytes, modulo 256.
uint8_t text_sum(const uint8_t *bytes, unsigned count);

#endif
