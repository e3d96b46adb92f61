// test_image_put.c: bytes of one unit in a copy of an image, and where none may go.
// SPDX-License-Identifier: MIT
#include "image_put.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { FLASH = 0x08000000, SIZE = 32 };

static uint8_t code[SIZE], filler[SIZE];

// Code, a gap of 32 bytes, and filler that ends with a byte of data.
static struct segment segments[] = {{FLASH, SIZE, code}, {FLASH + 2 * SIZE, SIZE, filler}};
static const struct image original = {.format = IMAGE_HEX, .segments = segments, .count = 2};
static const uint8_t unit[SIZE] = {1, 2, 3, 4, 5, 6, 7, 8};

static void begin(struct image *copy)
{
    for (unsigned i = 0; i < SIZE; i++) {
        code[i] = (uint8_t)(0x40 + i);
        filler[i] = 0xFF;
    }
    filler[SIZE - 1] = 7;
    assert_true(image_copy(copy, &original));
}

static void assert_holds(const struct image *image, uint32_t address, uint32_t size)
{
    uint8_t bytes[SIZE] = {0};

    assert_int_equal(image_read(image, address, size, bytes), size);
    assert_memory_equal(bytes, unit, size);
}

static void what_is_put_is_there(void **state)
{
    static const struct {
        uint32_t address, size;
        size_t count; // of segments then
    } cases[] = {
        {FLASH + 40, 8, 3},           // in the gap
        {FLASH + SIZE, 4, 2},         // right behind the code
        {FLASH + 60, 4, 2},           // right before the filler
        {FLASH + 60, 8, 2},           // reaches into the filler
        {FLASH + SIZE, SIZE, 1},      // closes the gap
        {FLASH + 2 * SIZE + 8, 8, 2}, // within the filler
        {FLASH + 0x10000, 8, 3},      // behind all
        {FLASH - 8, 8, 2},            // before all
    };
    struct problem problem;
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct image copy;
        uint8_t last;
        begin(&copy);
        assert_int_equal(image_put(&copy, "app", cases[i].address, cases[i].size, unit, &problem),
                         0);
        assert_holds(&copy, cases[i].address, cases[i].size);
        assert_int_equal(copy.count, cases[i].count);
        assert_int_equal(image_read(&copy, FLASH + 3 * SIZE - 1, 1, &last), 1);
        assert_int_equal(last, 7);
        assert_int_equal(filler[8], 0xFF); // that of the original
        image_close(&copy);
    }
}

static void data_is_never_written_over(void **state)
{
    static const uint32_t places[] = {FLASH, FLASH + SIZE - 1, FLASH + 3 * SIZE - 8};
    struct problem problem;
    struct image copy;
    (void)state;

    begin(&copy);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        assert_int_equal(image_put(&copy, "app", places[i], 8, unit, &problem), EXIT_USAGE);
        assert_non_null(strstr(problem.what, "app has other data there"));
    }
    assert_int_equal(copy.count, 2);
    assert_memory_equal(copy.segments[0].bytes, code, SIZE);
    assert_memory_equal(copy.segments[1].bytes, filler, SIZE);
    image_close(&copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_put_is_there),
        cmocka_unit_test(data_is_never_written_over),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
