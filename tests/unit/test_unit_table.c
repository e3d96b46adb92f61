// test_unit_table.c: CSV files of data for units: what they become, and what is refused.
// SPDX-License-Identifier: MIT
#include "disk.h"
#include "scratch.h"
#include "unit_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static char folder[SCRATCH_BYTES], path[SCRATCH_BYTES + 16];

static int begin(void **state)
{
    (void)state;
    if (!scratch_folder(folder)) {
        return -1;
    }
    snprintf(path, sizeof path, "%s/u.csv", folder);
    return 0;
}

static int end(void **state)
{
    (void)state;
    disk_remove(path);
    return disk_remove_folder(folder);
}

static int open_text(struct unit_table *table, const char *text, struct problem *problem)
{
    FILE *file = disk_open(path, "w");

    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
    return unit_table_open(table, path, problem);
}

static void cells_become_bytes(void **state)
{
    static const char text[] = "\xEF\xBB\xBFserial:u32,mac:hex,name:text8,remark\r\n"
                               "0x12345678,00:80:e1:FF,\"a,\"\"b\",\r\n"
                               "\r\n"
                               "17,0080e100,left,\"for Basel, now\"";
    static const uint8_t rows[2][3][8] = {
        {{0x78, 0x56, 0x34, 0x12}, {0x00, 0x80, 0xE1, 0xFF}, {'a', ',', '"', 'b'}},
        {{17}, {0x00, 0x80, 0xE1, 0x00}, {'l', 'e', 'f', 't'}}};
    static const char *const names[] = {"serial", "mac", "name"};
    static const uint32_t sizes[] = {4, 4, 8};
    struct unit_table table;
    struct problem problem;
    (void)state;

    assert_int_equal(open_text(&table, text, &problem), 0);
    assert_int_equal(table.row_count, 2);
    assert_int_equal(table.rows[1].line, 4);
    for (size_t i = 0; i < 3; i++) {
        const struct unit_column *column;
        assert_int_equal(unit_table_column(&table, names[i], &column, &problem), 0);
        assert_int_equal(column->size, sizes[i]);
        for (size_t row = 0; row < 2; row++) {
            assert_memory_equal(unit_table_cell(&table, row, column), rows[row][i], sizes[i]);
        }
    }
    unit_table_close(&table);
}

static void many_rows_are_read(void **state)
{
    enum { ROWS = 3000 };
    struct unit_table table;
    struct problem problem;
    const struct unit_column *column;
    (void)state;

    FILE *file = disk_open(path, "w");
    assert_non_null(file);
    fputs("serial:u32\n", file);
    for (unsigned i = 0; i < ROWS; i++) {
        fprintf(file, "%u\n", i);
    }
    assert_int_equal(fclose(file), 0);
    assert_int_equal(unit_table_open(&table, path, &problem), 0);
    assert_int_equal(table.row_count, ROWS);
    assert_int_equal(unit_table_column(&table, NULL, &column, &problem), 0);
    assert_int_equal(unit_table_cell(&table, ROWS - 1, column)[1], (ROWS - 1) >> 8);
    unit_table_close(&table);
}

static const struct {
    const char *text, *why;
} wrong[] = {
    {"", "line 1: no row follows"},
    {"serial:u32\n", "line 1: no row follows"},
    {"serial\n1\n", "line 1: no column has a type"},
    {"serial:u8\n1\n", "line 1: a type is u32, hex, or text16"},
    {"s:text\n1\n", "line 1: a type is u32, hex, or text16"},
    {"s:text1\n1\n", "line 1: textN: N is a number from 2 to 1024"},
    {":u32\n1\n", "line 1: a column has no name"},
    {"a:u32,a:hex\n1,2\n", "line 1: two columns have the same name"},
    {"a:u32,b\n1\n", "line 2: it has fewer cells than the first line"},
    {"a:u32\n1,2\n", "line 2: it has more cells than the first line"},
    {"a:u32\n1\n-2\n", "line 3: a is no number"},
    {"a:u32\n1\n4294967296\n", "line 3: a does not fit into 32 bits"},
    {"a:u32\n\n\n1x\n", "line 4: a is no number"},
    {"a:hex\n0g\n", "line 2: a is not pairs of hexadecimal digits"},
    {"a:hex\n012\n", "line 2: a is not pairs of hexadecimal digits"},
    {"a:hex\n01:\n", "line 2: a is not pairs of hexadecimal digits"},
    {"a:hex\n0102\n03\n", "line 3: a has another length than in the first row"},
    {"a:text4\nabcd\n", "line 2: a is too long for its column"},
    {"a:u32,b:text4\n1,\n", "line 2: b is empty"},
    {"a:u32\n\"1\n", "line 2: a \" is not closed in its line"},
    {"a:u32\n\"1\"2\n", "line 2: something stands behind a closing \""},
    {"a:u32\n1\"\n", "line 2: a \" stands in the middle of a cell"},
    {"a:u32,b\n1,x\n2,x\n0x1,y\n", "lines 2 and 4: they have the same a"},
};

static void what_is_wrong_is_said_with_its_line(void **state)
{
    struct unit_table table;
    struct problem problem;
    (void)state;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(open_text(&table, wrong[i].text, &problem), EXIT_USAGE);
        if (strstr(problem.what, wrong[i].why) == NULL) {
            fail_msg("%s: %s", wrong[i].text, problem.what);
        }
        assert_int_equal(problem.fault, FAULT_FILE);
        unit_table_close(&table);
    }
    disk_remove(path);
    assert_int_equal(unit_table_open(&table, path, &problem), EXIT_USAGE);
    assert_non_null(strstr(problem.what, "cannot be read"));
    unit_table_close(&table);
}

static void columns_are_found_by_name(void **state)
{
    struct unit_table table;
    struct problem problem;
    const struct unit_column *column;
    (void)state;

    assert_int_equal(open_text(&table, "serial:u32,key:hex,remark\n1,22,x\n", &problem), 0);
    assert_int_equal(unit_table_column(&table, "key", &column, &problem), 0);
    assert_string_equal(column->name, "key");
    assert_int_equal(unit_table_column(&table, "remark", &column, &problem), EXIT_USAGE);
    assert_string_equal(problem.try_this, "serial, key");
    assert_int_equal(unit_table_column(&table, NULL, &column, &problem), EXIT_USAGE);
    assert_non_null(strstr(problem.what, "several columns"));
    unit_table_close(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(cells_become_bytes, begin, end),
        cmocka_unit_test_setup_teardown(many_rows_are_read, begin, end),
        cmocka_unit_test_setup_teardown(what_is_wrong_is_said_with_its_line, begin, end),
        cmocka_unit_test_setup_teardown(columns_are_found_by_name, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
