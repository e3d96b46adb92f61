// option_help.c: prints --help from a table of options.
// SPDX-License-Identifier: MIT
#include "option_table.h"

#include "manual_text.h"
#include "paragraph.h"

#include <string.h>

enum { COLUMN = 24, WIDTH = 93 }; // where the texts begin, and where their lines end at the latest

// "fpu, mpu, caches" behind the text.
static void put_words(struct paragraph *paragraph, option_words *words)
{
    char text[64];

    for (unsigned i = 0; words(i); i++) {
        snprintf(text, sizeof text, "%s%s", words(i), words(i + 1) ? "," : "");
        paragraph_put(paragraph, text);
    }
}

static size_t longest(option_words *words)
{
    size_t most = 0;

    for (unsigned i = 0; words(i); i++) {
        size_t length = strlen(words(i));
        most = length > most ? length : most;
    }
    return most;
}

// Each on a line of its own, with what it says.
static void list_words(FILE *file, const struct option_row *row)
{
    size_t indent = COLUMN + 2 + longest(row->words) + 2;

    for (unsigned i = 0; row->words(i); i++) {
        struct paragraph paragraph = {file, indent, WIDTH, 0, false};
        fputc('\n', file);
        paragraph_blanks(&paragraph, COLUMN + 2);
        paragraph.used += (size_t)fprintf(file, "%s", row->words(i));
        paragraph_blanks(&paragraph, indent);
        paragraph_put(&paragraph, row->word_help(i));
    }
}

bool option_row_is_told_by(const struct option_row *row, const struct option_table *table)
{
    return row->told_by == NULL || strcmp(row->told_by, table->verb) == 0;
}

static void refer(struct paragraph *paragraph, const struct option_row *row,
                  const struct option_table *table)
{
    char text[64];

    put_words(paragraph, row->words);
    snprintf(text, sizeof text, "(`%s %s --help` explains them)", table->program, row->told_by);
    paragraph_put(paragraph, text);
}

static void print_row(const struct option_row *row, const struct option_table *table, FILE *file)
{
    struct paragraph paragraph = {file, COLUMN, WIDTH, 0, false};
    const char *argument = row->argument ? row->argument : "";

    paragraph.used = (size_t)fprintf(file, "  --%s%s%s", row->name,
                                     *argument && *argument != '[' ? " " : "", argument);
    if (row->letter) {
        paragraph.used += (size_t)fprintf(file, ", -%c", row->letter);
    }
    if (paragraph.used < COLUMN) {
        paragraph_blanks(&paragraph, COLUMN);
    } else {
        paragraph_start_line(&paragraph);
    }
    paragraph_put(&paragraph, row->help);
    if (row->words && row->word_help && option_row_is_told_by(row, table)) {
        list_words(file, row);
    } else if (row->words && row->word_help) {
        refer(&paragraph, row, table);
    } else if (row->words) {
        put_words(&paragraph, row->words);
    }
    fputc('\n', file);
}

void option_table_help(const struct option_table *table, FILE *file)
{
    char call[OPTION_CALL];

    option_table_call(table, call);
    fprintf(file, "usage: %s%s%s%s\n\n", call, *table->operands ? " " : "", table->operands,
            table->group_count ? " [options]" : "");
    manual_text_print(table->description, WIDTH, file);
    for (size_t i = 0; i < table->group_count; i++) {
        if (i == 0 || table->groups[i].title) {
            fputc('\n', file);
        }
        if (table->groups[i].title) {
            fprintf(file, "%s\n", table->groups[i].title);
        }
        for (const struct option_row *row = table->groups[i].rows; row->name; row++) {
            print_row(row, table, file);
        }
    }
    if (table->end) {
        fputc('\n', file);
        manual_text_print(table->end, WIDTH, file);
    }
}
