// test_target_map.c: which chip it is whose bootloader tells a map of its flash.
// SPDX-License-Identifier: MIT
#include "target.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { BYTES = 4, MAPS = 2, RUNS = 3 };

// A bootloader of which a few bytes can be read.
struct told {
    struct bootloader base; // first: the two have the same address
    struct memory_map maps[MAPS];
    struct {
        uint32_t address;
        uint8_t byte;
    } bytes[BYTES];
    bool refuses_all;
    unsigned reads;
};

static struct told told;
static struct target target;
static struct problem problem;

static int read_byte(struct bootloader *bootloader, uint32_t address, uint32_t size, uint8_t *bytes,
                     struct problem *why)
{
    bool shown = false;

    assert_true(size > 0 && size <= bootloader->block_bytes);
    told.reads++;
    memset(bytes, 0x77, size);
    for (size_t i = 0; i < BYTES; i++) {
        uint32_t offset = told.bytes[i].address - address;
        if (told.bytes[i].address && offset < size) {
            bytes[offset] = told.bytes[i].byte;
            shown = true;
        }
    }
    return shown && !told.refuses_all ? 0 : problem_set(why, EXIT_REFUSED, NULL, "no");
}

static bool tell_memory(struct bootloader *bootloader, unsigned number, struct memory_map *map)
{
    (void)bootloader;
    if (number < MAPS) {
        *map = told.maps[number];
    }
    return number < MAPS;
}

static const struct bootloader_ops ops = {.read = read_byte, .memory = tell_memory};

// A flash of equal pages, option bytes at `options`, and a version byte.
static void tell(uint32_t block, uint32_t count, uint32_t size, uint32_t options, uint32_t address,
                 uint8_t byte)
{
    told = (struct told){
        .base = {.ops = &ops,
                 .port = "usb:1-1",
                 .block_bytes = block,
                 .memory_count = MAPS,
                 .is_dfu = true},
        .maps = {{"Internal Flash", {{0x08000000, count, size, 7}}, 1},
                 {"Option Bytes", {{options, 1, 16, 2}}, 1}},
        .bytes = {{address, byte}},
    };
}

// The map of F4 and its like with so many sectors of 128 KB.
static void tell_f4(uint32_t last, uint32_t address, uint8_t byte)
{
    const struct memory_run runs[RUNS] = {
        {0x08000000, 4, 0x4000, 7}, {0x08010000, 1, 0x10000, 7}, {0x08020000, last, 0x20000, 7}};

    tell(2048, 1, 1, 0x1FFFC000, address, byte);
    memcpy(told.maps[0].runs, runs, sizeof runs);
    told.maps[0].count = RUNS;
}

static int identify(const char *wanted)
{
    const struct device *device = wanted ? device_find(wanted) : NULL;
    int error = target_identify_as(&target, &told.base, device, &problem);

    return error ? error : target_require_device(&target, device, &problem);
}

static void assert_is(const char *slug, uint8_t id)
{
    assert_int_equal(identify(NULL), 0);
    assert_string_equal(target.device->slug, slug);
    assert_int_equal(target.rom_id, id);
    assert_int_equal(target_product(&target), target.device->product);
}

static void map_and_version_choose_the_row(void **state)
{
    (void)state;
    tell_f4(7, 0x1FFF77DE, 0x91);
    assert_is("f405", 0x91);
    assert_true(target.map_fits);
    tell(2048, 64, 2048, 0x1FFFF800, 0x1FFFF6A6, 0xA1);
    assert_is("f072", 0xA1);
    tell(2048, 64, 2048, 0x1FFFF800, 0x1FFFF6A6, 0xA3);
    assert_is("f070xb", 0xA3);
    tell(2048, 128, 2048, 0x1FFFF800, 0x1FFFF796, 0x41);
    assert_is("f303xc", 0x41);
}

// F0 and F3 have their bytes in the same part of the ROM.
static void bytes_that_are_near_are_read_at_once(void **state)
{
    (void)state;
    tell(2048, 64, 2048, 0x1FFFF800, 0x1FFFF6A6, 0xA1);
    assert_is("f072", 0xA1);
    assert_int_equal(told.reads, 1);
}

static void several_rows_are_named(void **state)
{
    (void)state;
    tell_f4(3, 0x1FFF76DE, 0x90);
    assert_int_equal(identify(NULL), EXIT_SEVERAL_DEVICES);
    assert_non_null(strstr(problem.what, "f412"));
    assert_non_null(strstr(problem.what, "f446"));
    assert_non_null(strstr(problem.try_this, "--device"));
    assert_null(target.device);
    assert_int_equal(identify("f446"), 0);
    assert_string_equal(target.device->slug, "f446");
    assert_int_equal(target.rom_id, 0x90);
}

