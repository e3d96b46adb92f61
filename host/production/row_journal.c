// row_journal.c: takes rows, and marks what came of them.
// SPDX-License-Identifier: MIT
#include "row_journal.h"

#include "line_log.h"
#include "plain_text.h"
#include "sha256.h"
#include "utc.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WHO_BYTES = 96, LINE_BYTES = 256 };

struct row_place { // of a key among the rows
    const uint8_t *key;
    size_t row;
};

struct row_mark {
    enum row_state state;
    char who[WHO_BYTES];
};

struct row_journal {
    const struct unit_table *table;
    struct line_log *log;
    char *path;
    struct row_mark *marks;   // of each row
    struct row_place *places; // sorted by key
    uint64_t seen;            // bytes of the journal
    unsigned lines;           // ... and its lines
};

static const char *const words[ROW_STATES] = {
    [ROW_FREE] = "free", [ROW_TAKEN] = "taken", [ROW_USED] = "used", [ROW_FAILED] = "failed"};

const char *row_journal_word(enum row_state state)
{
    return words[state];
}

static int by_key(const void *left, const void *right)
{
    return memcmp(((const struct row_place *)left)->key, ((const struct row_place *)right)->key,
                  SHA256_BYTES);
}

static bool read_digest(const char *text, uint8_t digest[SHA256_BYTES])
{
    for (size_t i = 0; i < SHA256_BYTES; i++) {
        unsigned byte;
        if (sscanf(text + 2 * i, "%2x", &byte) != 1) {
            return false;
        }
        digest[i] = (uint8_t)byte;
    }
    return true;
}

// One line, without its end. A row that the table does not have any more is no error.
static bool read_line(struct row_journal *journal, const char *line)
{
    char word[8], digits[SHA256_TEXT_BYTES];
    uint8_t key[SHA256_BYTES];
    unsigned number;
    int who = 0, state = 0;

    if (sscanf(line, "%7s %u %64[0-9a-f] %*21s %n", word, &number, digits, &who) != 3 || who == 0 ||
        strlen(digits) != SHA256_TEXT_BYTES - 1 || !read_digest(digits, key)) {
        return false;
    }
    while (state < ROW_STATES && strcmp(words[state], word) != 0) {
        state++;
    }
    if (state == ROW_STATES) {
        return false;
    }
    const struct row_place wanted = {key, 0};
    const struct row_place *place = bsearch(&wanted, journal->places, journal->table->row_count,
                                            sizeof *journal->places, by_key);
    if (place) {
        struct row_mark *mark = &journal->marks[place->row];
        mark->state = (enum row_state)state;
        snprintf(mark->who, sizeof mark->who, "%s", line + who);
    }
    return true;
}

// What this and other programs have added since the last time. The log is locked.
static int read_on(struct row_journal *journal, struct problem *problem)
{
    char *text;
    size_t size;

    int error = line_log_read(journal->log, journal->seen, &text, &size, problem);
    if (error) {
        return error;
    }
    for (char *line = text; error == 0 && line < text + size;) {
        size_t length = strcspn(line, "\n");
        line[length] = '\0';
        journal->lines++;
        if (!read_line(journal, line)) {
            problem_set(problem, EXIT_USAGE,
                        "the file as bootleap wrote it: without it nobody knows which rows are "
                        "used",
                        "%s line %u: no line of a journal of rows", journal->path, journal->lines);
            error = problem_blame(problem, FAULT_FILE);
        }
        line += length + 1;
    }
    free(text);
    journal->seen += error ? 0 : size;
    return error;
}

static int look(struct row_journal *journal, struct problem *problem)
{
    int error = line_log_lock(journal->log, problem);

    if (error) {
        return error;
    }
    error = read_on(journal, problem);
    line_log_unlock(journal->log);
    return error;
}

