// manual_text.c: reads a text line by line, and prints it for a terminal.
// SPDX-License-Identifier: MIT
#include "manual_text.h"

#include "paragraph.h"

#include <string.h>

enum manual_line manual_text_next(const char **text, const char **line, size_t *length)
{
    if (**text == '\0') {
        return MANUAL_END;
    }
    *line = *text;
    *length = strcspn(*text, "\n");
    *text += *length + ((*text)[*length] == '\n');
    if (*length == 0) {
        return MANUAL_EMPTY;
    }
    return strncmp(*line, "  ", 2) == 0 ? MANUAL_AS_IT_IS : MANUAL_PARAGRAPH;
}

// One by one: a paragraph may be longer than what paragraph_say() holds.
static void put_words(struct paragraph *paragraph, const char *line, size_t length)
{
    const char *end = line + length;

    while (line < end) {
        size_t word = strcspn(line, " \n");
        paragraph_say(paragraph, "%.*s", (int)word, line);
        line += word + 1;
    }
}

void manual_text_print(const char *text, size_t width, FILE *file)
{
    enum manual_line kind;
    const char *line;
    size_t length;

    while ((kind = manual_text_next(&text, &line, &length)) != MANUAL_END) {
        struct paragraph paragraph = {file, 0, width, 0, false};
        if (kind == MANUAL_PARAGRAPH) {
            put_words(&paragraph, line, length);
        } else {
            fwrite(line, 1, length, file);
        }
        fputc('\n', file);
    }
}