// A row that somebody names is looked at first, and alone where it is right.
static void a_named_row_needs_one_read(void **state)
{
    (void)state;
    tell(1024, 64, 2048, 0x1FFF7800, 0x1FFF6FFE, 0xD4);
    assert_int_equal(identify(NULL), 0);
    assert_string_equal(target.device->slug, "g43");
    assert_true(told.reads > 1);
    told.reads = 0;
    assert_int_equal(identify("g43"), 0);
    assert_int_equal(target.rom_id, 0xD4);
    assert_int_equal(told.reads, 1);
    assert_int_equal(identify("c071"), EXIT_USAGE);
}

static void another_device_is_refused_with_both_maps(void **state)
{
    (void)state;
    tell_f4(7, 0x1FFF77DE, 0x91);
    assert_int_equal(identify("f072"), EXIT_USAGE);
    assert_non_null(strstr(problem.what, "flash of 4 x 16 KB, 1 x 64 KB, 7 x 128 KB"));
    assert_non_null(strstr(problem.what, "not STM32F071xx/072xx (up to 64 x 2 KB)"));
    assert_int_equal(identify("f412"), EXIT_USAGE); // the same map, but another ROM
}

// AN2606 Rev 70, Table 138: 256 x 2 KB, where there are 256 x 8.
static void where_the_map_is_wrong_the_rom_decides(void **state)
{
    (void)state;
    tell(1024, 256, 2048, 0x5200201C, 0x1FF13FFE, 0x90);
    assert_is("h7a3", 0x90);
    assert_false(target.map_fits);
    assert_int_equal(target.layout.flash.size, 0x200000);
}

// Table 134: nobody says what the map is. It may be that of the H74x, whose versions have the same
// bytes at the same place: the flash size register tells them apart.
static void a_wrong_map_may_be_that_of_another_line(void **state)
{
    static const struct {
        uint32_t count, size;
        uint8_t high; // byte of the flash size register
        const char *slug;
    } cases[] = {{16, 0x20000, 8, "h743"}, {16, 0x20000, 4, "h723"}, {8, 0x40000, 4, "h723"}};
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tell(1024, cases[i].count, cases[i].size, 0x5200201C, 0x1FF1E7FE, 0x91);
        told.bytes[1].address = 0x1FF1E880;
        told.bytes[2].address = 0x1FF1E881;
        told.bytes[2].byte = cases[i].high;
        assert_is(cases[i].slug, 0x91);
        assert_int_equal(target.map_fits, i == 0);
    }
}

static void a_version_that_nobody_knows_needs_a_name(void **state)
{
    (void)state;
    tell_f4(7, 0x1FFF77DE, 0x66);
    assert_int_equal(identify(NULL), EXIT_USAGE);
    assert_non_null(strstr(problem.what, "no row of the table fits"));
    assert_int_equal(identify("f405"), 0);
    assert_int_equal(target.rom_id, 0);
    assert_int_equal(identify("f072"), EXIT_USAGE);
}

static void a_row_without_a_version_byte_is_known_by_its_map(void **state)
{
    (void)state;
    tell(2048, 128, 2048, 0x1FFFF800, 0x1FFFF796, 0x66);
    assert_is("f105", 0);
}

static void a_protected_rom_leaves_what_the_map_leaves(void **state)
{
    (void)state;
    tell(2048, 128, 2048, 0x1FFFF800, 0x1FFFF796, 0x41);
    told.refuses_all = true;
    assert_int_equal(identify(NULL), EXIT_SEVERAL_DEVICES);
    assert_int_equal(identify("f303xc"), 0);
    assert_int_equal(target.rom_id, 0);
    assert_int_equal(identify("f405"), EXIT_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(map_and_version_choose_the_row),
        cmocka_unit_test(bytes_that_are_near_are_read_at_once),
        cmocka_unit_test(several_rows_are_named),
        cmocka_unit_test(a_named_row_needs_one_read),
        cmocka_unit_test(another_device_is_refused_with_both_maps),
        cmocka_unit_test(where_the_map_is_wrong_the_rom_decides),
        cmocka_unit_test(a_wrong_map_may_be_that_of_another_line),
        cmocka_unit_test(a_version_that_nobody_knows_needs_a_name),
        cmocka_unit_test(a_row_without_a_version_byte_is_known_by_its_map),
        cmocka_unit_test(a_protected_rom_leaves_what_the_map_leaves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
