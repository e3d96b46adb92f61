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

// A G473CB: bank 2 stays where that of the largest is.
static void a_gap_is_between_two_banks(void **state)
{
    static const struct page_run pages[] = {
        {0x08000000, 0, 32, 0x800, 25}, {0x08040000, 128, 32, 0x800, 25}, {0}};
    const struct flash_layout layout = {{"flash", 0x08000000, 0x50000}, pages};

    (void)state;
    assert_false(flash_layout_is_gap(&layout, 0x0800FFFF));
    assert_true(flash_layout_is_gap(&layout, 0x08010000));
    assert_true(flash_layout_is_gap(&layout, 0x0803FFFF));
    assert_false(flash_layout_is_gap(&layout, 0x08040000));
    assert_false(flash_layout_is_gap(&layout, 0x08050000)); // behind both
    assert_int_equal(flash_layout_reach(device_find("g47"), 128), 0x50000);
    assert_int_equal(flash_layout_reach(device_find("g47"), 512), 0x80000);
    assert_int_equal(flash_layout_reach(device_find("g07"), 64), 0x10000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_page_has_a_time),
        cmocka_unit_test(the_row_is_the_largest_chip),
        cmocka_unit_test(a_gap_is_between_two_banks),
        cmocka_unit_test(only_what_lies_in_flash_exists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
