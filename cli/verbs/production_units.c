// production_units.c: --set: which columns of which file go where, and the rows that are left.
// SPDX-License-Identifier: MIT
#include "production_command.h"

#include "disk.h"
#include "plain_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NOTES = 8 }; // of rows of which nobody knows the end

// "units.csv:serial" is a file and a column, unless a file is called that. *column is NULL where
// none is named. The caller frees the path.
static char *part_source(const char *source, const char **column)
{
    char *path = strdup(source);
    char *colon = path ? strrchr(path, ':') : NULL;

    *column = NULL;
    if (colon == NULL || disk_kind(path) == DISK_FILE || colon[1] == '\0' ||
        strpbrk(colon, "/\\")) {
        return path;
    }
    *colon = '\0';
    *column = source + (colon - path) + 1;
    return path;
}

static int open_table(struct production_command *command, const char *path, struct problem *problem)
{
    if (command->table.path == NULL) {
        return unit_table_open(&command->table, path, problem);
    }
    return strcmp(command->table.path, path) == 0
               ? 0
               : problem_set(problem, EXIT_USAGE, "one file, with a column for each",
                             "--set: %s and %s are two files", command->table.path, path);
}

static int set_unit(struct production_command *command, size_t number, struct problem *problem)
{
    const struct option_unit *option = &command->options->units[number];
    struct production_unit *unit = &command->units[number];
    const char *column;
    char *path = part_source(option->source, &column);

    if (path == NULL) {
        return problem_no_memory(problem, "--set");
    }
    int error = open_table(command, path, problem);
    free(path);
    if (error == 0) {
        error = unit_table_column(&command->table, column, &unit->column, problem);
    }
    unit->address = option->address;
    return error;
}

static int refuse_overlap(const struct production_command *command, struct problem *problem)
{
    for (size_t i = 0; i < command->options->unit_count; i++) {
        for (size_t j = 0; j < i; j++) {
            const struct production_unit *a = &command->units[i], *b = &command->units[j];
            if (a->address < (uint64_t)b->address + b->column->size &&
                b->address < (uint64_t)a->address + a->column->size) {
                return problem_set(problem, EXIT_USAGE, "addresses that lie further apart",
                                   "--set: %s (%u bytes at 0x%08X) and %s (%u at 0x%08X) overlap",
                                   b->column->name, b->column->size, b->address, a->column->name,
                                   a->column->size, a->address);
            }
        }
    }
    return 0;
}

// A program that was killed may have left them, or one that still runs has them.
static void note_taken(const struct production_command *command)
{
    size_t count = row_journal_count(command->production.rows, ROW_TAKEN), told = 0;
    const char *who;

    for (size_t i = 0; i < command->table.row_count && told < NOTES; i++) {
        if (row_journal_state(command->production.rows, i, &who) != ROW_TAKEN) {
            continue;
        }
        fputs("bootleap: flash: note: ", stderr);
        plain_text_print(stderr, command->table.path);
        fprintf(stderr, " line %u: taken for ", command->table.rows[i].line);
        plain_text_print(stderr, who);
        fputs(" by a run that has not ended it; no other board gets this row\n", stderr);
        told++;
    }
    if (count > told) {
        fprintf(stderr, "bootleap: flash: note: so are %zu more rows\n", count - told);
    }
}

int production_units_open(struct production_command *command, struct problem *problem)
{
    size_t count = command->options->unit_count;
    int error = 0;

    for (size_t i = 0; error == 0 && i < count; i++) {
        error = set_unit(command, i, problem);
    }
    if (error == 0) {
        error = refuse_overlap(command, problem);
    }
    if (error || count == 0) {
        return error;
    }
    error = row_journal_open(&command->production.rows, &command->table, problem);
    if (error) {
        return error;
    }
    command->production.table = &command->table;
    command->production.units = command->units;
    command->production.unit_count = count;
    note_taken(command);
    return 0;
}

void production_units_close(struct production_command *command)
{
    row_journal_close(command->production.rows);
    unit_table_close(&command->table);
}
