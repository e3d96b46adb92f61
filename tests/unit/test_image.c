// test_image.c: binary and Intel HEX files, sound and broken, as images.
// SPDX-License-Identifier: MIT
#include "image.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { ANYWHERE = 0x08000000 };

// Opens `size` bytes as if they were a file.
static int open_bytes(struct image *image, const void *bytes, size_t size, struct problem *problem)
{
    char path[] = "/tmp/test_image.XXXXXX";
    int file = mkstemp(path);

    assert_true(file >= 0);
    assert_int_equal(write(file, bytes, size), size);
    close(file);
    int error = image_open(image, path, ANYWHERE, problem);
    unlink(path);
    return error;
}

static int open_text(struct image *image, const char *text, struct problem *problem)
{
    return open_bytes(image, text, strlen(text), problem);
}

static void assert_segment(const struct image *image, size_t i, uint32_t address, const char *bytes)
{
    assert_true(i < image->count);
    assert_int_equal(image->segments[i].address, address);
    assert_int_equal(image->segments[i].size, strlen(bytes));
    assert_memory_equal(image->segments[i].bytes, bytes, strlen(bytes));
}

static void test_binary(void **state)
{
    struct image image;
    struct problem problem;
    (void)state;

    assert_int_equal(open_text(&image, "no firmware: but bytes", &problem), 0);
    assert_int_equal(image.format, IMAGE_BINARY);
    assert_int_equal(image.count, 1);
    assert_segment(&image, 0, ANYWHERE, "no firmware: but bytes");
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
    assert_segment(&image, 0, 0xFFFFFFFC, "abcd");
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
    assert_int_equal(open_bytes(&image, "", 0, &problem), EXIT_USAGE);
    assert_non_null(strstr(problem.what, "empty"));
}

// Record types 00, 01, 04 and 05; unsorted, lower case, blank lines, both line ends.
static void test_hex_linear(void **state)
{
    struct image image;
    struct problem problem;
    (void)state;

    const char text[] = "\r\n:020000040800F2\r\n"
                        ":04000400656667685E\n"
                        ":040000006162636472\n\n"
                        ":0201000078790C\n"
                        ":0400000508000005EA\r\n"
                        ":00000001FF\r\n \n";
    assert_int_equal(open_text(&image, text, &problem), 0);
    assert_int_equal(image.format, IMAGE_HEX);
    assert_int_equal(image.count, 2);
    assert_segment(&image, 0, 0x08000000, "abcdefgh");
    assert_segment(&image, 1, 0x08000100, "xy");
    image_close(&image);
}

// Record types 02 and 03: the base is a paragraph of 16 bytes.
static void test_hex_segmented(void **state)
{
    struct image image;
    struct problem problem;
    (void)state;

    const char text[] = ":020000021200EA\n:0400000300003800C1\n:02FFFE0061623E\n:00000001FF\n";
    assert_int_equal(open_text(&image, text, &problem), 0);
    assert_int_equal(image.count, 1);
    assert_segment(&image, 0, 0x12000 + 0xFFFE, "ab");
    image_close(&image);
}

static void test_hex_refused(void **state)
{
    static const struct {
        const char *text, *why;
    } broken[] = {
        {":020000040800F3\n:00000001FF\n", "line 1: the checksum is 0xF3, should be 0xF2"},
        {":020000040800F2\n:0400000061626364\n:00000001FF\n", "line 2: the record has 8 bytes"},
        {":020000040800F2\n:0200000061623B\n", "line 3: the file stops without an end record"},
        {":00000001FF\n:00000001FF\n", "line 2: data after the end record"},
        {":00000001FF\nmore", "line 2: data after the end record"},
        {":00000001FF\n", "no data"},
        {":00000006FA\n:00000001FF\n", "line 1: record type 06 does not exist"},
        {":0100000400FB\n:00000001FF\n", "line 1: a record of type 04 has 2 bytes, not 1"},
        {":0100000100FE\n", "line 1: a record of type 01 has 0 bytes, not 1"},
        {":01000000G0FF\n", "line 1: 0x47 is not a hexadecimal digit"},
        {":010000006\n", "line 1: the record ends in the middle of a byte"},
        {":\n", "line 1: the record has 0 bytes"},
        {":020000021200EA\n:02FFFF0061623D\n:00000001FF\n", "line 2: the record runs over the end"},
        {":0200000061623B\n:01000100639B\n:00000001FF\n",
         "at 0x00000001: the file has this byte twice"},
        {":00000001FF :", "line 1: data after the end record"},
        {":0200000061623B\nS1\n:00000001FF\n", "line 2: a record starts with ':'"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        struct image image;
        struct problem problem;
        int error = open_text(&image, broken[i].text, &problem);
        if (error != EXIT_USAGE || !strstr(problem.what, broken[i].why)) {
            fail_msg("case %zu: code %d, \"%s\" instead of \"%s\"", i, error,
                     error ? problem.what : "", broken[i].why);
        }
    }
}

// A HEX file that is cut anywhere before its last digit is refused.
static void test_hex_cut_anywhere(void **state)
{
    const char text[] = ":020000040800F2\n:040000006162636472\n:04000400656667685E\n:00000001FF";
    (void)state;

    for (size_t size = 1; size <= strlen(text); size++) {
        struct image image;
        struct problem problem;
        int error = open_bytes(&image, text, size, &problem);
        assert_int_equal(error, size == strlen(text) ? 0 : EXIT_USAGE);
        if (error == 0) {
            image_close(&image);
        }
    }
}

static void test_read(void **state)
{
    struct image image;
    struct problem problem;
    uint8_t bytes[8] = "........";
    (void)state;

    const char text[] = ":02000200616239\n:02000600636431\n:00000001FF\n";
    assert_int_equal(open_text(&image, text, &problem), 0);
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
        cmocka_unit_test(test_hex_linear),
        cmocka_unit_test(test_hex_segmented),
        cmocka_unit_test(test_hex_refused),
        cmocka_unit_test(test_hex_cut_anywhere),
        cmocka_unit_test(test_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
