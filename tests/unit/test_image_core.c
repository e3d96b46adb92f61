// test_image_core.c: an ELF's build attributes say for which core it was built.
// SPDX-License-Identifier: MIT
#include "image_reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

// As arm-none-eabi-gcc writes them: name "6S-M", architecture 12, then what is not looked at.
static const uint8_t v6m[] = {'A', 30, 0,   0,   0,   'a', 'e', 'a', 'b', 'i', 0,   1, 20, 0,  0,
                              0,   5,  '6', 'S', '-', 'M', 0,   6,   12,  7,   'M', 9, 1,  24, 1};

static void the_architecture_is_behind_names_and_numbers(void **state)
{
    (void)state;
    assert_int_equal(image_elf_architecture(v6m, sizeof v6m), 12);
}

static void what_is_cut_short_or_foreign_says_nothing(void **state)
{
    uint8_t other[sizeof v6m];
    (void)state;

    for (size_t size = 0; size < 23; size++) {
        assert_int_equal(image_elf_architecture(v6m, size), IMAGE_ANY_ARCHITECTURE);
    }
    for (size_t i = 0; i < sizeof v6m; i++) {
        other[i] = v6m[i];
    }
    other[5] = 'x';
    assert_int_equal(image_elf_architecture(other, sizeof other), IMAGE_ANY_ARCHITECTURE);
}

static int check(unsigned architecture, const char *slug)
{
    struct image image = {.architecture = architecture};
    struct problem problem;

    return image_check_core(&image, device_find(slug), &problem);
}

static void a_core_runs_what_it_includes(void **state)
{
    (void)state;
    assert_int_equal(check(12, "g0b1"), 0);
    assert_int_equal(check(10, "g0b1"), EXIT_USAGE);
    assert_int_equal(check(13, "g0b1"), EXIT_USAGE);
    assert_int_equal(check(12, "h723"), 0);
    assert_int_equal(check(13, "h723"), 0);
    assert_int_equal(check(17, "h723"), EXIT_USAGE);
    assert_int_equal(check(17, "u575"), 0);
    assert_int_equal(check(IMAGE_ANY_ARCHITECTURE, "g0b1"), 0);
    assert_int_equal(check(2, "u575"), EXIT_USAGE); // Armv4T, say
}

static const char *extension(unsigned architecture, const char *slug)
{
    struct image image = {.architecture = architecture};

    return image_names_extension(&image, device_find(slug));
}

// Armv7E-M is Armv7-M with instructions more, and nothing else: every other step up has another
// exception model.
static void only_a_cortex_m3_lacks_an_extension_alone(void **state)
{
    (void)state;
    assert_string_equal(extension(13, "f10medium"), "Armv7E-M");
    assert_null(extension(10, "f10medium"));
    assert_null(extension(17, "f10medium"));
    assert_null(extension(13, "f405"));
    assert_null(extension(13, "h723"));
    assert_null(extension(13, "g0b1"));
    assert_null(extension(10, "g0b1"));
    assert_null(extension(21, "u575"));
    assert_null(extension(IMAGE_ANY_ARCHITECTURE, "f10medium"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_architecture_is_behind_names_and_numbers),
        cmocka_unit_test(what_is_cut_short_or_foreign_says_nothing),
        cmocka_unit_test(a_core_runs_what_it_includes),
        cmocka_unit_test(only_a_cortex_m3_lacks_an_extension_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
