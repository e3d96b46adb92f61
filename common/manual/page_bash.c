// page_bash.c: writes the completion of bash.
// SPDX-License-Identifier: MIT
//
// The tables are written here; what is the same for each program is completion_bash.sh.
#include "pages.h"

#include "completion_words.h"

#include <string.h>

enum { LINE_BYTES = 256 };

// Prints a text with the name of the program for each "@".
static void put(const struct program *program, const char *text, FILE *file)
{
    for (; *text; text++) {
        if (*text == '@') {
            completion_function(program, file);
        } else {
            fputc(*text, file);
        }
    }
}

static void put_rows(const struct option_table *verb,
                     void (*print)(const struct option_table *verb, const struct option_row *row,
                                   FILE *file),
                     FILE *file)
{
    for (size_t i = 0; i < verb->group_count; i++) {
        for (const struct option_row *row = verb->groups[i].rows; row->name; row++) {
            print(verb, row, file);
        }
    }
}

static void put_option(const struct option_table *verb, const struct option_row *row, FILE *file)
{
    (void)verb;
    fprintf(file, " --%s", row->name);
}

static void put_value(const struct option_table *verb, const struct option_row *row, FILE *file)
{
    if (row->argument) {
        fprintf(file, "    '%s --%s') echo %s", verb->verb, row->name,
                row->argument[0] == '[' ? "optional " : "");
        completion_words(row, file);
        fputs(" ;;\n", file);
    }
}

// What stands before the first word, and what may be the first one, or follow it.
static void put_options(const struct program *program, FILE *file)
{
    const struct option_table *verb;

    if (!program_has_verbs(program)) {
        put(program,
            "# A program without verbs: all words belong to the verb ''.\n"
            "@_begin() { words=(''); }\n\n@_options() {\n    echo",
            file);
        put_rows(program->verb(0), put_option, file);
        fputs(" --help --version\n}\n\n", file);
        return;
    }
    put(program, "@_begin() { words=(); }\n\n@_options() {\n    case $1 in\n", file);
    for (size_t i = 0; (verb = program->verb(i)) != NULL; i++) {
        fprintf(file, "    %s) echo", verb->verb);
        put_rows(verb, put_option, file);
        fputs(" --help ;;\n", file);
    }
    fputs("    *) echo --help --version", file);
    for (size_t i = 0; (verb = program->verb(i)) != NULL; i++) {
        fprintf(file, " %s", verb->verb);
    }
    fputs(" ;;\n    esac\n}\n\n", file);
}

static void put_tables(const struct program *program, FILE *file)
{
    const struct option_table *verb;

    put_options(program, file);
    put(program,
        "# VERB and an option, or the number of an argument.\n"
        "@_value() {\n    case \"$1 $2\" in\n",
        file);
    for (size_t i = 0; (verb = program->verb(i)) != NULL; i++) {
        for (unsigned at = 0; at < OPTION_OPERANDS; at++) {
            if (verb->many && at + 1 == OPTION_OPERANDS) {
                fprintf(file, "    '%s '[0-9]*) echo %s ;;\n", verb->verb,
                        completion_word(verb->values[at]));
                continue;
            }
            fprintf(file, "    '%s %u') echo %s ;;\n", verb->verb, at + 1,
                    completion_word(verb->values[at]));
        }
        put_rows(verb, put_value, file);
    }
    put(program, "    esac\n}\n\n@_devices() {\n    echo", file);
    completion_devices(program, file);
    fputs("\n}\n\n", file);
}

// The name of the program and of its functions.
static void put_template_line(const struct program *program, const char *line, FILE *file)
{
    static const char word[] = "PROGRAM";
    const char *at;

    while ((at = strstr(line, word)) != NULL) {
        bool function = at > line && at[-1] == '_';
        fwrite(line, 1, (size_t)(at - line) - function, file);
        if (function) {
            completion_function(program, file);
        } else {
            fputs(program->name, file);
        }
        line = at + strlen(word);
    }
    fputs(line, file);
}

void page_bash(const struct program *program, FILE *rest, FILE *file)
{
    char line[LINE_BYTES];
    bool heading = true;

    fprintf(file,
            "# Completion of %s for bash, made of the tables of its options.\n"
            "# SPDX-License-Identifier: MIT\n"
            "# shellcheck shell=bash\n"
            "\n",
            program->name);
    put_tables(program, file);
    while (fgets(line, sizeof line, rest)) {
        if (!heading) {
            put_template_line(program, line, file);
        }
        heading = heading && line[0] == '#';
    }
}
