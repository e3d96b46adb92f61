// unit_table.c: reads a CSV file, and finds columns and cells.
// SPDX-License-Identifier: MIT
#include "unit_table.h"

#include "disk.h"
#include "sha256.h"
#include "unit_cell.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(sizeof((struct unit_row *)0)->key == SHA256_BYTES, "a key has room");

enum { FILE_MOST = 64 << 20 };

static const char layout[] = "a first line like serial:u32,key:hex, and a row for each unit; "
                             "docs/production.md has the format";

static int bad_line(const struct unit_table *table, unsigned line, struct problem *problem,
                    const char *what, const char *why)
{
    problem_set(problem, EXIT_USAGE, layout, "%s line %u: %s%s%s", table->path, line, what,
                *what ? " " : "", why);
    return problem_blame(problem, FAULT_FILE);
}

// The caller frees it. NULL with *problem.
static char *read_file(const struct unit_table *table, struct problem *problem)
{
    FILE *file = disk_kind(table->path) == DISK_FOLDER ? NULL : disk_open(table->path, "r");

    if (file == NULL) {
        problem_set(problem, EXIT_USAGE, "an existing CSV file", "--set: %s cannot be read: %s",
                    table->path, strerror(errno ? errno : EISDIR));
        problem_blame(problem, FAULT_FILE);
        return NULL;
    }
    size_t size = 0, room = 4096;
    char *bytes = malloc(room);
    while (bytes && (size += fread(bytes + size, 1, room - size, file)) == room &&
           room < FILE_MOST) {
        char *more = realloc(bytes, room *= 2);
        if (more == NULL) {
            free(bytes);
        }
        bytes = more;
    }
    fclose(file);
    if (bytes == NULL) {
        problem_no_memory(problem, "%s", table->path);
        return NULL;
    }
    if (size == room || memchr(bytes, '\0', size)) {
        free(bytes);
        bad_line(table, 1, problem, "", "this is no CSV file: it is too large, or binary");
        return NULL;
    }
    bytes[size] = '\0';
    return bytes;
}

static int read_names(struct unit_table *table, const char *line, struct problem *problem)
{
    static const char byte_order_mark[] = "\xEF\xBB\xBF";
    char text[UNIT_CELL_MOST];
    const char *at = line;

    at += strncmp(at, byte_order_mark, 3) == 0 ? 3 : 0;
    while (at) {
        struct unit_column *column = &table->columns[table->column_count];
        const char *why = table->column_count == UNIT_COLUMNS ? "there are more than 32 columns"
                                                              : unit_cell_read(&at, text);
        why = why ? why : unit_cell_name(column, text);
        for (size_t i = 0; why == NULL && i < table->column_count; i++) {
            why = strcmp(table->columns[i].name, column->name) == 0
                      ? "two columns have the same name"
                      : NULL;
        }
        if (why) {
            return bad_line(table, 1, problem, "", why);
        }
        table->column_count++;
    }
    return 0;
}

static const struct unit_column *key_column(const struct unit_table *table)
{
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->columns[i].kind != UNIT_NONE) {
            return &table->columns[i];
        }
    }
    return NULL;
}

// Where the bytes of the columns are in a row. The size of hexadecimal ones is that of the first.
static void place_columns(struct unit_table *table)
{
    table->row_bytes = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        table->columns[i].place = table->row_bytes;
        table->row_bytes += table->columns[i].size;
    }
}

// Room for one row more.
static bool grow(struct unit_table *table, size_t *room)
{
    if (table->row_count < *room) {
        return true;
    }
    *room = *room ? 2 * *room : 64;
    struct unit_row *rows = realloc(table->rows, *room * sizeof *rows);
    table->rows = rows ? rows : table->rows;
    uint8_t *bytes = rows ? realloc(table->bytes, *room * table->row_bytes) : NULL;
    table->bytes = bytes ? bytes : table->bytes;
    return bytes != NULL;
}

// The cells of one line. On the first pass over the first row only sizes are wanted.
static int read_cells(struct unit_table *table, const char *line, unsigned number, uint8_t *row,
                      struct problem *problem)
{
    char text[UNIT_CELL_MOST];
    uint8_t bytes[UNIT_CELL_MOST];
    const char *at = line;
    uint32_t size;

    for (size_t i = 0; i < table->column_count; i++) {
        struct unit_column *column = &table->columns[i];
        if (at == NULL) {
            return bad_line(table, number, problem, "", "it has fewer cells than the first line");
        }
        const char *why = unit_cell_read(&at, text);
        if (why) {
            return bad_line(table, number, problem, "", why);
        }
        why = unit_cell_bytes(column, text, bytes, &size);
        if (why == NULL && row && size != column->size) {
            why = "has another length than in the first row";
        }
        if (why) {
            return bad_line(table, number, problem, column->name, why);
        }
        column->size = size;
        if (row) {
            memcpy(row + column->place, bytes, size);
        }
    }
    return at ? bad_line(table, number, problem, "", "it has more cells than the first line") : 0;
}

