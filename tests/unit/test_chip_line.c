// test_chip_line.c: the line of an example's program, which chips are virtual, what is no report.
// SPDX-License-Identifier: MIT
#include "trial_report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#define BEFORE "bootleap-chip 1 PART USART1:PA9 idcode=10006431 rom=D1 uid="
#define AFTER  " origin=rom version=0.1.0"

static struct chip_line parsed(const char *uid)
{
    struct chip_line line;
    char text[160];

    snprintf(text, sizeof text, "%s%s%s", BEFORE, uid, AFTER);
    assert_true(chip_line_parse(text, &line));
    return line;
}

static void reads_each_word(void **state)
{
    struct chip_line line;
    (void)state;

    assert_true(chip_line_parse("noise " BEFORE "0123456789ABCDEF00112233" AFTER, &line));
    assert_string_equal(line.part, "PART");
    assert_string_equal(line.usart, "USART1:PA9");
    assert_int_equal(line.idcode, 0x10006431);
    assert_string_equal(line.rom, "D1");
    assert_int_equal(line.uid[0], 0x01234567);
    assert_int_equal(line.uid[1], 0x89ABCDEF);
    assert_int_equal(line.uid[2], 0x00112233);
    assert_string_equal(line.origin, "rom");
    assert_string_equal(line.version, "0.1.0");
}

static void refuses_what_is_cut(void **state)
{
    static const char whole[] = BEFORE "0123456789ABCDEF00112233" AFTER;
    struct chip_line line;
    char text[sizeof whole];
    (void)state;

    // Behind "version=" any part of a version is one.
    for (size_t length = 0; length <= sizeof whole - sizeof "0.1.0"; length++) {
        snprintf(text, sizeof text, "%.*s", (int)length, whole);
        assert_false(chip_line_parse(text, &line));
    }
    assert_false(chip_line_parse("bootleap-chip 2 PART", &line));
    assert_false(chip_line_parse(BEFORE "0123456789ABCDEF0011223G" AFTER, &line));
    assert_false(chip_line_parse("bootleap-chip 1 A_PART_WITH_A_NAME_THAT_NO_PART_HAS x", &line));
}

static void finds_the_part_in_a_program(void **state)
{
    static const char program[] = "\0bootleap-chip 2 \0" BEFORE AFTER;
    char part[CHIP_LINE_WORD_BYTES];
    (void)state;

    assert_true(chip_line_part_in((const uint8_t *)program, sizeof program, part));
    assert_string_equal(part, "PART");
    for (size_t size = 0; size < 18 + sizeof "bootleap-chip 1 PART"; size++) {
        assert_false(chip_line_part_in((const uint8_t *)program, size, part));
    }
}

// As sim/memory lays it out: bytes in memory, words in the line.
static void knows_a_virtual_chip(void **state)
{
    struct chip_line chip = parsed("0034001245415005424F544C");
    (void)state;

    assert_int_equal(chip_line_kind(&chip), CHIP_VIRTUAL);
    chip = parsed("0000000545415005424F544C"); // bootleap-sim run --unique-id 5
    assert_int_equal(chip_line_kind(&chip), CHIP_VIRTUAL);
    chip = parsed("0034001245415005424F544D");
    assert_int_equal(chip_line_kind(&chip), CHIP_BOARD);
}

static void knows_that_it_does_not_know(void **state)
{
    struct chip_line chip = parsed("000000000000000000000000");
    (void)state;

    assert_int_equal(chip_line_kind(&chip), CHIP_UNKNOWN);
    chip = parsed("FFFFFFFFFFFFFFFFFFFFFFFF");
    assert_int_equal(chip_line_kind(&chip), CHIP_UNKNOWN);
    chip = parsed("0000000000000000FFFFFFFF");
    assert_int_equal(chip_line_kind(&chip), CHIP_BOARD);
}

static void a_port_that_failed_is_no_report(void **state)
{
    struct trial_report report = {.results = {"ok", "ok", "failed:no-rom", "not-tried"}};
    (void)state;

    assert_false(trial_report_port_failed(&report));
    snprintf(report.results[TRIAL_JUMP], TRIAL_RESULT_BYTES, "failed:port");
    assert_true(trial_report_port_failed(&report));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_each_word),
        cmocka_unit_test(refuses_what_is_cut),
        cmocka_unit_test(finds_the_part_in_a_program),
        cmocka_unit_test(knows_a_virtual_chip),
        cmocka_unit_test(knows_that_it_does_not_know),
        cmocka_unit_test(a_port_that_failed_is_no_report),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
