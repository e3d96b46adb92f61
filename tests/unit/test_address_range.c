// test_address_range.c: ranges as users of several tools write them.
// SPDX-License-Identifier: MIT
#include "address_range.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

struct good {
    const char *text;
    uint32_t start, size;
};

struct bad {
    const char *text, *what, *try_this;
};

static void a_range_is_read(void **state)
{
    static const struct good cases[] = {
        {"0x08000000+0x1000", 0x08000000, 0x1000}, {"134217728+64", 0x08000000, 64},
        {"0x08000000:4096", 0x08000000, 4096},     {"0x08000000+4K", 0x08000000, 4096},
        {"0X08000000:0x2k", 0x08000000, 2048},     {"0xFFFFFFFF+1", 0xFFFFFFFF, 1},
        {"0+0xFFFFFFFF", 0, 0xFFFFFFFF},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct address_range range;
        struct problem problem;
        assert_int_equal(address_range_parse(&range, "--range", cases[i].text, &problem), 0);
        assert_int_equal(range.start, cases[i].start);
        assert_int_equal(range.size, cases[i].size);
    }
}

static void what_is_none_is_refused(void **state)
{
    static const char example[] = "--range 0x0800F800+0x800", none[] = "not an address";
    static const struct bad cases[] = {
        {"", none, example},
        {"0x08000000", none, example},
        {"+4", none, example},
        {"4+", none, example},
        {"4+0", none, example},
        {"4+-1", none, example},
        {"4+ 1", none, example},
        {"4+1x", none, example},
        {"4+1KK", none, example},
        {"4K+1", none, example},
        {"0x100000000+1", none, example},
        {"0+4194304K", none, example},
        {"0x08000000-0x08000FFF", none, "--range 0x08000000+0x1000"},
        {"8-7", none, example},
        {"0-0xFFFFFFFF", none, example},
        {"0xFFFFFFFF+2", "beyond the last address", "--range 0xFFFFFFFF+LEN, at most 0x1 bytes"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct address_range range;
        struct problem problem;
        assert_int_equal(address_range_parse(&range, "--range", cases[i].text, &problem),
                         EXIT_USAGE);
        assert_non_null(strstr(problem.what, cases[i].what));
        assert_non_null(strstr(problem.try_this, cases[i].try_this));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_range_is_read),
        cmocka_unit_test(what_is_none_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
