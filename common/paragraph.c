// paragraph.c: prints texts that are broken into lines.
// SPDX-License-Identifier: MIT
#include "paragraph.h"

#include <stdarg.h>
#include <string.h>

enum { SAID = 1024 };

void paragraph_blanks(struct paragraph *paragraph, size_t until)
{
    for (; paragraph->used < until; paragraph->used++) {
        fputc(' ', paragraph->file);
    }
}

void paragraph_start_line(struct paragraph *paragraph)
{
    fputc('\n', paragraph->file);
    paragraph->used = 0;
    paragraph->begun = false;
    paragraph_blanks(paragraph, paragraph->indent);
}

void paragraph_put(struct paragraph *paragraph, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, " ");
        if (paragraph->begun && paragraph->used + 1 + length > paragraph->width) {
            paragraph_start_line(paragraph);
        } else if (paragraph->begun) {
            paragraph_blanks(paragraph, paragraph->used + 1);
        }
        paragraph->begun = true;
        paragraph->used += fwrite(text, 1, length, paragraph->file);
        text += length + (text[length] == ' ');
    }
}

void paragraph_say(struct paragraph *paragraph, const char *format, ...)
{
    char text[SAID];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    paragraph_put(paragraph, text);
}
