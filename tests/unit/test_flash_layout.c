// test_flash_layout.c: the pages of one chip, which may have less flash than its line's largest.
// SPDX-License-Identifier: MIT
#include "flash_layout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void each_page_has_a_time(void **state)
{
    (void)state;
    for (size_t i = 0; i < device_count; i++) {
        for (const struct page_run *run = devices[i].pages; run->count; run++) {
            assert_true(run->erase_ms > 0 && run->erase_ms <= 4000);
        }
    }
}

static void the_row_is_the_largest_chip(void **state)
{
    struct flash_layout layout;
    struct region page;
    unsigned number;

    (void)state;
    flash_layout_of_row(&layout, device_find("f405"));
    assert_int_equal(layout.flash.size, 0x100000);
    assert_true(flash_layout_page(&layout, 0x080FFFFF, &number, &page));
    assert_int_equal(number, 11);
    assert_int_equal(page.start, 0x080E0000);
    assert_false(flash_layout_page(&layout, 0x08100000, &number, &page));
    assert_false(flash_layout_page(&layout, 0x07FFFFFF, &number, &page));
}

static void only_what_lies_in_flash_exists(void **state)
{
    struct flash_layout layout;
    struct region page;
    unsigned number;

    (void)state;
    flash_layout_of_row(&layout, device_find("g07"));
    layout.flash.size = 0x10000;
    assert_true(flash_layout_page(&layout, 0x0800FFFF, &number, &page));
    assert_int_equal(number, 31);
    assert_false(flash_layout_page(&layout, 0x08010000, &number, &page));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_page_has_a_time),
        cmocka_unit_test(the_row_is_the_largest_chip),
        cmocka_unit_test(only_what_lies_in_flash_exists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
