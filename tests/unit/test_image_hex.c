// test_image_hex.c: Intel HEX, sound, as other programs leave it, and broken.
// SPDX-License-Identifier: MIT
#include "image_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

// Record types 00, 01, 04 and 05; unsorted, lower case, blank lines, both line ends.
static void test_hex_linear(void **state)
{
    struct image image;
    (void)state;

    const char text[] = "\r\n:020000040800F2\r\n"
                        ":04000400656667685E\n"
                        ":040000006162636472\n\n"
                        ":0201000078790C\n"
                        ":0400000508000005EA\r\n"
                        ":00000001FF\r\n \n";
    bench_open_text(&image, text);
    assert_int_equal(image.format, IMAGE_HEX);
    assert_int_equal(image.count, 2);
    bench_assert_segment(&image, 0, 0x08000000, "abcdefgh");
    bench_assert_segment(&image, 1, 0x08000100, "xy");
    image_close(&image);
}

// Record types 02 and 03: the base is a paragraph of 16 bytes.
static void test_hex_segmented(void **state)
{
    struct image image;
    (void)state;

    const char text[] = ":020000021200EA\n:0400000300003800C1\n:02FFFE0061623E\n:00000001FF\n";
    bench_open_text(&image, text);
    assert_int_equal(image.count, 1);
    bench_assert_segment(&image, 0, 0x12000 + 0xFFFE, "ab");
    image_close(&image);
}

static void test_hex_refused(void **state)
{
    static const struct bench_refusal broken[] = {
        {":020000040800F3\n:00000001FF\n", "line 1: the checksum is 0xF3, should be 0xF2"},
        {":020000040800F2\n:0400000061626364\n:00000001FF\n", "line 2: the record has 8 bytes"},
        {":020000040800F2\n:0200000061623B\n", "line 3: the file stops without an end record"},
        {":00000001FF\n:00000001FF\n", "no data"},
        {":00000001FF\nmore", "line 2: a record starts with ':'"},
        {":00000001FF\n", "no data"},
        {":00000006FA\n:00000001FF\n", "line 1: record type 06 does not exist"},
        {":0100000400FB\n:00000001FF\n", "line 1: a record of type 04 has 2 bytes, not 1"},
        {":0100000100FE\n", "line 1: a record of type 01 has 0 bytes, not 1"},
        {":01000000G0FF\n", "line 1: 0x47 is not a hexadecimal digit"},
        {":010000006\n", "line 1: the record ends in the middle of a byte"},
        {":\n", "line 1: the record has 0 bytes"},
        {":020000021200EA\n:02FFFF0061623D\n:00000001FF\n", "line 2: the record runs over the end"},
        {":0200000061623B\n:01000100639B\n:00000001FF\n",
         "at 0x00000001: the file has this byte twice, as 0x62 and as 0x63"},
        {":00000001FF :", "line 1: the record has 0 bytes"},
        {":0200000061623B\n:00000001FF\n:0100010062",
         "line 3: the record has 5 bytes, its length says 6"},
        {":0200000061623B\n:00000001FF\n:01000A006095\n", "line 4: the file stops without"},
        {":0200000061623B\nS1\n:00000001FF\n", "line 2: a record starts with ':'"},
    };
    (void)state;

    bench_assert_refused(broken, sizeof broken / sizeof *broken);
}

// What editors, transfers and other programs leave around records.
static void test_hex_as_it_comes(void **state)
{
    static const char *const texts[] = {
        "\xEF\xBB\xBF:0200000061623B\n:00000001FF\n",
        "; by a tool\r\n  # and\n//another\n:0200000061623B\n:00000001FF\n",
        ":0200000061623B\n# a note: 61\n:00000001FF ; the end\n// of it",
        ":0200000061623B\r\n:00000001FF\r\n\x1A",
        ":0200000061623B\r:00000001FF\x1A\x1A\r\n",
        ":01000100629C\n:0200000061623B\n:01000000619E\n:00000001FF\n", // twice the same
    };
    struct image image;
    struct problem problem;
    (void)state;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        bench_open_text(&image, texts[i]);
        assert_int_equal(image.format, IMAGE_HEX);
        assert_int_equal(image.count, 1);
        bench_assert_segment(&image, 0, 0, "ab");
        assert_int_equal(image.note_count, 0);
        image_close(&image);
    }
    const char filled[] = ":0200000061623B\n:00000001FF\n\0\0\0";
    assert_int_equal(bench_open(&image, filled, sizeof filled, &problem), 0);
    bench_assert_segment(&image, 0, 0, "ab");
    image_close(&image);
    const char broken[] = ":0200000061623B\n\0\0\n:00000001FF\n";
    assert_int_equal(bench_open(&image, broken, sizeof broken, &problem), EXIT_USAGE);
    assert_non_null(strstr(problem.what, "line 2: a record starts with ':'"));
}

// The second file's addresses begin anew. Bytes that both have must be the same.
static void test_hex_two_files_in_one(void **state)
{
    struct image image;
    (void)state;

    bench_open_text(&image, ":020000040800F2\n:0200000061623B\n:00000001FF\n\n"
                            ":02000100626338\n:00000001FF\n:020000040800F2\n:02000100626338\n"
                            ":00000001FF\n");
    assert_int_equal(image.count, 2);
    bench_assert_segment(&image, 0, 1, "bc");
    bench_assert_segment(&image, 1, 0x08000000, "abc");
    assert_int_equal(image.note_count, 1);
    assert_string_equal(image.notes[0].text,
                        "data behind the end record, at line 5: read as two files in one");
    image_close(&image);
}

// A HEX file that is cut anywhere before its last digit is refused.
static void test_hex_cut_anywhere(void **state)
{
    const char text[] = ":020000040800F2\n:040000006162636472\n:04000400656667685E\n:00000001FF";
    (void)state;

    for (size_t size = 1; size <= strlen(text); size++) {
        struct image image;
        struct problem problem;
        int error = bench_open(&image, text, size, &problem);
        assert_int_equal(error, size == strlen(text) ? 0 : EXIT_USAGE);
        if (error == 0) {
            image_close(&image);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hex_linear),           cmocka_unit_test(test_hex_segmented),
        cmocka_unit_test(test_hex_refused),          cmocka_unit_test(test_hex_as_it_comes),
        cmocka_unit_test(test_hex_two_files_in_one), cmocka_unit_test(test_hex_cut_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
