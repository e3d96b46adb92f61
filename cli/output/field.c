// field.c: keeps the column, and breaks lines between words.
// SPDX-License-Identifier: MIT
#include "field.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INDENT = 16, WIDTH = 100 };

void field_begin(struct field *field, const char *label)
{
    printf("%-*s", INDENT, label);
    *field = (struct field){.column = INDENT, .fresh = true};
}

static void add_word(struct field *field, const char *word, size_t length)
{
    if (!field->fresh && field->column + 1 + length > WIDTH) {
        printf("\n%*s", INDENT, "");
        *field = (struct field){.column = INDENT, .fresh = true};
    }
    if (!field->fresh) {
        putchar(' ');
        field->column++;
    }
    printf("%.*s", (int)length, word);
    field->column += length;
    field->fresh = false;
}

static void add_words(struct field *field, const char *text)
{
    for (text += strspn(text, " "); *text; text += strspn(text, " ")) {
        size_t length = strcspn(text, " ");
        add_word(field, text, length);
        text += length;
    }
}

static void add_format(struct field *field, const char *format, va_list arguments)
{
    va_list again;

    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = length < 0 ? NULL : malloc((size_t)length + 1);
    if (text == NULL) {
        add_words(field, "(out of memory)");
        return;
    }
    vsnprintf(text, (size_t)length + 1, format, arguments);
    add_words(field, text);
    free(text);
}

void field_add(struct field *field, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    add_format(field, format, arguments);
    va_end(arguments);
}

void field_end(void)
{
    putchar('\n');
}

void field_line(const char *label, const char *format, ...)
{
    struct field field;
    va_list arguments;

    field_begin(&field, label);
    va_start(arguments, format);
    add_format(&field, format, arguments);
    va_end(arguments);
    field_end();
}

void field_list(const char *label, const char *const *texts)
{
    for (; *texts != NULL; texts++) {
        field_line(label, "%s", *texts);
        label = "";
    }
}
