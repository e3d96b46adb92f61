// test_plan.c: which pages and blocks an image needs, on real devices.
// SPDX-License-Identifier: MIT
#include "plan.h"

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

static void make(struct plan *plan, const char *slug, const struct image *image)
{
    struct bootloader bootloader = {.block_bytes = 256};
    struct target target = {.bootloader = &bootloader, .device = device(slug)};
    struct problem problem;

    flash_layout_of_row(&target.layout, target.device);
    assert_int_equal(plan_make(plan, &target, image, &problem), 0);
}

static void test_one_byte_is_padded_to_the_unit(void **state)
{
    uint8_t byte = 0x12, bytes[32];
    struct segment segment = {0x08000021, 1, &byte};
    struct image image = {.segments = &segment, .count = 1};
    struct plan plan;
    (void)state;

    make(&plan, "h723", &image);
    assert_int_equal(plan.block_count, 1);
    assert_int_equal(plan.blocks[0].address, 0x08000020);
    assert_int_equal(plan.blocks[0].size, 32);
    assert_int_equal(plan.write_bytes, 32);
    plan_read(device("h723"), &image, plan.blocks[0].address, 32, bytes);
    for (int i = 0; i < 32; i++) {
        assert_int_equal(bytes[i], i == 1 ? 0x12 : 0xFF);
    }
    plan_free(&plan);

    make(&plan, "f405", &image); // programs bytes, but the protocol wants words
    assert_int_equal(plan.blocks[0].address, 0x08000020);
    assert_int_equal(plan.blocks[0].size, 4);
    plan_free(&plan);
}

// Where a whole block costs less than its parts, and the erased value programs nothing: of a device
// with codes for its units, and where other data shares the block or pages end in it, nothing more
// than before is written.
static void test_blocks_are_whole_where_that_costs_less(void **state)
{
    static const struct {
        const char *slug;
        uint32_t address, size;
    } cases[] = {{"f405", 0x08000800, 0x800},
                 {"f072", 0x08000800, 0x800},
                 {"l47", 0x08000A00, 8},
                 {"h743", 0x08000A00, 32},
                 {"f04", 0x08000A00, 4}};
    uint8_t byte = 0x12;
    struct segment segments[] = {
        {0x08000A00, 1, &byte}, {0x08004000, 1, &byte}, {0x08004400, 1, &byte}};
    struct image image = {.segments = segments, .count = 3};
    struct bootloader bootloader = {.block_bytes = 2048, .whole_blocks = true};
    struct problem problem;
    struct plan plan;
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct target target = {.bootloader = &bootloader, .device = device(cases[i].slug)};
        flash_layout_of_row(&target.layout, target.device);
        assert_int_equal(plan_make(&plan, &target, &image, &problem), 0);
        assert_int_equal(plan.block_count, 3);
        assert_int_equal(plan.blocks[0].write_address, cases[i].address);
        assert_int_equal(plan.blocks[0].write_size, cases[i].size);
        assert_int_equal(plan.blocks[1].write_size, plan.unit_bytes);
        assert_int_equal(plan.blocks[2].write_size, plan.unit_bytes);
        plan_free(&plan);
    }
}

// What goes last: 16 bytes, a larger unit, or the whole block where that saves an address over USB.
static void test_what_starts_the_image_goes_last(void **state)
{
    static const struct {
        const char *slug;
        bool whole_blocks;
        uint32_t bytes;
    } cases[] = {{"f405", true, 16}, {"g0b1", true, 2048}, {"g0b1", false, 16}, {"l43", true, 2048},
                 {"u575", true, 16}, {"h743", true, 32},   {"h743", false, 32}};
    static uint8_t bytes[4096];
    struct segment segment = {0x08000000, sizeof bytes, bytes};
    struct image image = {.segments = &segment, .count = 1};
    struct problem problem;
    struct plan plan;
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct bootloader bootloader = {.block_bytes = 2048, .whole_blocks = cases[i].whole_blocks};
        struct target target = {.bootloader = &bootloader, .device = device(cases[i].slug)};
        flash_layout_of_row(&target.layout, target.device);
        assert_int_equal(plan_make(&plan, &target, &image, &problem), 0);
        assert_int_equal(plan.first_block, 0);
        assert_int_equal(plan.first_bytes, cases[i].bytes);
        plan_free(&plan);
    }
}

