// option_table.c: reads a command line by a table of options.
// SPDX-License-Identifier: MIT
#include "option_table.h"

#include "word_distance.h"

#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

// What getopt_long() returns for the first row; lower are letters and its complaints.
enum { HELP = 'h', FIRST_ROW = UCHAR_MAX + 1, LETTERS = 16 };

static size_t count_rows(const struct option_table *table)
{
    size_t count = 0;

    for (size_t i = 0; i < table->group_count; i++) {
        for (const struct option_row *row = table->groups[i].rows; row->name; row++) {
            count++;
        }
    }
    return count;
}

static int argument_kind(const struct option_row *row)
{
    if (!row->argument) {
        return no_argument;
    }
    return row->argument[0] == '[' ? optional_argument : required_argument;
}

// ":": a missing value is told from an unknown option.
static void list_letters(const struct option_table *table, char letters[LETTERS])
{
    size_t count = 0;

    letters[count++] = ':';
    letters[count++] = HELP;
    for (size_t i = 0; i < table->group_count; i++) {
        for (const struct option_row *row = table->groups[i].rows; row->name; row++) {
            if (row->letter && count < LETTERS - 1) {
                letters[count++] = row->letter;
            }
        }
    }
    letters[count] = '\0';
}

// The row of a letter; NULL: none has it.
static const struct option_row *row_of(const struct option_row *const *rows, int letter)
{
    while (*rows && (*rows)->letter != letter) {
        rows++;
    }
    return *rows;
}

// Fills in what getopt_long() reads, which ends with --help and a row of zeros, and which row each
// is.
static void list_rows(const struct option_table *table, struct option *options,
                      const struct option_row **rows)
{
    int count = 0;

    for (size_t i = 0; i < table->group_count; i++) {
        for (const struct option_row *row = table->groups[i].rows; row->name; row++) {
            options[count] =
                (struct option){row->name, argument_kind(row), NULL, FIRST_ROW + count};
            rows[count++] = row;
        }
    }
    options[count] = (struct option){"help", no_argument, NULL, HELP};
}

// The option that a mistyped one is nearest to; NULL where none is near.
static const char *nearest(const struct option_table *table, const char *typed)
{
    const char *best = NULL;

    for (size_t i = 0; i < table->group_count; i++) {
        for (const struct option_row *row = table->groups[i].rows; row->name; row++) {
            if (word_is_near(typed, row->name) &&
                (!best || word_distance(typed, row->name) < word_distance(typed, best))) {
                best = row->name;
            }
        }
    }
    return best;
}

// An option that the verb does not have, as it was typed.
static int refuse_unknown(const char *typed, const struct option_table *table, const char *help,
                          struct problem *problem)
{
    enum { NAME_BYTES = 40 };
    char name[NAME_BYTES], hint[sizeof problem->try_this];

    snprintf(name, sizeof name, "%.*s", (int)strcspn(typed + 2, "="), typed + 2);
    const char *near = nearest(table, name);
    snprintf(hint, sizeof hint, "--%s; %s", near ? near : "", help);
    return problem_set(problem, EXIT_USAGE, near ? hint : help,
                       "%s: is not an option of %s, or the start of several", typed,
                       option_table_name(table));
}

// Puts what getopt_long() refused (it returned '?' or ':') into words.
static int refuse(int returned, char **argv, const struct option_table *table,
                  struct problem *problem)
{
    char call[OPTION_CALL], help[OPTION_CALL + 32];

    option_table_call(table, call);
    snprintf(help, sizeof help, "`%s --help` lists them", call);
    if (returned == ':') {
        return problem_set(problem, EXIT_USAGE, help, "option %s: its value is missing",
                           argv[optind - 1]);
    }
    if (optopt >= FIRST_ROW) {
        return problem_set(problem, EXIT_USAGE, help, "option %s: it takes no value",
                           argv[optind - 1]);
    }
    if (optopt) { // one letter of an argument that may hold several
        return problem_set(problem, EXIT_USAGE, help, "-%c: is not an option of %s", optopt,
                           option_table_name(table));
    }
    return refuse_unknown(argv[optind - 1], table, help, problem);
}

int option_table_parse(const struct option_table *table, void *request, int argc, char **argv,
                       int *operands, struct problem *problem)
{
    size_t count = count_rows(table);
    struct option *options = calloc(count + 2, sizeof *options);
    const struct option_row **rows = calloc(count + 1, sizeof *rows);
    char letters[LETTERS];
    int option, error = 0;

    if (!options || !rows) {
        free(options);
        free(rows);
        return problem_set(problem, EXIT_FAILED, NULL, "command line: no memory to read it");
    }
    list_rows(table, options, rows);
    list_letters(table, letters);
    opterr = 0;
    optind = 0; // 1 would go on in the middle of an argument that was left there the last time
    while (!error && (option = getopt_long(argc, argv, letters, options, NULL)) != -1) {
        const struct option_row *row =
            option >= FIRST_ROW ? rows[option - FIRST_ROW] : row_of(rows, option);
        if (option == HELP) {
            error = OPTION_HELP;
        } else if (row) {
            error = row->parse(request, row, optarg, problem);
        } else {
            error = refuse(option, argv, table, problem);
        }
    }
    *operands = optind;
    free(options);
    free(rows);
    return error;
}

const char *option_table_name(const struct option_table *table)
{
    return table->verb[0] ? table->verb : table->program;
}

void option_table_call(const struct option_table *table, char call[OPTION_CALL])
{
    snprintf(call, OPTION_CALL, "%s%s%s", table->program, table->verb[0] ? " " : "", table->verb);
}

const struct option_row *option_table_find(const struct option_table *table, const char *name)
{
    for (size_t i = 0; i < table->group_count; i++) {
        for (const struct option_row *row = table->groups[i].rows; row->name; row++) {
            if (strcmp(row->name, name) == 0) {
                return row;
            }
        }
    }
    return NULL;
}
