// test_system_memory.c: which bytes of system memory are known, and where else it is seen.
// SPDX-License-Identifier: MIT
#include "memory.h"
#include "system_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void few_bytes_are_known(void **state)
{
    const struct device *device = device_find("f405");
    (void)state;

    assert_true(system_memory_is_known(device, 0x1FFF0000, 4));
    assert_true(system_memory_is_known(device, 0x1FFF0004, 4));
    assert_false(system_memory_is_known(device, 0x1FFF0008, 4));
    assert_false(system_memory_is_known(device, 0x1FFF0006, 4)); // partly
    assert_true(
        system_memory_is_known(device, device->flash_size_register, 4)); // as ST's code does
    assert_false(system_memory_is_known(device, device->flash_size_register - 2, 4));
    assert_true(system_memory_is_known(device, 0x1FFF77DE, 1));
    assert_false(system_memory_is_known(device, 0x1FFF77DC, 4));
    assert_true(system_memory_is_known(device, device->uid, 4));
    assert_true(system_memory_is_known(device, device->uid_last, 4));
    assert_true(system_memory_is_known(device, device->flash_size_register, 2));
    assert_false(system_memory_is_known(device, 0x1FFF7A2C, 2)); // calibration
    assert_false(system_memory_is_known(device, 0, 1));
}

static void what_is_near_is_the_parts_own(void **state)
{
    (void)state;

    assert_true(system_memory_is_near(device_find("f405"), 0x1FFF7A2C));
    assert_true(system_memory_is_near(device_find("f10medium"), 0x1FFFF800));
    assert_false(system_memory_is_near(device_find("f405"), 0x1F000000));
    assert_false(system_memory_is_near(device_find("f405"), 0x08200000));
    assert_true(system_memory_is_near(device_find("h563"), 0x08FFF000)); // beside its unique id
    assert_false(system_memory_is_near(device_find("h563"), 0x08FFE000));
    assert_true(system_memory_is_near(device_find("l47"), 0x1FFF75A8));
}

static void one_series_sees_it_twice(void **state)
{
    const struct device *f74 = device_find("f74"), *h723 = device_find("h723");
    (void)state;

    assert_int_equal(system_memory_home(f74, 0x00100004), 0x1FF00004);
    assert_int_equal(system_memory_home(f74, 0x0010EDC0), 0x0010EDC0);
    assert_true(memory_is_system(f74, 0x00100000));
    assert_true(memory_is_system(f74, 0x1FF0EDBF));
    assert_false(memory_is_system(f74, 0x0010EDC0));
    assert_true(system_memory_is_known(f74, 0x00100004, 4));
    assert_false(memory_is_system(h723, 0x00100000));
    assert_int_equal(system_memory_home(h723, 0x00100000), 0x00100000);
}

// MicroPython goes in by 0x1FF00000 on an H743; what the row has for others is the one of AN2606.
static void a_rom_may_have_two_tables(void **state)
{
    const struct device *h743 = device_find("h743");
    struct memory memory;
    struct problem problem;
    (void)state;

    assert_int_equal(memory_open(&memory, h743, 1, &problem), 0);
    assert_int_equal(memory_word(&memory, 0x1FF00000), memory_word(&memory, 0x1FF09800));
    assert_int_equal(memory_word(&memory, 0x1FF00004), memory_word(&memory, 0x1FF09804));
    assert_true(system_memory_is_known(h743, 0x1FF00004, 4));
    assert_false(system_memory_is_known(h743, 0x1FF00008, 4));
    assert_false(system_memory_is_known(device_find("h723"), 0x1FF00004, 4));
    memory_close(&memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(few_bytes_are_known),
        cmocka_unit_test(what_is_near_is_the_parts_own),
        cmocka_unit_test(one_series_sees_it_twice),
        cmocka_unit_test(a_rom_may_have_two_tables),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