// AN2606 Rev 70, tables 90 and 104: over USB, not over a USART.
static void test_a_second_bank_that_is_not_erased_is_refused(void **state)
{
    uint8_t byte = 0x12;
    struct segment segment = {0x08100000, 1, &byte};
    struct image image = {.segments = &segment, .count = 1};
    struct bootloader bootloader = {.block_bytes = 2048};
    struct target target = {.bootloader = &bootloader, .device = device("f42"), .banks = 2};
    struct problem problem;
    struct plan plan;
    (void)state;

    flash_layout_of_row(&target.layout, target.device);
    assert_int_equal(plan_make(&plan, &target, &image, &problem), 0);
    plan_free(&plan);
    bootloader.is_dfu = true;
    assert_int_equal(plan_make(&plan, &target, &image, &problem), EXIT_REFUSED);
    segment.address = 0x080FFFFF;
    assert_int_equal(plan_make(&plan, &target, &image, &problem), 0);
    plan_free(&plan);
}

static void test_segments_that_share_a_unit(void **state)
{
    uint8_t first[] = "ab", second[] = "cdefghijkl", bytes[256];
    struct segment segments[] = {{0x08000001, 2, first}, {0x08000005, 10, second}};
    struct image image = {.segments = segments, .count = 2};
    struct plan plan;
    (void)state;

    make(&plan, "g0b1", &image);
    assert_int_equal(plan.block_count, 2);
    assert_int_equal(plan.blocks[0].address, 0x08000000);
    assert_int_equal(plan.blocks[0].size, 8);
    assert_int_equal(plan.blocks[1].address, 0x08000008);
    assert_int_equal(plan.blocks[1].size, 8);
    plan_read(device("g0b1"), &image, plan.blocks[0].address, 8, bytes);
    assert_memory_equal(bytes,
                        "\xFF"
                        "ab"
                        "\xFF\xFF"
                        "cde",
                        8);
    plan_free(&plan);
}

static void test_erased_blocks_are_not_written(void **state)
{
    uint8_t bytes[0x300];
    struct segment segment = {0x08000080, sizeof bytes, bytes};
    struct image image = {.segments = &segment, .count = 1};
    struct plan plan;
    (void)state;

    memset(bytes, 0xFF, sizeof bytes);
    bytes[0] = bytes[sizeof bytes - 1] = 0;
    make(&plan, "f405", &image);
    assert_int_equal(plan.block_count, 4); // 0x80, 0x100, 0x100, 0x80
    assert_int_equal(plan.skipped, 2);
    assert_int_equal(plan.write_bytes, 2 * 4); // without the units that stay erased
    assert_int_equal(plan.blocks[0].write_address, 0x08000080);
    assert_int_equal(plan.blocks[0].write_size, 4);
    assert_int_equal(plan.blocks[1].write_size, 0);
    assert_int_equal(plan.blocks[2].write_size, 0);
    assert_int_equal(plan.blocks[3].write_address, 0x0800037C);
    assert_int_equal(plan.blocks[3].write_size, 4);
    assert_int_equal(plan.page_count, 1);
    plan_free(&plan);
}

static void test_pages_of_the_second_bank_go_alone(void **state)
{
    static uint8_t bytes[0x40000 + 0x1001];
    struct segment segment = {0x08000000, sizeof bytes, bytes};
    struct image image = {.segments = &segment, .count = 1};
    struct plan plan;
    (void)state;

    make(&plan, "g0b1", &image);
    assert_int_equal(plan.page_count, 131);
    assert_int_equal(plan.pages[127].number, 127);
    assert_int_equal(plan.pages[128].number, 256);
    assert_true(!plan.pages[0].alone && !plan.pages[127].alone);
    assert_true(plan.pages[128].alone && plan.pages[130].alone);
    assert_int_equal(plan.sector_count, 131);
    plan_free(&plan);
}

static void test_pages_of_unequal_size(void **state)
{
    uint8_t bytes[2] = {1, 2};
    struct segment segments[] = {{0x0800FFFF, 2, bytes}, {0x080FFFFE, 2, bytes}};
    struct image image = {.segments = segments, .count = 2};
    struct plan plan;
    (void)state;

    make(&plan, "f405", &image);
    assert_int_equal(plan.page_count, 3);
    assert_int_equal(plan.pages[0].number, 3);
    assert_int_equal(plan.pages[1].number, 4);
    assert_int_equal(plan.pages[2].number, 11);
    assert_int_equal(plan.sector_count, 3);
    plan_free(&plan);
}

static bool has_page(const struct plan *plan, unsigned number)
{
    size_t found = 0;

    for (size_t i = 0; i < plan->page_count; i++) {
        found += plan->pages[i].number == number;
    }
    assert_true(found <= 1);
    return found == 1;
}

