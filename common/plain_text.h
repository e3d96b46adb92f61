// plain_text.h: text that somebody typed, or that a file or a device holds, as part of one line.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_PLAIN_TEXT_H
#define BOOTLEAP_COMMON_PLAIN_TEXT_H

#include <stdio.h>

// Puts '?' for each control character, which would end the line or move the cursor. UTF-8 and other
// bytes stay.
void plain_text_clean(char *text);

// Writes the text with a '?' for each control character.
void plain_text_print(FILE *file, const char *text);

// The same, with spaces behind it up to `width` bytes.
void plain_text_column(FILE *file, const char *text, int width);

#endif
