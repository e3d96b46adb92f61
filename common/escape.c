// escape.c: reads and writes bytes that do not print.
// SPDX-License-Identifier: MIT
#include "escape.h"

#include <stdio.h>
#include <string.h>

static const char names[] = "nrt\\\"", values[] = "\n\r\t\\\"";

int escape_read(const char **text)
{
    const char *at = *text;
    unsigned code;

    if (*at != '\\') {
        *text = at + 1;
        return (unsigned char)*at;
    }
    if (at[1] == 'x' && strspn(at + 2, "0123456789abcdefABCDEF") >= 2 &&
        sscanf(at + 2, "%2x", &code) == 1) {
        *text = at + 4;
        return (int)code;
    }
    const char *name = at[1] ? strchr(names, at[1]) : NULL;
    *text = at + 2;
    return name ? (unsigned char)values[name - names] : -1;
}

// Returns how many characters stand for the byte.
static size_t write_one(char piece[5], unsigned char byte)
{
    const char *value = byte ? strchr(values, byte) : NULL;

    if (value) {
        snprintf(piece, 5, "\\%c", names[value - values]);
    } else if (byte < ' ' || byte >= 0x7F) {
        snprintf(piece, 5, "\\x%02X", byte);
    } else {
        snprintf(piece, 5, "%c", byte);
    }
    return strlen(piece);
}

void escape_write(char *text, size_t room, const void *bytes, size_t size)
{
    static const char more[] = "...";
    const unsigned char *next = bytes;
    char piece[5];
    size_t used = 0, whole = 0; // `whole`: so much stays where the rest is left out

    for (size_t i = 0; i < size; i++) {
        size_t length = write_one(piece, next[i]);
        if (used + length >= room) {
            memcpy(text + whole, more, sizeof more);
            return;
        }
        memcpy(text + used, piece, length);
        used += length;
        whole = used + sizeof more <= room ? used : whole;
    }
    text[used] = '\0';
}