// Blocks are sorted and apart, aligned, no longer than 256 bytes, each in an erased page.
static void assert_sound(const struct device *chip, const struct plan *plan)
{
    uint32_t unit = chip->program_bytes > 4 ? chip->program_bytes : 4;
    uint32_t end = chip->flash.start;

    for (size_t i = 0; i < plan->block_count; i++) {
        const struct plan_block *block = &plan->blocks[i];
        unsigned number;
        struct region page;
        assert_true(block->address >= end && block->size > 0 && block->size <= 256);
        assert_true(block->address % unit == 0 && block->size % unit == 0);
        end = block->address + block->size;
        assert_true(device_page(chip, block->address, &number, &page) && has_page(plan, number));
        assert_true(device_page(chip, end - 1, &number, &page) && has_page(plan, number));
    }
    assert_true(end <= chip->flash.start + chip->flash.size);
}

// Each sector has blocks and pages of its own, all of them in a row; no block crosses a sector.
static void assert_sectors(const struct plan *plan)
{
    size_t block = 0, page = 0;

    for (size_t i = 0; i < plan->sector_count; i++) {
        const struct plan_sector *sector = &plan->sectors[i];
        assert_true(sector->rewrite && sector->block_count > 0 && sector->page_count > 0);
        assert_int_equal(sector->first_block, block);
        assert_int_equal(sector->first_page, page);
        block += sector->block_count;
        page += sector->page_count;
    }
    assert_int_equal(block, plan->block_count);
    assert_int_equal(page, plan->page_count);
}

// Writing the plan gives the image, byte for byte.
static void assert_complete(const struct device *chip, const struct image *image,
                            const struct plan *plan)
{
    uint8_t *flash = malloc(chip->flash.size), *wanted = malloc(chip->flash.size);

    assert_true(flash && wanted);
    memset(flash, chip->erased, chip->flash.size);
    memset(wanted, chip->erased, chip->flash.size);
    image_read(image, chip->flash.start, chip->flash.size, wanted);
    for (size_t i = 0; i < plan->block_count; i++) {
        const struct plan_block *block = &plan->blocks[i];
        plan_read(chip, image, block->write_address, block->write_size,
                  flash + (block->write_address - chip->flash.start));
    }
    assert_memory_equal(flash, wanted, chip->flash.size);
    free(flash);
    free(wanted);
}

static void test_any_image_on_any_device(void **state)
{
    static uint8_t bytes[5000];
    unsigned seed = 1;
    (void)state;

    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = i % 1500 < 600 ? 0xFF : (uint8_t)i;
    }
    for (int round = 0; round < 200; round++) {
        const struct device *chip = &devices[(size_t)round % device_count];
        if (chip->unlisted) {
            continue; // nobody knows its flash
        }
        assert_int_equal(chip->pages[0].start, chip->flash.start); // `alone` relies on it
        struct segment segments[8];
        struct image image = {.segments = segments};
        struct bootloader bootloader = {.block_bytes = 256};
        struct target target = {.bootloader = &bootloader, .device = chip};
        flash_layout_of_row(&target.layout, chip);
        struct plan plan;
        struct problem problem;
        uint32_t at = chip->flash.start;
        while (image.count < 8) {
            seed = seed * 1103515245 + 12345;
            uint32_t gap = 1 + (seed >> 16) % (image.count % 2 ? 40 : 9000);
            uint32_t size = 1 + (seed >> 8) % (round % 2 ? 70u : (uint32_t)sizeof bytes);
            if (at + gap + size > chip->flash.start + chip->flash.size) {
                break;
            }
            segments[image.count++] = (struct segment){at + gap, size, bytes};
            at += gap + size;
        }
        assert_int_equal(plan_make(&plan, &target, &image, &problem), 0);
        assert_sound(chip, &plan);
        assert_sectors(&plan);
        assert_complete(chip, &image, &plan);
        plan_free(&plan);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_byte_is_padded_to_the_unit),
        cmocka_unit_test(test_blocks_are_whole_where_that_costs_less),
        cmocka_unit_test(test_what_starts_the_image_goes_last),
        cmocka_unit_test(test_a_second_bank_that_is_not_erased_is_refused),
        cmocka_unit_test(test_segments_that_share_a_unit),
        cmocka_unit_test(test_erased_blocks_are_not_written),
        cmocka_unit_test(test_pages_of_the_second_bank_go_alone),
        cmocka_unit_test(test_pages_of_unequal_size),
        cmocka_unit_test(test_any_image_on_any_device),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
