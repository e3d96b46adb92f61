// test_device_nearest.c: a mistyped name gets a hint, and a name that is like no device gets none.
// SPDX-License-Identifier: MIT
#include "devices.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void suggests_the_nearest(void **state)
{
    (void)state;
    assert_string_equal(device_nearest("f407")->slug, "f405");
    assert_string_equal(device_nearest("g0b2")->slug, "g0b1");
    assert_string_equal(device_nearest("H724")->slug, "h723");
    assert_string_equal(device_nearest("H732")->slug, "h723"); // two neighbours changed places
    assert_string_equal(device_nearest("STM32U576xx")->slug, "u575");
    assert_string_equal(device_nearest("STM32H724ZG")->slug, "h723");
    assert_string_equal(device_nearest("STM32F415xX")->slug, "f405");
    assert_string_equal(device_nearest("hh723")->slug, "h723");
}

// A hint that has hardly a letter of the name is worse than none.
static void suggests_nothing_far_away(void **state)
{
    (void)state;
    char longest[1000];
    static const char *const names[] = {
        "",      "q",     "mp157",      "p103",       "disco-l475",       "BLUEPILL",
        "xyzzy", "STM32", "STM32MP157", "f2mistyped", "STM32L-DISCOVERY", "STM32F4DISCOVERY",
    };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (device_nearest(names[i]) != NULL) {
            fail_msg("'%s' is near %s", names[i], device_nearest(names[i])->slug);
        }
    }
    memset(longest, 'q', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    assert_null(device_nearest(longest));
    assert_null(device_find(longest));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(suggests_the_nearest),
        cmocka_unit_test(suggests_nothing_far_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
