// plain_text.c: leaves out what would not stay in its line.
// SPDX-License-Identifier: MIT
#include "plain_text.h"

char plain_character(char character)
{
    unsigned char byte = (unsigned char)character;

    return byte < 0x20 || byte == 0x7F ? '?' : character;
}

void plain_text_print(FILE *file, const char *text)
{
    for (; *text; text++) {
        fputc((unsigned char)plain_character(*text), file);
    }
}
