// test_source_lines_without.c: a build without a reader of DWARF knows nothing, and says so.
// SPDX-License-Identifier: MIT
#include "source_lines.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void nothing_is_known(void **state)
{
    const uint32_t address = 0x08000100;
    struct source_lines lines = {.answers = NULL};
    (void)state;

    assert_false(source_lines_can_be_read());
    assert_false(source_lines_read(&lines, "/proc/self/exe", &address, 1));
    assert_null(lines.places);
    source_lines_close(&lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_is_known)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
