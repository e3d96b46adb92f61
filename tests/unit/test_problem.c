// test_problem.c: a problem keeps its words and its code, and fits on one line.
// SPDX-License-Identifier: MIT
#include "problem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

// What problem_print writes to stderr, in `text`.
static void print_verb_to(const struct problem *problem, const char *verb, char *text, size_t size)
{
    FILE *file = tmpfile();
    int terminal = dup(STDERR_FILENO);

    assert_non_null(file);
    fflush(stderr);
    dup2(fileno(file), STDERR_FILENO);
    int code = problem_print(problem, "bootleap", verb);
    fflush(stderr);
    dup2(terminal, STDERR_FILENO);
    close(terminal);
    assert_int_equal(code, problem->code);
    rewind(file);
    text[fread(text, 1, size - 1, file)] = '\0';
    fclose(file);
}

static void print_to(const struct problem *problem, char *text, size_t size)
{
    print_verb_to(problem, "flash", text, size);
}

static void test_without_verb(void **state)
{
    struct problem problem;
    char text[600];
    (void)state;

    problem_set(&problem, EXIT_USAGE, NULL, "out of memory");
    print_verb_to(&problem, "", text, sizeof text);
    assert_string_equal(text, "bootleap: out of memory.\n");
}

static void test_with_advice(void **state)
{
    struct problem problem;
    char text[600];
    (void)state;

    int code =
        problem_set(&problem, EXIT_REFUSED, "bootleap info", "write at 0x%08X: NACK", 0x800u);
    assert_int_equal(code, 5);
    print_to(&problem, text, sizeof text);
    assert_string_equal(text, "bootleap: flash: write at 0x00000800: NACK. Try: bootleap info\n");
}

static void test_without_advice(void **state)
{
    struct problem problem;
    char text[600];
    (void)state;

    memset(&problem, 'x', sizeof problem); // an old advice must not survive
    assert_int_equal(problem_set(&problem, EXIT_FAILED, NULL, "out of memory"), 1);
    print_to(&problem, text, sizeof text);
    assert_string_equal(text, "bootleap: flash: out of memory.\n");
}

static void test_too_long(void **state)
{
    struct problem problem;
    char name[1000];
    (void)state;

    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    problem_set(&problem, EXIT_USAGE, name, "%s: %s", "open", name);
    assert_int_equal(strlen(problem.what), sizeof problem.what - 1);
    assert_int_equal(strlen(problem.try_this), sizeof problem.try_this - 1);
    assert_memory_equal(problem.what, "open: nnn", 9);
    problem_set(&problem, EXIT_USAGE, NULL, "open %s: it is a folder", name);
    assert_non_null(strstr(problem.what, "nnn: it is a folder")); // the reason is not cut off
    assert_memory_equal(problem.what, "open nnn", 8);
}

// A name with a line in it, or with what a terminal takes for a command.
static void test_control_characters(void **state)
{
    struct problem problem;
    char text[600];
    (void)state;

    problem_set(&problem, EXIT_USAGE, "ls a\nb", "open \x1b[2Ja\nb: no");
    print_to(&problem, text, sizeof text);
    assert_string_equal(text, "bootleap: flash: open ?[2Ja?b: no. Try: ls a?b\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_with_advice),        cmocka_unit_test(test_without_advice),
        cmocka_unit_test(test_without_verb),       cmocka_unit_test(test_too_long),
        cmocka_unit_test(test_control_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
