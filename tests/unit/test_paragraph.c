// test_paragraph.c: texts of a report are broken into lines between words.
// SPDX-License-Identifier: MIT
#include "paragraph.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

// What a paragraph of 20 columns, its lines indented by 4, makes of two texts behind "ab:".
static void check(const char *first, const char *second, const char *expected)
{
    char *printed = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&printed, &size);
    struct paragraph paragraph = {file, 4, 20, 0, false};

    paragraph.used = (size_t)fprintf(file, "ab:");
    paragraph_blanks(&paragraph, 4);
    paragraph_put(&paragraph, first);
    paragraph_say(&paragraph, "%s", second);
    fclose(file);
    assert_string_equal(printed, expected);
    free(printed);
}

static void lines_end_between_words(void **state)
{
    (void)state;
    check("one two", "three", "ab: one two three");
    check("one two three", "four", "ab: one two three\n    four");
    check("sixteen columns!", "x", "ab: sixteen columns!\n    x"); // the 20th is used
}

static void a_long_word_has_a_line_of_its_own(void **state)
{
    (void)state;
    check("12345678901234567890", "x", "ab: 12345678901234567890\n    x");
    check("x", "12345678901234567890", "ab: x\n    12345678901234567890");
}

static void no_text_leaves_no_blank(void **state)
{
    (void)state;
    check("", "x", "ab: x");
    check("x", "", "ab: x");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_end_between_words),
        cmocka_unit_test(a_long_word_has_a_line_of_its_own),
        cmocka_unit_test(no_text_leaves_no_blank),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
