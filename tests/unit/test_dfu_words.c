// test_dfu_words.c: what a DFU device says: status, functional descriptor, strings of its memories.
// SPDX-License-Identifier: MIT
#include "dfu.h"
#include "dfuse_memory_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void a_status_has_six_bytes(void **state)
{
    const uint8_t bytes[] = {11, 0x10, 0x27, 0x01, DFU_ERROR, 0};
    struct dfu_status status;
    (void)state;

    assert_false(dfu_status_read(&status, bytes, 5));
    assert_true(dfu_status_read(&status, bytes, 6));
    assert_int_equal(status.status, 11);
    assert_int_equal(status.poll_ms, 0x12710);
    assert_int_equal(status.state, DFU_ERROR);
    assert_non_null(strstr(dfu_status_text(11), "errVENDOR"));
    assert_non_null(strstr(dfu_status_text(15), "errSTALLEDPKT"));
    assert_non_null(dfu_status_text(16));
}

static void the_functional_descriptor_may_stand_behind_others(void **state)
{
    const uint8_t bytes[] = {3, 0x24, 0, 9, 0x21, 0x0B, 0xFF, 0x00, 0x00, 0x08, 0x1A, 0x01};
    struct dfu_functional functional;
    (void)state;

    assert_true(dfu_functional_read(&functional, bytes, sizeof bytes));
    assert_int_equal(functional.attributes, 0x0B);
    assert_int_equal(functional.detach_ms, 255);
    assert_int_equal(functional.transfer_bytes, 2048);
    assert_int_equal(functional.version, 0x011A);
    assert_false(dfu_functional_read(&functional, bytes, sizeof bytes - 1)); // cut off
    assert_false(dfu_functional_read(&functional, bytes, 3));
    assert_false(dfu_functional_read(&functional, (const uint8_t[]){0, 0x21}, 2));
    assert_true(dfu_functional_read(&functional, (const uint8_t[]){7, 0x21, 1, 0, 0, 64, 0}, 7));
    assert_int_equal(functional.version, 0x0100);
}

// "START:COUNTxSIZE/ACCESS" of each run.
static void assert_reads(const char *text, const char *name, unsigned count,
                         const struct memory_run *runs)
{
    struct memory_map map;

    assert_int_equal(dfuse_memory_text(text, &map), count > 0);
    assert_string_equal(map.name, name);
    assert_int_equal(map.count, count);
    for (unsigned i = 0; i < count; i++) {
        assert_int_equal(map.runs[i].start, runs[i].start);
        assert_int_equal(map.runs[i].count, runs[i].count);
        assert_int_equal(map.runs[i].size, runs[i].size);
        assert_int_equal(map.runs[i].access, runs[i].access);
    }
}

static void a_string_lists_pages(void **state)
{
    const struct memory_run f405[] = {
        {0x08000000, 4, 0x4000, 7}, {0x08010000, 1, 0x10000, 7}, {0x08020000, 7, 0x20000, 7}};
    const struct memory_run l0[] = {{0x08000000, 1536, 128, 7}};
    const struct memory_run gap[] = {{0x08000000, 64, 2048, 7}, {0x08040000, 64, 2048, 1}};
    (void)state;

    assert_reads("@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg", "Internal Flash", 3,
                 f405);
    assert_reads("@Internal Flash /0x08000000/1536*128 g", "Internal Flash", 1, l0);
    assert_reads("@Internal Flash /0x08000000/1536*128Bg", "Internal Flash", 1, l0);
    assert_reads("Internal Flash/08000000/1536*128g", "Internal Flash", 1, l0); // no unit
    assert_reads("@Internal Flash   /0x08000000/64*02Kg/0x08040000/64*02Ka", "Internal Flash", 2,
                 gap);
    assert_reads("@Internal Flash / 0x08000000/ 64 * 2 Kg / 0x08040000/64*2 K a", "Internal Flash",
                 2, gap);
}

static void quirks_of_strings_are_taken(void **state)
{
    const struct memory_run option[] = {{0x1FFFC000, 1, 16, 2}};
    const struct memory_run feature[] = {{0xFFFF0000, 1, 4, 1}};
    const struct memory_run cut[] = {{0x08000000, 4, 0x4000, 7}};
    (void)state;

    assert_reads("@Option Bytes  /0x1FFFC000/01*016 b", "Option Bytes", 1, option);
    assert_reads("@Device Feature/0xFFFF0000/01*004", "Device Feature", 1, feature); // no letter
    assert_reads("@Internal Flash  /0x08000000/04*016Kg,01*0", "Internal Flash", 1, cut);
    assert_reads("@Internal Flash  /0x08000000/04*016Kg,", "Internal Flash", 1, cut);
    assert_reads("@Internal Flash  /0x08000000/04*016Kg/0x08", "Internal Flash", 1, cut);
    assert_reads("@Internal Flash  /0x08000000/04*016Kg \xC3\xA9", "Internal Flash", 1, cut);
}

static void what_is_no_memory_is_none(void **state)
{
    static const char *const texts[] = {"@X",
                                        "@X/",
                                        "@X/0x",
                                        "@X/0x08000000",
                                        "@X/0x08000000/",
                                        "@X/0x08000000/4",
                                        "@X/0x08000000/4*",
                                        "@X/0x08000000/0*16Kg",
                                        "@X/0x08000000/4*0Kg",
                                        "@X/0x08000000/-4*16Kg",
                                        "@X/0x108000000/4*16Kg",
                                        "@X/0x08000000/4294967296*1Kg",
                                        "@X/0x08000000/4*4194304Kg",
                                        "@X/0xFFFFFF00/2*256 g"};
    (void)state;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_reads(texts[i], "X", 0, NULL);
    }
    assert_reads("", "", 0, NULL);
    assert_reads("@a name that is longer than there is room for/0x0/1*4 g",
                 "a name that is longer than ther", 1, (const struct memory_run[]){{0, 1, 4, 7}});
}

static void no_more_runs_than_there_is_room_for(void **state)
{
    char text[400] = "@X/0x08000000/1*1Kg";
    struct memory_map map;
    (void)state;

    for (int i = 1; i < 40; i++) {
        strcat(text, ",1*1Kg");
    }
    assert_true(dfuse_memory_text(text, &map));
    assert_int_equal(map.count, MEMORY_RUNS);
    assert_int_equal(memory_map_bytes(&map), MEMORY_RUNS * 1024);
}

static void a_map_has_words(void **state)
{
    char text[MEMORY_TEXT_BYTES];
    struct memory_map map;
    (void)state;

    dfuse_memory_text("@X/0x08000000/4*16Kg,1*64Kg,2*128 g", &map);
    assert_string_equal(memory_map_text(&map, text), "4 x 16 KB, 1 x 64 KB, 2 x 128 bytes");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_status_has_six_bytes),
        cmocka_unit_test(the_functional_descriptor_may_stand_behind_others),
        cmocka_unit_test(a_string_lists_pages),
        cmocka_unit_test(quirks_of_strings_are_taken),
        cmocka_unit_test(what_is_no_memory_is_none),
        cmocka_unit_test(no_more_runs_than_there_is_room_for),
        cmocka_unit_test(a_map_has_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
