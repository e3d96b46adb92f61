// test_option_table.c: a table of options reads a command line, and prints --help.
// SPDX-License-Identifier: MIT
#include "option_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct request {
    bool fast;
    const char *file;
    unsigned count;
    uint64_t limit;
    unsigned colour;
    const char *fields;
};

static const char *colour(unsigned number)
{
    static const char *const colours[] = {"red", "green", NULL};

    return colours[number];
}

static const char *colour_help(unsigned number)
{
    static const char *const helps[] = {
        "as it was painted",
        "as it was painted the second time, which nobody would have thought of",
    };

    return helps[number];
}

static int set_colour(void *request, const struct option_row *row, const char *text,
                      struct problem *problem)
{
    return option_word(&((struct request *)request)->colour, row, text, problem);
}

// Tells an option without its value from one that was not given.
static int set_fields(void *request, const struct option_row *row, const char *text,
                      struct problem *problem)
{
    (void)row;
    (void)problem;
    ((struct request *)request)->fields = text ? text : "all";
    return 0;
}

static const struct option_row first[] = {
    {.name = "fast",
     .letter = 'f',
     .parse = option_flag,
     .help = "be fast",
     .place = OPTION_PLACE(struct request, bool, fast)},
    {.name = "file",
     .argument = "FILE",
     .parse = option_text,
     .help = "a text that is so long that it needs more than the one line that would do for a "
             "shorter one",
     .place = OPTION_PLACE(struct request, const char *, file)},
    {.name = NULL},
};

static const struct option_row second[] = {
    {.name = "count-of-all-that-is",
     .argument = "N",
     .parse = option_unsigned,
     .help = "how many",
     .place = OPTION_PLACE(struct request, unsigned, count),
     .least = 2,
     .most = 9},
    {.name = "limit",
     .argument = "N",
     .parse = option_uint64,
     .help = "at most",
     .place = OPTION_PLACE(struct request, uint64_t, limit),
     .most = UINT64_MAX},
    {.name = "colour", .argument = "C", .parse = set_colour, .help = "one of:", .words = colour},
    {.name = "fields",
     .argument = "[=FIELDS]",
     .parse = set_fields,
     .help = "as you like:",
     .words = colour,
     .word_help = colour_help},
    {.name = NULL},
};

static const struct option_group groups[] = {{NULL, first}, {"Others:", second}};
static const struct option_table table = {.program = "program",
                                          .verb = "verb",
                                          .summary = "do it",
                                          .operands = "FILE",
                                          .description =
                                              "A paragraph that is as long as it has to be for the "
                                              "line to be broken somewhere.\n"
                                              "\n"
                                              "  a line that stays as it is,   blanks included, "
                                              "although it is longer than a line may be\n",
                                          .end = "That is all.\n",
                                          .groups = groups,
                                          .group_count = 2};

static int parse(struct request *request, int *operands, struct problem *problem, int count,
                 char **arguments)
{
    *request = (struct request){.count = 5, .limit = 7};
    *problem = (struct problem){0};
    return option_table_parse(&table, request, count, arguments, operands, problem);
}

static void each_kind_of_value_gets_to_its_member(void **state)
{
    char *arguments[] = {"verb",     "--file",  "a",           "rest",
                         "--fast",   "--limit", "0x100000000", "--count-of-all-that-is=9",
                         "--colour", "green",   "--fields",    "--",
                         "--more",   NULL};
    struct request request;
    struct problem problem;
    int operands;

    (void)state;
    assert_int_equal(parse(&request, &operands, &problem, 13, arguments), 0);
    assert_true(request.fast);
    assert_string_equal(request.file, "a");
    assert_int_equal(request.count, 9);
    assert_int_equal(request.limit, 0x100000000);
    assert_int_equal(request.colour, 1);
    assert_string_equal(request.fields, "all");
    assert_int_equal(operands, 11);
    assert_string_equal(arguments[11], "rest");
    assert_string_equal(arguments[12], "--more");
}

