// test_rom_quirks.c: the limits that versions of ROMs have are found by row and version.
// SPDX-License-Identifier: MIT
#include "rom_quirks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct device *row(const char *slug)
{
    const struct device *device = device_find(slug);

    assert_non_null(device);
    return device;
}

static void a_version_decides_and_none_is_the_worst(void **state)
{
    (void)state;
    assert_non_null(rom_quirk(row("u375"), 0xE1, QUIRK_ERASE_FIRST_PAGE_ONLY));
    assert_null(rom_quirk(row("u375"), 0xE2, QUIRK_ERASE_FIRST_PAGE_ONLY));
    assert_non_null(rom_quirk(row("u375"), 0, QUIRK_ERASE_FIRST_PAGE_ONLY));
    assert_null(rom_quirk(row("u375"), 0, QUIRK_DOUBLE_ACK));
    assert_int_equal(rom_quirk(row("h723"), 0x93, QUIRK_READ_LOSES_UNIT)->number, 32);
}

static void pages_of_one_erase_are_limited(void **state)
{
    (void)state;
    assert_int_equal(rom_erase_pages_most(row("f10xl"), 0, false), 100);
    assert_int_equal(rom_erase_pages_most(row("l07"), 0xB2, false), 511);
    assert_int_equal(rom_erase_pages_most(row("l1xd"), 0x45, true), 512);
    assert_int_equal(rom_erase_pages_most(row("u375"), 0xE1, false), 1);
    assert_int_equal(rom_erase_pages_most(row("u375"), 0xE2, false), UINT16_MAX);
    assert_int_equal(rom_erase_pages_most(row("g0b1"), 0x92, false), UINT16_MAX);
    assert_int_equal(rom_erase_pages_most(row("g0b1"), 0x92, true), 1);
    assert_int_equal(rom_erase_pages_most(row("g07"), 0xB3, false), 1);
    assert_int_equal(rom_quirk(row("g07"), 0xB3, QUIRK_ERASE_NOT_AWAITED)->number, 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_version_decides_and_none_is_the_worst),
        cmocka_unit_test(pages_of_one_erase_are_limited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
