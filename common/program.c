// program.c: prints the help of a program, and finds its verbs.
// SPDX-License-Identifier: MIT
#include "program.h"

#include "manual_text.h"

#include <string.h>

enum { WIDTH = 93, VERB_BYTES = 16 };

static void print_terms(const struct program_term *terms, FILE *file)
{
    for (; terms->term; terms++) {
        fprintf(file, "  %-3s %s\n", terms->term, terms->text);
    }
}

void program_help(const struct program *program, FILE *file)
{
    const struct option_table *verb;

    fprintf(file, "usage: %s VERB [ARGUMENTS]\n\n", program->name);
    manual_text_print(program->description, WIDTH, file);
    fputc('\n', file);
    for (size_t i = 0; (verb = program->verb(i)) != NULL; i++) {
        fprintf(file, "  %-10s %s\n", verb->verb, verb->summary);
    }
    fputs("\nExamples:\n", file);
    manual_text_print(program->examples, WIDTH, file);
    fprintf(file, "\n`%s VERB --help` explains a verb, `%s --version` prints the version.\n\n",
            program->name, program->name);
    fputs("Exit codes:\n", file);
    print_terms(program->exits, file);
}

const struct option_table *program_find(const struct program *program, const char *name)
{
    const struct option_table *verb;

    for (size_t i = 0; (verb = program->verb(i)) != NULL; i++) {
        if (strcmp(name, verb->verb) == 0) {
            return verb;
        }
    }
    return NULL;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

// How many letters have to be changed, added or left out to make `a` out of `b`.
static size_t distance(const char *a, const char *b)
{
    size_t row[VERB_BYTES + 1];
    size_t width = strlen(b);

    for (size_t j = 0; j <= width; j++) {
        row[j] = j;
    }
    for (size_t i = 1; a[i - 1]; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= width; j++) {
            size_t changed = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = least(changed, least(row[j], row[j - 1]) + 1);
        }
    }
    return row[width];
}

int program_unknown(const struct program *program, const char *name, struct problem *problem)
{
    const struct option_table *nearest = program->verb(0), *verb;
    char suggestion[64];

    for (size_t i = 1; (verb = program->verb(i)) != NULL; i++) {
        if (distance(name, verb->verb) < distance(name, nearest->verb)) {
            nearest = verb;
        }
    }
    bool near = distance(name, nearest->verb) <= strlen(nearest->verb) / 2;
    snprintf(suggestion, sizeof suggestion, "%s %s", program->name,
             near ? nearest->verb : "--help");
    return problem_set(problem, EXIT_USAGE, suggestion, "command line: there is no such verb");
}
