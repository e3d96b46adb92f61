// test_row_journal.c: rows are given once, whoever asks and wherever a program is killed.
// SPDX-License-Identifier: MIT
//
// Programs are killed in the middle of a write by this file's own shared_file_append().
#include "disk.h"
#include "row_journal.h"
#include "scratch.h"
#include "shared_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { ROWS = 40, RACERS = 4, NEVER = -1 };

int __real_shared_file_append(int file, const char *bytes, size_t size);

// In a child: the write that ends it, and after how many bytes.
static struct {
    int at_write, writes;
    size_t bytes;
    unsigned pause_us; // before each write, for others
} killer = {.at_write = NEVER};

int __wrap_shared_file_append(int file, const char *bytes, size_t size);
int __wrap_shared_file_append(int file, const char *bytes, size_t size)
{
    if (killer.writes++ == killer.at_write) {
        size_t part = killer.bytes < size ? killer.bytes : size;
        _exit(write(file, bytes, part) == (ssize_t)part ? 0 : 99);
    }
    usleep(killer.pause_us);
    return __real_shared_file_append(file, bytes, size);
}

static char folder[SCRATCH_BYTES], table_path[SCRATCH_BYTES + 16], journal_path[SCRATCH_BYTES + 24];

static void write_table(unsigned rows)
{
    FILE *file = disk_open(table_path, "w");

    assert_non_null(file);
    fputs("serial:u32\n", file);
    for (unsigned i = 0; i < rows; i++) {
        fprintf(file, "%u\n", 1000 + i);
    }
    assert_int_equal(fclose(file), 0);
}

struct opened {
    struct unit_table table;
    struct row_journal *journal;
};

static void open_both(struct opened *opened)
{
    struct problem problem;

    assert_int_equal(unit_table_open(&opened->table, table_path, &problem), 0);
    assert_int_equal(row_journal_open(&opened->journal, &opened->table, &problem), 0);
}

static void close_both(struct opened *opened)
{
    row_journal_close(opened->journal);
    unit_table_close(&opened->table);
}

static int begin(void **state)
{
    (void)state;
    killer.at_write = NEVER;
    assert_true(scratch_folder(folder));
    snprintf(table_path, sizeof table_path, "%s/units.csv", folder);
    snprintf(journal_path, sizeof journal_path, "%s.used", table_path);
    write_table(ROWS);
    return 0;
}

static int end(void **state)
{
    (void)state;
    disk_remove(journal_path);
    disk_remove(table_path);
    return disk_remove_folder(folder);
}

static size_t length_of_journal(void)
{
    FILE *file = disk_open(journal_path, "r");
    size_t length = 0;
    int last = '\n';

    assert_non_null(file);
    for (int c; (c = getc(file)) != EOF; length++) {
        last = c;
    }
    fclose(file);
    assert_int_equal(last, '\n');
    return length;
}

static void each_state_is_kept(void **state)
{
    struct opened opened;
    struct problem problem;
    const char *who;
    size_t rows[3];
    (void)state;

    open_both(&opened);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(row_journal_take(opened.journal, "usb:1-2\x1b", &rows[i], &problem), 0);
        assert_int_equal(rows[i], i);
    }
    assert_int_equal(row_journal_end(opened.journal, 0, ROW_USED, "4100", &problem), 0);
    assert_int_equal(row_journal_end(opened.journal, 1, ROW_FREE, "", &problem), 0);
    close_both(&opened);
    open_both(&opened);
    assert_int_equal(row_journal_count(opened.journal, ROW_FREE), ROWS - 2);
    assert_int_equal(row_journal_state(opened.journal, 0, &who), ROW_USED);
    assert_string_equal(who, "4100");
    assert_int_equal(row_journal_state(opened.journal, 2, &who), ROW_TAKEN);
    assert_string_equal(who, "usb:1-2?");
    assert_int_equal(row_journal_take(opened.journal, "usb:1-3", &rows[0], &problem), 0);
    assert_int_equal(rows[0], 1); // nothing of it had reached a unit
    assert_int_equal(row_journal_end(opened.journal, 1, ROW_FAILED, "usb:1-3", &problem), 0);
    assert_int_equal(row_journal_take(opened.journal, "usb:1-3", &rows[0], &problem), 0);
    assert_int_equal(rows[0], 3); // that one may have
    close_both(&opened);
}

static void a_row_stays_itself_when_lines_move(void **state)
{
    struct opened opened;
    struct problem problem;
    size_t row;
    (void)state;

    open_both(&opened);
    assert_int_equal(row_journal_take(opened.journal, "a", &row, &problem), 0);
    close_both(&opened);
    FILE *file = disk_open(table_path, "w");
    assert_non_null(file);
    fputs("serial:u32,remark\n2000,new\n1000,moved\n", file);
    assert_int_equal(fclose(file), 0);
    open_both(&opened);
    assert_int_equal(row_journal_count(opened.journal, ROW_TAKEN), 1);
    assert_int_equal(row_journal_take(opened.journal, "a", &row, &problem), 0);
    assert_int_equal(opened.table.rows[row].line, 2);
    assert_int_equal(row_journal_take(opened.journal, "a", &row, &problem), EXIT_USAGE);
    assert_non_null(strstr(problem.what, "no row is left, all 2 were given to units"));
    close_both(&opened);
}

