// test_option_area.c: the option bytes of a new chip say that nothing is protected, on every row.
// SPDX-License-Identifier: MIT
#include "option_area.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { KB = 1024, RANGES = 8 };

static struct flash_state state; // of the chip that is looked at

static void check(const struct device *device, unsigned kb, const struct page_run *pages)
{
    struct region ranges[RANGES];
    struct flash_layout layout;
    unsigned content;
    bool known, sure;

    option_area_fill(&state, device, kb);
    const struct chip_layout *found = flash_state_layout(&state, device, kb, &sure);
    flash_layout_of_row(&layout, device);
    layout.pages = found ? found->pages : layout.pages;
    assert_true(sure);
    assert_ptr_equal(layout.pages, pages);
    assert_int_equal(flash_state_protected(&state, device, &layout, ranges, RANGES, &known), 0);
    assert_int_equal(flash_state_swapped(&state, device), WHETHER_NO);
    if (device->readout_protection.address) {
        assert_int_equal(flash_state_readout(&state, device), READOUT_LEVEL_0);
    }
    if (device->readable->size && device->flash_size_register) {
        assert_true(flash_state_kb(&state, device, &content));
        assert_int_equal(content, kb);
    }
}

// The first layout of a size is the one of the factory.
static bool is_first(const struct device *device, const struct chip_layout *layout)
{
    const struct chip_layout *first = device->layouts;

    while (first->kb != layout->kb) {
        first++;
    }
    return first == layout;
}

static void a_new_chip_is_open(void **state_of_test)
{
    (void)state_of_test;
    for (size_t i = 0; i < device_count; i++) {
        const struct chip_layout *layout = devices[i].layouts;
        unsigned largest = devices[i].flash.size / KB;
        if (devices[i].unlisted) {
            continue;
        }
        if (layout->kb == 0) {
            check(&devices[i], largest, devices[i].pages);
        }
        for (; layout->kb; layout++) {
            if (is_first(&devices[i], layout)) {
                check(&devices[i], layout->kb, layout->pages);
            }
        }
    }
}

// What the row has as its pages is the layout of the largest chip as it is delivered.
static void the_row_is_the_largest_new_chip(void **state_of_test)
{
    (void)state_of_test;
    for (size_t i = 0; i < device_count; i++) {
        const struct chip_layout *layout = devices[i].layouts;
        while (layout->kb && layout->kb != devices[i].flash.size / KB) {
            layout++;
        }
        for (size_t k = 0; layout->kb && devices[i].pages[k].count; k++) {
            assert_int_equal(layout->pages[k].start, devices[i].pages[k].start);
            assert_int_equal(layout->pages[k].first_number, devices[i].pages[k].first_number);
            assert_int_equal(layout->pages[k].count, devices[i].pages[k].count);
            assert_int_equal(layout->pages[k].size, devices[i].pages[k].size);
        }
    }
}

static void a_word_can_be_changed(void **state_of_test)
{
    const struct device *device = device_find("g07");
    struct flash_layout layout;
    struct region ranges[RANGES];
    bool known;

    (void)state_of_test;
    option_area_fill(&state, device, 128);
    assert_true(option_area_put(&state, device, 0x1FFF7818, 0x00030001));
    assert_false(option_area_put(&state, device, 0x1FFF7900, 0));
    flash_layout_of_row(&layout, device);
    assert_int_equal(flash_state_protected(&state, device, &layout, ranges, RANGES, &known), 1);
    assert_int_equal(ranges[0].start, 0x08000800);
    assert_int_equal(ranges[0].size, 0x1800);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_chip_is_open),
        cmocka_unit_test(the_row_is_the_largest_new_chip),
        cmocka_unit_test(a_word_can_be_changed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