static void a_letter_is_the_same_option(void **state)
{
    char *arguments[] = {"verb", "rest", "-f", "--file", "a", NULL};
    char *unknown[] = {"verb", "-fx", NULL};
    struct request request;
    struct problem problem;
    int operands;

    (void)state;
    assert_int_equal(parse(&request, &operands, &problem, 5, arguments), 0);
    assert_true(request.fast);
    assert_string_equal(request.file, "a");
    assert_int_equal(operands, 4);
    assert_int_equal(parse(&request, &operands, &problem, 2, unknown), EXIT_USAGE);
    assert_string_equal(problem.what, "-x: is not an option of verb");
}

static void a_bad_value_is_refused_and_sets_nothing(void **state)
{
    static const struct {
        char *option;
        const char *what, *try_this;
    } bad[] = {
        {"--count-of-all-that-is=1", "--count-of-all-that-is: 1 is out of range",
         "a number from 2 to 9"},
        {"--count-of-all-that-is=10", "--count-of-all-that-is: 10 is out of range",
         "a number from 2 to 9"},
        {"--limit=-1", "--limit: -1 is not a number", "a number from 0 to 18446744073709551615"},
        {"--limit=18446744073709551616", "--limit: 18446744073709551616 is out of range",
         "a number from 0 to 18446744073709551615"},
        {"--colour=blue", "--colour blue: no colour is called that", "one of: red, green"},
        {"--colour", "option --colour: its value is missing", "`program verb --help` lists them"},
        {"--fast=1", "option --fast=1: it takes no value", "`program verb --help` lists them"},
        {"--f", "--f: is not an option of verb, or the start of several",
         "`program verb --help` lists them"},
        {"-xf", "-x: is not an option of verb", "`program verb --help` lists them"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char *arguments[] = {"verb", bad[i].option, NULL};
        struct request request;
        struct problem problem;
        int operands;
        assert_int_equal(parse(&request, &operands, &problem, 2, arguments), EXIT_USAGE);
        assert_string_equal(problem.what, bad[i].what);
        assert_string_equal(problem.try_this, bad[i].try_this);
        assert_int_equal(request.count, 5);
        assert_int_equal(request.limit, 7);
        assert_false(request.fast);
    }
}

static void a_mistyped_option_gets_the_nearest_one(void **state)
{
    static const struct {
        char *option;
        const char *hint;
    } mistyped[] = {
        {"--fats", "--fast; `program verb --help` lists them"},
        {"--fastt", "--fast; `program verb --help` lists them"},
        {"--coulour=red", "--colour; `program verb --help` lists them"},
        {"--fusty", "`program verb --help` lists them"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof mistyped / sizeof mistyped[0]; i++) {
        char *arguments[] = {"verb", mistyped[i].option, NULL};
        struct request request;
        struct problem problem;
        int operands;
        assert_int_equal(parse(&request, &operands, &problem, 2, arguments), EXIT_USAGE);
        assert_string_equal(problem.try_this, mistyped[i].hint);
    }
}

static void help_may_be_asked_for_anywhere(void **state)
{
    static char *const words[] = {"--help", "-h"};
    struct request request;
    struct problem problem;
    int operands;

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        char *last[] = {"verb", "--fast", "a", words[i], NULL};
        char *value[] = {"verb", "--file", words[i], NULL};
        char *behind[] = {"verb", "--", words[i], NULL};
        assert_int_equal(parse(&request, &operands, &problem, 4, last), OPTION_HELP);
        assert_int_equal(parse(&request, &operands, &problem, 3, value), 0);
        assert_string_equal(request.file, words[i]);
        assert_int_equal(parse(&request, &operands, &problem, 3, behind), 0);
    }
}

static void a_row_is_found_by_its_name(void **state)
{
    (void)state;
    assert_ptr_equal(option_table_find(&table, "limit"), &second[1]);
    assert_null(option_table_find(&table, "limi"));
    assert_null(option_table_find(&table, "--limit"));
}

static void help_has_each_row_in_its_columns(void **state)
{
    static const char expected[] =
        "usage: program verb FILE [options]\n"
        "\n"
        "A paragraph that is as long as it has to be for the line to be broken somewhere.\n"
        "\n"
        "  a line that stays as it is,   blanks included, although it is longer than a line may "
        "be\n"
        "\n"
        "  --fast, -f            be fast\n"
        "  --file FILE           a text that is so long that it needs more than the one line that\n"
        "                        would do for a shorter one\n"
        "\n"
        "Others:\n"
        "  --count-of-all-that-is N\n"
        "                        how many\n"
        "  --limit N             at most\n"
        "  --colour C            one of: red, green\n"
        "  --fields[=FIELDS]     as you like:\n"
        "                          red    as it was painted\n"
        "                          green  as it was painted the second time, which nobody would "
        "have\n"
        "                                 thought of\n"
        "\n"
        "That is all.\n";
    char *text = NULL;
    size_t size;
    FILE *file = open_memstream(&text, &size);

    (void)state;
    assert_non_null(file);
    option_table_help(&table, file);
    assert_int_equal(fclose(file), 0);
    assert_string_equal(text, expected);
    free(text);
}

// The list is of `told_by`; what the words are is told by each.
static void a_list_that_another_verb_explains_is_short(void **state)
{
    static const struct option_row rows[] = {{.name = "fields",
                                              .argument = "[=FIELDS]",
                                              .parse = set_fields,
                                              .help = "as you like:",
                                              .words = colour,
                                              .word_help = colour_help,
                                              .told_by = "other"},
                                             {.name = NULL}};
    static const struct option_group own_groups[] = {{NULL, rows}};
    struct option_table own = table;
    char *text;
    size_t size;
    FILE *file = open_memstream(&text, &size);

    (void)state;
    assert_non_null(file);
    own.groups = own_groups;
    own.group_count = 1;
    option_table_help(&own, file);
    assert_int_equal(fflush(file), 0);
    assert_non_null(strstr(text, "as you like: red, green (`program other --help` explains them)"));
    own.verb = "other";
    option_table_help(&own, file);
    assert_int_equal(fclose(file), 0);
    char *second_help = strstr(text, "usage: program other");
    assert_non_null(second_help);
    assert_null(strstr(second_help, "explains them"));
    free(text);
}

static void a_program_without_verbs_is_called_by_its_name(void **state)
{
    char *arguments[] = {"program", "--fst", NULL}, *text;
    struct option_table own = table;
    struct request request = {0};
    struct problem problem = {0};
    int operands;
    size_t size;
    FILE *file = open_memstream(&text, &size);

    (void)state;
    assert_non_null(file);
    own.verb = "";
    option_table_help(&own, file);
    assert_int_equal(fclose(file), 0);
    assert_non_null(strstr(text, "usage: program FILE [options]\n"));
    free(text);
    assert_int_equal(option_table_parse(&own, &request, 2, arguments, &operands, &problem), 2);
    assert_string_equal(problem.what,
                        "--fst: is not an option of program, or the start of several");
    assert_string_equal(problem.try_this, "--fast; `program --help` lists them");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_of_value_gets_to_its_member),
        cmocka_unit_test(a_letter_is_the_same_option),
        cmocka_unit_test(a_bad_value_is_refused_and_sets_nothing),
        cmocka_unit_test(a_mistyped_option_gets_the_nearest_one),
        cmocka_unit_test(help_may_be_asked_for_anywhere),
        cmocka_unit_test(a_row_is_found_by_its_name),
        cmocka_unit_test(help_has_each_row_in_its_columns),
        cmocka_unit_test(a_list_that_another_verb_explains_is_short),
        cmocka_unit_test(a_program_without_verbs_is_called_by_its_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
