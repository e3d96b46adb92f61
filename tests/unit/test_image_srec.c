// test_image_srec.c: Motorola S-records, sound and broken.
// SPDX-License-Identifier: MIT
#include "image_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

// Addresses of 16, 24 and 32 bits, a title, both kinds of count, a comment, a Ctrl-Z.
static void test_srec(void **state)
{
    struct image image;
    (void)state;

    bench_open_text(&image, "S0060000617070B8\r\n"
                            "S3070800000061622D\n"
                            "S10700026364656664\n"
                            "; a comment\n"
                            "S206010000787907\n"
                            "S5030003F9\n"
                            "S604000003F8\n"
                            "S70508000009E9\n\x1A");
    assert_int_equal(image.format, IMAGE_SREC);
    assert_int_equal(image.count, 3);
    bench_assert_segment(&image, 0, 0x00000002, "cdef");
    bench_assert_segment(&image, 1, 0x00010000, "xy");
    bench_assert_segment(&image, 2, 0x08000000, "ab");
    assert_int_equal(image.note_count, 0);
    image_close(&image);
}

static void test_srec_refused(void **state)
{
    static const struct bench_refusal broken[] = {
        {"S1050000616238\nS9030000FC\n", "line 1: the checksum is 0x38, should be 0x37"},
        {"S10500006162\nS9030000FC\n", "line 1: an S1 record of 5 bytes, its length says 6"},
        {"S1050000616237\n", "line 2: the file stops without an end record"},
        {"S1050000616237\nS5030002FA\nS9030000FC\n", "it counts 2 records of data, the file has 1"},
        {"S1050000616237\nS604000002F9\nS9030000FC\n", "it counts 2 records"},
        {"S4050000616237\n", "line 1: an S4 record"},
        {"S1020000FD\nS9030000FC\n", "line 1: an S1 record of 4 bytes, its length says 3"},
        {"S10200FD\nS9030000FC\n", "line 1: an S1 record of 3 bytes"},
        {"S10500006G6237\n", "line 1: 0x47 is not a hexadecimal digit"},
        {"S1050000616237\n:00000001FF\n", "line 2: a record starts with S0 to S9"},
        {"S9030000FC\n", "no data"},
        {"S1050000616237\nS104000163097\n", "line 2: the record ends in the middle of a byte"},
        {"S1050000616237\nS10400016397\nS9030000FC\n",
         "at 0x00000001: the file has this byte twice, as 0x62 and as 0x63"},
    };
    (void)state;

    bench_assert_refused(broken, sizeof broken / sizeof *broken);
}

// Counts begin anew with a second file.
static void test_srec_two_files_in_one(void **state)
{
    struct image image;
    (void)state;

    bench_open_text(&image, "S1050000616237\nS5030001FB\nS9030000FC\n"
                            "S10400026396\nS5030001FB\nS9030000FC\n");
    assert_int_equal(image.count, 1);
    bench_assert_segment(&image, 0, 0, "abc");
    assert_int_equal(image.note_count, 1);
    image_close(&image);
}

static void test_srec_cut_anywhere(void **state)
{
    const char text[] = "S0060000617070B8\nS3070800000061622D\nS70508000009E9";
    (void)state;

    for (size_t size = 4; size <= strlen(text); size++) {
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
        cmocka_unit_test(test_srec),
        cmocka_unit_test(test_srec_refused),
        cmocka_unit_test(test_srec_two_files_in_one),
        cmocka_unit_test(test_srec_cut_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