static bool make_lists(struct row_journal *journal)
{
    static const char suffix[] = ".used";
    const struct unit_table *table = journal->table;
    size_t length = strlen(table->path);

    journal->marks = calloc(table->row_count, sizeof *journal->marks);
    journal->places = calloc(table->row_count, sizeof *journal->places);
    journal->path = malloc(length + sizeof suffix);
    if (!journal->marks || !journal->places || !journal->path) {
        return false;
    }
    memcpy(journal->path, table->path, length);
    memcpy(journal->path + length, suffix, sizeof suffix);
    for (size_t i = 0; i < table->row_count; i++) {
        journal->places[i] = (struct row_place){table->rows[i].key, i};
    }
    qsort(journal->places, table->row_count, sizeof *journal->places, by_key);
    return true;
}

int row_journal_open(struct row_journal **journal, const struct unit_table *table,
                     struct problem *problem)
{
    struct row_journal *made = calloc(1, sizeof *made);

    *journal = NULL;
    if (made) {
        made->table = table;
    }
    if (made == NULL || !make_lists(made)) {
        row_journal_close(made);
        return problem_no_memory(problem, "%s", table->path);
    }
    int error = line_log_open(&made->log, "--set", made->path, problem);
    if (error == 0) {
        error = look(made, problem);
    }
    if (error) {
        row_journal_close(made);
        return error;
    }
    *journal = made;
    return 0;
}

void row_journal_close(struct row_journal *journal)
{
    if (journal) {
        line_log_close(journal->log);
        free(journal->marks);
        free(journal->places);
        free(journal->path);
    }
    free(journal);
}

size_t row_journal_count(const struct row_journal *journal, enum row_state state)
{
    size_t count = 0;

    for (size_t i = 0; i < journal->table->row_count; i++) {
        count += journal->marks[i].state == state;
    }
    return count;
}

enum row_state row_journal_state(const struct row_journal *journal, size_t row, const char **who)
{
    *who = journal->marks[row].who;
    return journal->marks[row].state;
}

// The log is locked.
static int mark(struct row_journal *journal, size_t row, enum row_state state, const char *who,
                struct problem *problem)
{
    char line[LINE_BYTES], digits[SHA256_TEXT_BYTES], time[UTC_TEXT_BYTES], name[WHO_BYTES];
    const struct unit_row *of = &journal->table->rows[row];

    snprintf(name, sizeof name, "%s", who);
    plain_text_clean(name);
    snprintf(line, sizeof line, "%s %u %s %s %s\n", words[state], of->line,
             sha256_text(of->key, digits), utc_text(time), name);
    return line_log_append(journal->log, line, problem);
}

static int take_free(struct row_journal *journal, const char *who, size_t *row,
                     struct problem *problem)
{
    int error = read_on(journal, problem);

    for (size_t i = 0; error == 0 && i < journal->table->row_count; i++) {
        if (journal->marks[i].state == ROW_FREE) {
            *row = i;
            error = mark(journal, i, ROW_TAKEN, who, problem);
            return error ? error : read_on(journal, problem);
        }
    }
    if (error) {
        return error;
    }
    problem_set(problem, EXIT_USAGE, "more rows at its end",
                "%s: no row is left, all %zu were given to units", journal->table->path,
                journal->table->row_count);
    return problem_blame(problem, FAULT_FILE);
}

int row_journal_take(struct row_journal *journal, const char *who, size_t *row,
                     struct problem *problem)
{
    int error = line_log_lock(journal->log, problem);

    if (error) {
        return error;
    }
    error = take_free(journal, who, row, problem);
    line_log_unlock(journal->log);
    return error;
}

int row_journal_end(struct row_journal *journal, size_t row, enum row_state state, const char *who,
                    struct problem *problem)
{
    int error = line_log_lock(journal->log, problem);

    if (error) {
        return error;
    }
    error = mark(journal, row, state, who, problem);
    if (error == 0) {
        error = read_on(journal, problem);
    }
    line_log_unlock(journal->log);
    return error;
}
