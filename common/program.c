// program.c: prints the help of a program, and finds its verbs.
// SPDX-License-Identifier: MIT
#include "program.h"

#include "manual_text.h"
#include "word_distance.h"

#include <string.h>

enum { WIDTH = 93 };

static void print_terms(const struct program_term *terms, FILE *file)
{
    for (; terms->term; terms++) {
        fprintf(file, "  %-3s %s\n", terms->term, terms->text);
    }
}

bool program_has_verbs(const struct program *program)
{
    return program->verb(0)->verb[0] != '\0';
}

// How it is called, and what it does.
static void print_use(const struct program *program, FILE *file)
{
    const struct option_table *verb;

    if (!program_has_verbs(program)) {
        option_table_help(program->verb(0), file);
        return;
    }
    fprintf(file, "usage: %s VERB [ARGUMENTS]\n\n", program->name);
    manual_text_print(program->description, WIDTH, file);
    fputc('\n', file);
    for (size_t i = 0; (verb = program->verb(i)) != NULL; i++) {
        fprintf(file, "  %-10s %s\n", verb->verb, verb->summary);
    }
}

void program_help(const struct program *program, FILE *file)
{
    print_use(program, file);
    fputs("\nExamples:\n", file);
    manual_text_print(program->examples, WIDTH, file);
    fputc('\n', file);
    if (program_has_verbs(program)) {
        fprintf(file, "`%s VERB --help` explains a verb, ", program->name);
    }
    fprintf(file, "`%s --version` prints the version.\n\n", program->name);
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

int program_unknown(const struct program *program, const char *name, struct problem *problem)
{
    const struct option_table *nearest = program->verb(0), *verb;
    char suggestion[64];

    for (size_t i = 1; (verb = program->verb(i)) != NULL; i++) {
        if (word_distance(name, verb->verb) < word_distance(name, nearest->verb)) {
            nearest = verb;
        }
    }
    bool near = word_distance(name, nearest->verb) <= strlen(nearest->verb) / 2;
    snprintf(suggestion, sizeof suggestion, "%s %s", program->name,
             near ? nearest->verb : "--help");
    return problem_set(problem, EXIT_USAGE, suggestion, "command line: there is no such verb");
}
