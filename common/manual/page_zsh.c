// page_zsh.c: writes the completion of zsh.
// SPDX-License-Identifier: MIT
//
// In the words of zsh's own _arguments and _describe.
#include "pages.h"

#include "completion_words.h"

#include <string.h>

enum { DESCRIPTION = 70 }; // letters at most: one line of a menu

// A text within '...' that _arguments parts at [ ] and :.
static void put(const char *text, size_t length, FILE *file)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\'') {
            fputs("'\\''", file);
        } else if (strchr("[]:\\", text[i])) {
            fprintf(file, "\\%c", text[i]);
        } else {
            fputc(text[i], file);
        }
    }
}

// The beginning of a text: up to its first stop, whole words.
static void put_beginning(const char *text, FILE *file)
{
    size_t length = 0, end = 0;

    for (; length < DESCRIPTION && text[length]; length++) {
        bool stop = strchr(";.:", text[length]) && (text[length + 1] == ' ' || !text[length + 1]);
        if (text[length] == ' ' || stop) {
            end = length;
        }
        if (stop) {
            break;
        }
    }
    put(text, text[length] ? end : length, file);
}

// What completes a value, behind a colon.
static void put_action(const struct program *program, const char *kind, FILE *file)
{
    if (strcmp(kind, "file") == 0) {
        fputs("_files", file);
    } else if (strcmp(kind, "folder") == 0) {
        fputs("_files -/", file);
    } else if (strcmp(kind, "other") == 0) {
        fputc(' ', file);
    } else {
        completion_function(program, file);
        fprintf(file, "_%ss", kind);
    }
}

static void put_words(option_words *words, FILE *file)
{
    for (unsigned i = 0; words(i); i++) {
        fputc(i ? ' ' : '(', file);
        put(words(i), strlen(words(i)), file);
    }
    fputc(')', file);
}

// `spelling` is --name, or the letter: -v.
static void put_spelling(const struct program *program, const struct option_row *row,
                         const char *spelling, FILE *file)
{
    const char *argument = row->argument;
    bool optional = argument && argument[0] == '[';

    fprintf(file, " \\\n            '%s%s[", spelling, optional ? "=-" : argument ? "=" : "");
    put_beginning(row->help, file);
    fputc(']', file);
    if (argument) {
        fprintf(file, "%s:", optional ? ":" : "");
        put(argument, strlen(argument), file);
        fputc(':', file);
    }
    if (row->words) {
        put_words(row->words, file);
    } else if (argument) {
        put_action(program, completion_word(row->value), file);
    }
    fputc('\'', file);
}

static void put_option(const struct program *program, const struct option_row *row, FILE *file)
{
    const char letter[] = {'-', row->letter, '\0'};
    char name[64];

    snprintf(name, sizeof name, "--%s", row->name);
    put_spelling(program, row, name, file);
    if (row->letter) {
        put_spelling(program, row, letter, file);
    }
}

// The number of an argument; "*" stands for all that follow.
static void put_place(const struct option_table *verb, unsigned at, FILE *file)
{
    fputs(" \\\n            '", file);
    if (verb->many && at + 1 == OPTION_OPERANDS) {
        fputc('*', file);
    } else {
        fprintf(file, "%u", at + 1);
    }
}

// What may follow the verb.
static void put_words_of(const struct program *program, const struct option_table *verb, FILE *file)
{
    for (size_t i = 0; i < verb->group_count; i++) {
        for (const struct option_row *row = verb->groups[i].rows; row->name; row++) {
            put_option(program, row, file);
        }
    }
    for (unsigned at = 0; at < OPTION_OPERANDS; at++) {
        if (verb->values[at] != OPTION_OTHER) {
            put_place(verb, at, file);
            fprintf(file, ":%s:", completion_word(verb->values[at]));
            put_action(program, completion_word(verb->values[at]), file);
            fputc('\'', file);
        }
    }
    fputs(" && result=0\n", file);
}

static void put_verb(const struct program *program, const struct option_table *verb, FILE *file)
{
    fprintf(file, "        %s)\n            _arguments '--help[explain the verb]'", verb->verb);
    put_words_of(program, verb, file);
    fputs("            ;;\n", file);
}

static void put_verbs(const struct program *program, FILE *file)
{
    const struct option_table *verb;

    fputs("    verb)\n        local -a verbs\n        verbs=(\n", file);
    for (size_t i = 0; (verb = program->verb(i)) != NULL; i++) {
        fprintf(file, "            '%s:", verb->verb);
        put(verb->summary, strlen(verb->summary), file);
        fputs("'\n", file);
    }
    fputs("        )\n        _describe verb verbs && result=0\n        ;;\n"
          "    argument)\n        case $line[1] in\n",
          file);
    for (size_t i = 0; (verb = program->verb(i)) != NULL; i++) {
        put_verb(program, verb, file);
    }
    fputs("        esac\n        ;;\n    esac\n    return result\n}\n\n", file);
}

static void put_values(const struct program *program, FILE *file)
{
    completion_function(program, file);
    fputs("_devices() {\n    local -a names\n    names=(", file);
    completion_devices(program, file);
    fputs(")\n    compadd \"$@\" -a names\n}\n\n", file);
    completion_function(program, file);
    fprintf(file,
            "_ports() {\n"
            "    local -a ports\n"
            "    ports=(${${(f)\"$(_call_program ports %s list 2>/dev/null)\"}%%%% *})\n"
            "    compadd \"$@\" -a ports\n"
            "    [[ $PREFIX == /* ]] && _files\n"
            "}\n\n",
            program->name);
}

// The function itself.
static void put_function(const struct program *program, FILE *file)
{
    completion_function(program, file);
    if (!program_has_verbs(program)) {
        fputs("() {\n"
              "    local result=1\n"
              "    _arguments '(- *)--help[explain the program]' \\\n"
              "            '(- *)--version[print the version]'",
              file);
        put_words_of(program, program->verb(0), file);
        fputs("    return result\n}\n\n", file);
        return;
    }
    fputs("() {\n"
          "    local curcontext=$curcontext state line result=1\n"
          "    typeset -A opt_args\n"
          "    _arguments -C '(- *)--help[explain the program]' \\\n"
          "        '(- *)--version[print the version]' '1: :->verb' '*:: :->argument' && result=0\n"
          "    case $state in\n",
          file);
    put_verbs(program, file);
}

void page_zsh(const struct program *program, FILE *file)
{
    fprintf(file,
            "#compdef %s\n"
            "# Completion of %s for zsh, made of the tables of its options.\n"
            "# SPDX-License-Identifier: MIT\n\n",
            program->name, program->name);
    put_values(program, file);
    put_function(program, file);
    completion_function(program, file);
    fputs(" \"$@\"\n", file);
}