static int add_row(struct unit_table *table, const char *line, unsigned number, size_t *room,
                   struct problem *problem)
{
    if (table->row_count == 0) {
        int error = read_cells(table, line, number, NULL, problem);
        if (error) {
            return error;
        }
        place_columns(table);
    }
    if (!grow(table, room)) {
        return problem_no_memory(problem, "%s", table->path);
    }
    uint8_t *row = table->bytes + table->row_count * table->row_bytes;
    int error = read_cells(table, line, number, row, problem);
    if (error) {
        return error;
    }
    const struct unit_column *key = key_column(table);
    struct unit_row *added = &table->rows[table->row_count++];
    added->line = number;
    return sha256_of(row + key->place, key->size, added->key)
               ? 0
               : problem_set(problem, EXIT_FAILED, NULL, "SHA-256: this system does not do it");
}

// Parts the text at its line ends, which it overwrites.
static int read_lines(struct unit_table *table, char *text, struct problem *problem)
{
    size_t room = 0;
    unsigned number = 0;
    int error = 0;

    for (char *line = text; error == 0 && *line;) {
        size_t length = strcspn(line, "\n");
        char *next = line + length + (line[length] == '\n');
        line[length] = '\0';
        if (length && line[length - 1] == '\r') {
            line[length - 1] = '\0';
        }
        if (++number == 1) {
            error = read_names(table, line, problem);
            if (error == 0 && key_column(table) == NULL) {
                error = bad_line(table, 1, problem, "", "no column has a type");
            }
        } else if (*line) {
            error = add_row(table, line, number, &room, problem);
        }
        line = next;
    }
    return error;
}

static int by_key(const void *left, const void *right)
{
    const struct unit_row *const *a = left, *const *b = right;

    return memcmp((*a)->key, (*b)->key, SHA256_BYTES);
}

static int refuse_twins(const struct unit_table *table, struct problem *problem)
{
    const struct unit_row **sorted = calloc(table->row_count + 1, sizeof *sorted);
    int error = 0;

    if (sorted == NULL) {
        return problem_no_memory(problem, "%s", table->path);
    }
    for (size_t i = 0; i < table->row_count; i++) {
        sorted[i] = &table->rows[i];
    }
    qsort(sorted, table->row_count, sizeof *sorted, by_key);
    for (size_t i = 1; error == 0 && i < table->row_count; i++) {
        if (memcmp(sorted[i]->key, sorted[i - 1]->key, SHA256_BYTES) == 0) {
            unsigned a = sorted[i]->line, b = sorted[i - 1]->line;
            problem_set(problem, EXIT_USAGE, "one row for each unit",
                        "%s lines %u and %u: they have the same %s", table->path, a < b ? a : b,
                        a < b ? b : a, key_column(table)->name);
            error = problem_blame(problem, FAULT_FILE);
        }
    }
    free(sorted);
    return error;
}

int unit_table_open(struct unit_table *table, const char *path, struct problem *problem)
{
    *table = (struct unit_table){.path = strdup(path)};
    if (table->path == NULL) {
        return problem_no_memory(problem, "%s", path);
    }
    char *text = read_file(table, problem);
    if (text == NULL) {
        return (int)problem->code;
    }
    int error = read_lines(table, text, problem);
    free(text);
    if (error == 0 && table->row_count == 0) {
        error = bad_line(table, 1, problem, "", "no row follows");
    }
    return error ? error : refuse_twins(table, problem);
}

void unit_table_close(struct unit_table *table)
{
    free(table->path);
    free(table->rows);
    free(table->bytes);
    *table = (struct unit_table){.path = NULL};
}

// "serial, key"
static void name_columns(const struct unit_table *table, char *text, size_t size)
{
    size_t used = 0;

    text[0] = '\0';
    for (size_t i = 0; i < table->column_count && used < size; i++) {
        if (table->columns[i].kind != UNIT_NONE) {
            used += (size_t)snprintf(text + used, size - used, "%s%s", used ? ", " : "",
                                     table->columns[i].name);
        }
    }
}

int unit_table_column(const struct unit_table *table, const char *name,
                      const struct unit_column **column, struct problem *problem)
{
    char names[sizeof problem->try_this];
    size_t found = 0;

    for (size_t i = 0; i < table->column_count; i++) {
        const struct unit_column *at = &table->columns[i];
        if (at->kind != UNIT_NONE && (name == NULL || strcmp(name, at->name) == 0)) {
            *column = at;
            found++;
        }
    }
    if (found == 1) {
        return 0;
    }
    name_columns(table, names, sizeof names);
    return name ? problem_set(problem, EXIT_USAGE, names, "--set: %s has no column %s with a type",
                              table->path, name)
                : problem_set(problem, EXIT_USAGE, names,
                              "--set: %s has several columns, and none is named behind a \":\"",
                              table->path);
}

const uint8_t *unit_table_cell(const struct unit_table *table, size_t row,
                               const struct unit_column *column)
{
    return table->bytes + row * table->row_bytes + column->place;
}
