// plain_text.c: leaves out what would not stay in its line, or would move the cursor.
// SPDX-License-Identifier: MIT
#include "plain_text.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

// How many bytes the UTF-8 character at `text` has; 0: it is none.
static size_t character_bytes(const char *text)
{
    const unsigned char *byte = (const unsigned char *)text;
    size_t bytes = byte[0] < 0x80   ? 1
                   : byte[0] < 0xC2 ? 0
                   : byte[0] < 0xE0 ? 2
                   : byte[0] < 0xF0 ? 3
                   : byte[0] < 0xF5 ? 4
                                    : 0;

    for (size_t i = 1; i < bytes; i++) {
        if (byte[i] < 0x80 || byte[i] > 0xBF) {
            return 0;
        }
    }
    return bytes;
}

// Terminals also obey 0x80 to 0x9F, as a byte or as a UTF-8 character (C2 80 to C2 9F).
static bool is_control(const char *text, size_t bytes)
{
    const unsigned char *byte = (const unsigned char *)text;

    switch (bytes) {
    case 0:
        return byte[0] >= 0x80 && byte[0] <= 0x9F;
    case 1:
        return byte[0] < 0x20 || byte[0] == 0x7F;
    case 2:
        return byte[0] == 0xC2 && byte[1] <= 0x9F;
    default:
        return false;
    }
}

void plain_text_clean(char *text)
{
    while (*text) {
        size_t bytes = character_bytes(text), size = bytes ? bytes : 1;
        bool control = is_control(text, bytes);
        for (size_t i = 0; i < size; i++, text++) {
            *text = control ? '?' : *text;
        }
    }
}

void plain_text_print(FILE *file, const char *text)
{
    while (*text) {
        size_t bytes = character_bytes(text), size = bytes ? bytes : 1;
        if (is_control(text, bytes)) {
            fputc('?', file);
        } else {
            fwrite(text, 1, size, file);
        }
        text += size;
    }
}

void plain_text_column(FILE *file, const char *text, int width)
{
    int length = (int)strlen(text);

    plain_text_print(file, text);
    fprintf(file, "%*s", length < width ? width - length : 0, "");
}
