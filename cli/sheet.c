// sheet.c: keeps the column, and breaks lines between words.
// SPDX-License-Identifier: MIT
#include "sheet.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INDENT = 16, WIDTH = 100 };

void sheet_begin(struct sheet *sheet, const char *label)
{
    printf("%-*s", INDENT, label);
    *sheet = (struct sheet){.column = INDENT, .fresh = true};
}

static void add_word(struct sheet *sheet, const char *word, size_t length)
{
    if (!sheet->fresh && sheet->column + 1 + length > WIDTH) {
        printf("\n%*s", INDENT, "");
        *sheet = (struct sheet){.column = INDENT, .fresh = true};
    }
    if (!sheet->fresh) {
        putchar(' ');
        sheet->column++;
    }
    printf("%.*s", (int)length, word);
    sheet->column += length;
    sheet->fresh = false;
}

static void add_words(struct sheet *sheet, const char *text)
{
    for (text += strspn(text, " "); *text; text += strspn(text, " ")) {
        size_t length = strcspn(text, " ");
        add_word(sheet, text, length);
        text += length;
    }
}

static void add_format(struct sheet *sheet, const char *format, va_list arguments)
{
    va_list again;

    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = length < 0 ? NULL : malloc((size_t)length + 1);
    if (text == NULL) {
        add_words(sheet, "(out of memory)");
        return;
    }
    vsnprintf(text, (size_t)length + 1, format, arguments);
    add_words(sheet, text);
    free(text);
}

void sheet_add(struct sheet *sheet, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    add_format(sheet, format, arguments);
    va_end(arguments);
}

void sheet_end(void)
{
    putchar('\n');
}

void sheet_line(const char *label, const char *format, ...)
{
    struct sheet sheet;
    va_list arguments;

    sheet_begin(&sheet, label);
    va_start(arguments, format);
    add_format(&sheet, format, arguments);
    va_end(arguments);
    sheet_end();
}

void sheet_list(const char *label, const char *const *texts)
{
    for (; *texts != NULL; texts++) {
        sheet_line(label, "%s", *texts);
        label = "";
    }
}
