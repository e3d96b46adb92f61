// test_scenarios.c: the rows of the matrix's scenarios agree with themselves and leave nothing out.
// SPDX-License-Identifier: MIT
#include "scenarios.h"
#include "words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const struct matrix_scenario *const tables[] = {scenarios_reset, scenarios_direct};

enum { TABLES = sizeof tables / sizeof tables[0] };

static bool has_number(const char *text)
{
    return strstr(text, "%d") || strstr(text, "%+d");
}

// Two runs are compared by ids, as words of a line.
static void an_id_is_one_word_and_is_there_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < TABLES; i++) {
        for (const struct matrix_scenario *row = tables[i]; row->id; row++) {
            assert_int_equal(strspn(row->id, "abcdefghijklmnopqrstuvwxyz0123456789-"),
                             strlen(row->id));
            for (const struct matrix_scenario *other = tables[i]; other < row; other++) {
                assert_true(other->group != row->group || strcmp(other->id, row->id) != 0);
            }
        }
    }
}

static void a_row_with_numbers_puts_them_into_its_texts(void **state)
{
    (void)state;
    for (size_t i = 0; i < TABLES; i++) {
        for (const struct matrix_scenario *row = tables[i]; row->id; row++) {
            assert_non_null(row->rule);
            assert_int_equal(has_number(row->options), row->step != 0);
            assert_int_equal(row->name && has_number(row->name), row->step != 0);
            assert_int_equal(row->first < row->last, row->step != 0);
        }
    }
}

// What the id says is what the command line gets, and each state has a row.
static void each_state_is_entered_from_under_its_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < TABLES; i++) {
        bool there[STATES] = {false};
        for (const struct matrix_scenario *row = tables[i]; row->id; row++) {
            const char *name = state_name(row->state);
            if (row->group == GROUP_STATES && row->state != STATE_THREAD) {
                assert_int_equal(strncmp(row->id, name, strlen(name)), 0);
            }
            if (row->group == GROUP_STATES && strcmp(row->id, name) == 0) {
                there[row->state] = true;
            }
        }
        for (int j = 0; j < STATES; j++) {
            assert_true(there[j]);
        }
    }
}

static void each_option_byte_speaks_against_entering_under_its_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < TABLES; i++) {
        unsigned there = 0, all = 0;
        for (unsigned j = 0; words_option_refusal((enum option_refusal)j); j++) {
            all |= 1u << j;
        }
        for (const struct matrix_scenario *row = tables[i]; row->id; row++) {
            if (row->group == GROUP_OPTIONS) {
                assert_string_equal(row->id, words_option_refusal(row->refusal));
                there |= 1u << row->refusal;
            }
        }
        assert_int_equal(there, all);
    }
}

static void one_scenario_tells_how_long_entering_takes(void **state)
{
    (void)state;
    for (size_t i = 0; i < TABLES; i++) {
        unsigned measured = 0;
        for (const struct matrix_scenario *row = tables[i]; row->id; row++) {
            measured += row->measured;
        }
        assert_int_equal(measured, 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_id_is_one_word_and_is_there_once),
        cmocka_unit_test(a_row_with_numbers_puts_them_into_its_texts),
        cmocka_unit_test(each_state_is_entered_from_under_its_name),
        cmocka_unit_test(each_option_byte_speaks_against_entering_under_its_name),
        cmocka_unit_test(one_scenario_tells_how_long_entering_takes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
