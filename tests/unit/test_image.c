// test_image.c: a file of bytes that no format claims, and what an image can be asked.
// SPDX-License-Identifier: MIT
#include "image_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void test_binary(void **state)
{
    struct image image;
    (void)state;

    bench_open_text(&image, "no firmware: but bytes");
    assert_int_equal(image.format, IMAGE_BINARY);
    assert_int_equal(image.count, 1);
    bench_assert_segment(&image, 0, BENCH_ADDRESS, "no firmware: but bytes");
    assert_null(image_symbol(&image, "main"));
    image_close(&image);
    assert_int_equal(image.count, 0);
}

static void test_binary_at_the_end_of_the_address_space(void **state)
{
    struct image image;
    struct problem problem;
    char path[] = "/tmp/test_image.XXXXXX";
    int file = mkstemp(path);
    (void)state;

    assert_int_equal(write(file, "abcd", 4), 4);
    close(file);
    assert_int_equal(image_open(&image, path, 0xFFFFFFFC, &problem), 0);
    bench_assert_segment(&image, 0, 0xFFFFFFFC, "abcd");
    image_close(&image);
    assert_int_equal(image_open(&image, path, 0xFFFFFFFD, &problem), EXIT_USAGE);
    assert_non_null(strstr(problem.what, "end of the address space"));
    unlink(path);
}

static void test_no_file(void **state)
{
    struct image image;
    struct problem problem;
    (void)state;

    assert_int_equal(image_open(&image, "/nowhere/app.elf", 0, &problem), EXIT_USAGE);
    assert_non_null(strstr(problem.what, "/nowhere/app.elf"));
    assert_int_equal(bench_open(&image, "", 0, &problem), EXIT_USAGE);
    assert_non_null(strstr(problem.what, "empty"));
}

static void test_read(void **state)
{
    struct image image;
    uint8_t bytes[8] = "........";
    (void)state;

    const char text[] = ":02000200616239\n:02000600636431\n:00000001FF\n";
    bench_open_text(&image, text);
    assert_int_equal(image_read(&image, 0, 8, bytes), 4);
    assert_memory_equal(bytes, "..ab..cd", 8);
    memset(bytes, '.', 8);
    assert_int_equal(image_read(&image, 3, 4, bytes), 2);
    assert_memory_equal(bytes, "b..c....", 8);
    assert_int_equal(image_read(&image, 4, 2, bytes), 0);
    assert_int_equal(image_read(&image, 0xFFFFFFF8, 8, bytes), 0);
    assert_memory_equal(bytes, "b..c....", 8);
    image_close(&image);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_binary),
        cmocka_unit_test(test_binary_at_the_end_of_the_address_space),
        cmocka_unit_test(test_no_file),
        cmocka_unit_test(test_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