static void what_is_no_journal_is_refused(void **state)
{
    static const char *const lines[] = {
        "hello\n",
        "taken 2 00 2026-11-30T20:31:02Z a\n",
        ("eaten 2 0000000000000000000000000000000000000000000000000000000000000000 "
         "2026-11-30T20:31:02Z a\n"),
    };
    struct unit_table table;
    struct row_journal *journal;
    struct problem problem;
    (void)state;

    assert_int_equal(unit_table_open(&table, table_path, &problem), 0);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        FILE *file = disk_open(journal_path, "w");
        assert_non_null(file);
        fputs(lines[i], file);
        assert_int_equal(fclose(file), 0);
        assert_int_equal(row_journal_open(&journal, &table, &problem), EXIT_USAGE);
        assert_non_null(strstr(problem.what, "units.csv.used line 1: no line of a journal"));
        assert_null(journal);
    }
    unit_table_close(&table);
}

// Takes a row, says so, and marks it as used: what a board gets when take returns.
static _Noreturn void work_and_die(int at_write, size_t bytes, int told)
{
    struct opened opened;
    struct problem problem;
    size_t row;

    open_both(&opened);
    killer.at_write = at_write;
    killer.bytes = bytes;
    killer.writes = 0;
    if (row_journal_take(opened.journal, "board", &row, &problem) == 0) {
        if (write(told, &row, sizeof row) != sizeof row) {
            _exit(99);
        }
        row_journal_end(opened.journal, row, ROW_USED, "board", &problem);
    }
    _exit(99); // it should have died before
}

// Whether the child gave its row away, and which.
static bool run_and_die(int at_write, size_t bytes, size_t *row)
{
    int ends[2], status;

    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        work_and_die(at_write, bytes, ends[1]);
    }
    close(ends[1]);
    bool given = read(ends[0], row, sizeof *row) == sizeof *row;
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    return given;
}

static void killed_anywhere_no_row_is_given_twice(void **state)
{
    enum { LINE = 160 }; // more than a line has: then it was written, and nothing after it
    (void)state;

    for (int at_write = 0; at_write < 2; at_write++) {
        for (size_t bytes = 0; bytes <= LINE; bytes += bytes < LINE - 40 ? 7 : 1) {
            struct opened opened;
            struct problem problem;
            const char *who;
            size_t given = ROWS, next;
            disk_remove(journal_path);
            assert_int_equal(run_and_die(at_write, bytes, &given), at_write == 1);
            open_both(&opened);
            enum row_state is = row_journal_state(opened.journal, 0, &who);
            bool taken_written = at_write == 1 || bytes == LINE;
            bool used_written = at_write == 1 && bytes == LINE;
            assert_true(is == ROW_FREE || taken_written || bytes > LINE / 2);
            assert_true(is != ROW_FREE || !taken_written);
            assert_true(is == ROW_USED || !used_written);
            assert_int_equal(row_journal_take(opened.journal, "other", &next, &problem), 0);
            assert_true(next != given);
            length_of_journal();
            close_both(&opened);
        }
    }
}

static _Noreturn void race(int told)
{
    struct opened opened;
    struct problem problem;
    size_t row;

    killer.pause_us = 300;
    open_both(&opened);
    while (row_journal_take(opened.journal, "board", &row, &problem) == 0) {
        if (write(told, &row, sizeof row) != sizeof row) {
            _exit(1);
        }
        row_journal_end(opened.journal, row, ROW_USED, "board", &problem);
    }
    _exit(0);
}

static void programs_that_race_get_different_rows(void **state)
{
    unsigned given[ROWS] = {0};
    int ends[2], status;
    size_t row, count = 0;
    (void)state;

    assert_int_equal(pipe(ends), 0);
    for (int i = 0; i < RACERS; i++) {
        pid_t child = fork();
        if (child == 0) {
            race(ends[1]);
        }
        assert_true(child > 0);
    }
    close(ends[1]);
    while (read(ends[0], &row, sizeof row) == sizeof row) {
        assert_true(row < ROWS);
        given[row]++;
        count++;
    }
    close(ends[0]);
    for (int i = 0; i < RACERS; i++) {
        assert_true(wait(&status) > 0);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    for (size_t i = 0; i < ROWS; i++) {
        assert_int_equal(given[i], 1);
    }
    assert_int_equal(count, ROWS);
    assert_true(length_of_journal() > ROWS * 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_state_is_kept, begin, end),
        cmocka_unit_test_setup_teardown(a_row_stays_itself_when_lines_move, begin, end),
        cmocka_unit_test_setup_teardown(what_is_no_journal_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(killed_anywhere_no_row_is_given_twice, begin, end),
        cmocka_unit_test_setup_teardown(programs_that_race_get_different_rows, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
