// test_image_check.c: which images are refused for which device.
// SPDX-License-Identifier: MIT
#include "image_check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct device *device(const char *slug)
{
    const struct device *found = device_find(slug);

    assert_non_null(found);
    return found;
}

static int check(const char *slug, uint32_t address, uint32_t size, uint32_t stack, uint32_t reset,
                 bool force, struct problem *problem)
{
    uint8_t *bytes = calloc(1, size);
    uint32_t vectors[2] = {stack, reset}; // this host and the chip are little-endian
    struct segment segment = {address, size, bytes};
    struct image image = {.segments = &segment, .count = 1};

    assert_non_null(bytes);
    memcpy(bytes, vectors, size < sizeof vectors ? size : sizeof vectors);
    int error = image_check(device(slug), &device(slug)->flash, &image, force, problem);
    free(bytes);
    return error;
}

static void test_check_range(void **state)
{
    struct problem problem;
    (void)state;

    assert_int_equal(check("h723", 0x080FFFFF, 1, 0, 0, false, &problem), 0);
    assert_int_equal(check("h723", 0x080FFFFF, 2, 0, 0, false, &problem), EXIT_USAGE);
    assert_non_null(strstr(problem.what, "too large"));
    assert_int_equal(check("h723", 0x07FFFFFF, 2, 0, 0, true, &problem), EXIT_USAGE);
    assert_non_null(strstr(problem.what, "outside the flash"));
    assert_int_equal(check("h723", 0x08100000, 1, 0, 0, true, &problem), EXIT_USAGE);
    assert_int_equal(check("h723", 0xFFFFFFFE, 2, 0, 0, true, &problem), EXIT_USAGE);
}

static void test_check_vectors(void **state)
{
    const uint32_t flash = 0x08000000, reset = 0x08000009;
    struct problem problem;
    (void)state;

    assert_int_equal(check("g0b1", flash, 64, 0x20024000, reset, false, &problem), 0);
    assert_int_equal(check("g0b1", flash, 64, 0x20024004, reset, false, &problem), EXIT_USAGE);
    assert_non_null(strstr(problem.what, "outside the RAM"));
    assert_int_equal(check("g0b1", flash, 64, 0x20024004, reset, true, &problem), 0);
    assert_int_equal(check("g0b1", flash, 64, 0x20000000, reset, false, &problem), EXIT_USAGE);
    assert_int_equal(check("g0b1", flash, 64, 0x20000FFE, reset, false, &problem), EXIT_USAGE);
    assert_int_equal(check("g0b1", flash, 64, 0xFFFFFFFF, reset, false, &problem), EXIT_USAGE);
    assert_int_equal(check("g0b1", flash, 64, 0x20001000, 0x08000008, false, &problem), EXIT_USAGE);
    assert_non_null(strstr(problem.what, "not Thumb code"));
    assert_int_equal(check("g0b1", flash, 64, 0x20001000, 0x08000041, false, &problem), EXIT_USAGE);
    assert_non_null(strstr(problem.what, "outside the file"));
    // Not at the start of flash: nothing to look at.
    assert_int_equal(check("g0b1", flash + 0x800, 64, 0, 0, false, &problem), 0);
    // Too short for two vectors: its page would be erased, and nothing would start.
    assert_int_equal(check("g0b1", flash, 7, 0, 0, false, &problem), EXIT_USAGE);
    assert_non_null(strstr(problem.what, "the file has 7 of its first 8 bytes"));
    assert_int_equal(check("g0b1", flash, 7, 0, 0, true, &problem), 0);
    // Any RAM of the chip may hold the stack.
    assert_int_equal(check("f405", flash, 64, 0x10010000, reset, false, &problem), 0);
    assert_int_equal(check("h723", flash, 64, 0x24050000, reset, false, &problem), 0);
}

static void test_check_family(void **state)
{
    static const struct uf2_family family = {0x300F5633, "STM32G0", "G0"};
    uint8_t byte = 0;
    struct segment segment = {0x08000100, 1, &byte};
    struct image image = {.segments = &segment, .count = 1, .uf2_family = &family};
    struct problem problem;
    (void)state;

    assert_int_equal(image_check(device("g0b1"), &device("g0b1")->flash, &image, false, &problem),
                     0);
    assert_int_equal(image_check(device("f405"), &device("f405")->flash, &image, true, &problem),
                     0);
    assert_int_equal(image_check(device("f405"), &device("f405")->flash, &image, false, &problem),
                     EXIT_USAGE);
    assert_string_equal(problem.what, "the UF2 file is for STM32G0: this is STM32F40xxx/41xxx");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_check_range),
        cmocka_unit_test(test_check_vectors),
        cmocka_unit_test(test_check_family),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
