// plain_text.h: text that somebody typed or a file holds, as part of one line.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_PLAIN_TEXT_H
#define BOOTLEAP_COMMON_PLAIN_TEXT_H

#include <stdio.h>

// '?' for a control character, which would end the line or move the cursor; else the character.
char plain_character(char character);

void plain_text_print(FILE *file, const char *text);

#endif
