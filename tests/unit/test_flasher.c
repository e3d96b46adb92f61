// test_flasher.c: the flasher on a bootloader that is a piece of memory: no protocol, no line.
// SPDX-License-Identifier: MIT
//
// This program is linked without host/protocols/ and host/links/: what is above the table of
// functions needs neither.
#include "flasher.h"

#include "memory_bootloader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { START = 0x08000000, HOLE = 0x1800, SECOND = 0x9004, UNTOUCHED = 0xA5 };

struct bench {
    struct memory_bootloader memory;
    struct target target;
    struct segment segments[2];
    struct image image;
    struct plan plan;
    struct flasher flasher;
    struct problem problem;
    uint8_t first[5000], second[5];
};

static const struct device *device(const char *slug)
{
    const struct device *found = device_find(slug);

    assert_non_null(found);
    return found;
}

// An image of two segments with an erased hole in the first one, and a plan for it.
static void set_up(struct bench *bench, const char *slug, uint32_t block_bytes,
                   unsigned erase_pages)
{
    const struct device *chip = device(slug);

    memset(bench, 0, sizeof *bench);
    for (size_t i = 0; i < sizeof bench->first; i++) {
        bench->first[i] = i >= 0x600 && i < HOLE ? chip->erased : (uint8_t)(i * 7);
    }
    memcpy(bench->second, "abcde", sizeof bench->second);
    memory_bootloader_open(&bench->memory, chip, block_bytes, erase_pages);
    bench->target = (struct target){.bootloader = &bench->memory.base, .device = chip};
    flash_layout_of_row(&bench->target.layout, chip);
    bench->segments[0] = (struct segment){START, sizeof bench->first, bench->first};
    bench->segments[1] = (struct segment){START + SECOND, sizeof bench->second, bench->second};
    bench->image = (struct image){.segments = bench->segments, .count = 2};
    assert_int_equal(plan_make(&bench->plan, &bench->target, &bench->image, &bench->problem), 0);
    bench->flasher =
        (struct flasher){.target = &bench->target, .image = &bench->image, .plan = &bench->plan};
}

static void tear_down(struct bench *bench)
{
    plan_free(&bench->plan);
    memory_bootloader_free(&bench->memory);
}

static int run(struct bench *bench)
{
    return flasher_run(&bench->flasher, &bench->problem);
}

// Every byte is the image's, erased, or in a page that the image does not touch.
static void assert_flashed(const struct bench *bench)
{
    const struct device *chip = bench->target.device;
    uint8_t *wanted = malloc(chip->flash.size);
    size_t page = 0;

    assert_non_null(wanted);
    memset(wanted, UNTOUCHED, chip->flash.size);
    for (const struct page_run *run = chip->pages; run->count; run++) {
        for (unsigned i = 0; i < run->count; i++, page++) {
            uint32_t start = run->start - chip->flash.start + i * run->size;
            bool touched = start < sizeof bench->first ||
                           (start < SECOND + sizeof bench->second && SECOND < start + run->size);
            assert_int_equal(bench->memory.erased[page], touched);
            memset(wanted + start, touched ? chip->erased : UNTOUCHED, run->size);
        }
    }
    memcpy(wanted, bench->first, sizeof bench->first);
    memcpy(wanted + SECOND, bench->second, sizeof bench->second);
    assert_memory_equal(bench->memory.flash, wanted, chip->flash.size);
    free(wanted);
}

static void assert_first_unit_last(const struct bench *bench)
{
    assert_int_equal(bench->memory.written_last, START);
    assert_int_equal(bench->memory.written_last_bytes, bench->plan.unit_bytes);
}

static void any_block_and_any_erase_size_flash_the_same(void **state)
{
    static const struct {
        const char *slug;
        uint32_t block_bytes;
        unsigned erase_pages;
    } cases[] = {
        {"g0b1", 256, 100}, // what AN3155 has
        {"g0b1", 64, 2},    {"g0b1", 2048, 1}, {"f405", 1024, 512},
        {"h723", 32, 1},    {"u575", 4096, 3}, {"f10medium", 8, 4},
    };
    struct bench bench;
    (void)state;

    for (size_t i = 0; i < 2 * sizeof cases / sizeof *cases; i++) {
        set_up(&bench, cases[i / 2].slug, cases[i / 2].block_bytes, cases[i / 2].erase_pages);
        bench.flasher.full = i % 2;
        assert_int_equal(run(&bench), 0);
        assert_flashed(&bench);
        assert_first_unit_last(&bench);
        assert_int_equal(bench.memory.erased_first, 0);
        assert_int_equal(bench.flasher.pages_erased, bench.plan.page_count);
        assert_int_equal(bench.flasher.bytes_written, bench.plan.write_bytes);
        assert_int_equal(bench.memory.calls[CALL_GO], 0);
        assert_int_equal(bench.memory.calls[CALL_CLOSE], 0);
        tear_down(&bench);
    }
}

static void the_first_page_is_erased_alone_and_the_others_in_few_calls(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench, "g0b1", 256, 3); // pages 0, 1, 2 and 18
    assert_int_equal(run(&bench), 0);
    assert_int_equal(bench.flasher.pages_erased, 4);
    assert_int_equal(bench.memory.erased_first, 0);
    assert_int_equal(bench.memory.erased_with, 0);
    assert_int_equal(bench.memory.calls[CALL_ERASE], 2);
    tear_down(&bench);
}

static void reads_come_after_all_writes_where_they_spoil_them(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench, "h723", 256, 1);
    bench.flasher.reads_spoil_writes = true;
    assert_int_equal(run(&bench), 0);
    assert_flashed(&bench);
    assert_first_unit_last(&bench);
    assert_int_equal(bench.memory.reads_among, 0);
    tear_down(&bench);

    set_up(&bench, "h723", 256, 1); // else the first unit waits until the rest is verified
    assert_int_equal(run(&bench), 0);
    assert_true(bench.memory.reads_among > 0);
    tear_down(&bench);
}

// Puts the image into the chip, as an earlier run has.
static void is_there(struct bench *bench)
{
    memcpy(bench->memory.flash, bench->first, sizeof bench->first);
    memcpy(bench->memory.flash + SECOND, bench->second, sizeof bench->second);
}

static void an_image_that_is_there_is_left_alone(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench, "g0b1", 256, 100);
    is_there(&bench);
    assert_int_equal(run(&bench), 0);
    assert_false(bench.flasher.changed);
    assert_int_equal(bench.memory.calls[CALL_ERASE] + bench.memory.calls[CALL_WRITE], 0);
    assert_true(bench.flasher.bytes_read >= sizeof bench.first + sizeof bench.second);
    for (size_t i = 0; i < bench.plan.sector_count; i++) {
        assert_true(bench.plan.sectors[i].checked);
    }
    tear_down(&bench);
}

static void a_page_that_differs_is_written_and_the_first_one(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench, "g0b1", 256, 100);
    is_there(&bench);
    bench.memory.flash[0x1001] ^= 1;   // in page 2
    bench.memory.flash[0x2000] = 0x55; // behind the image, in that page
    bench.memory.flash[0x9400] = 0x55; // behind it, in page 18
    assert_int_equal(run(&bench), 0);
    assert_int_equal(bench.flasher.pages_erased, 2);
    assert_true(bench.memory.erased[0] && !bench.memory.erased[1] && bench.memory.erased[2]);
    assert_false(bench.memory.erased[18]);
    assert_int_equal(bench.memory.flash[0x9400], 0x55);
    assert_memory_equal(bench.memory.flash, bench.first, sizeof bench.first);
    assert_first_unit_last(&bench);
    for (size_t i = 0; i < bench.plan.sector_count; i++) {
        assert_true(bench.plan.sectors[i].checked);
    }
    tear_down(&bench);
}

// One byte of the image anywhere is found, however little was read before.
static void any_byte_that_differs_is_found(void **state)
{
    static const uint32_t places[] = {0, 7, 8, 0x77F, 0x1FF, 4999, SECOND, SECOND + 2};
    struct bench bench;
    (void)state;

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        set_up(&bench, "g0b1", 256, 100);
        is_there(&bench);
        bench.memory.flash[places[i]] ^= 0x10;
        assert_int_equal(run(&bench), 0);
        assert_true(bench.flasher.changed);
        assert_memory_equal(bench.memory.flash, bench.first, sizeof bench.first);
        assert_memory_equal(bench.memory.flash + SECOND, bench.second, sizeof bench.second);
        tear_down(&bench);
    }
}

// Whatever a write that was not acknowledged has left, each byte is right in the end.
static void an_unsure_write_is_looked_at(void **state)
{
    static const struct {
        enum memory_loss loses;
        size_t writes_repeated, sectors_repeated;
    } cases[] = {{LOSS_OF_ALL, 1, 0}, {LOSS_OF_HALF, 0, 1}, {LOSS_OF_ANSWER, 0, 0}};
    struct bench bench;
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t at = 1; at <= 9; at++) { // of 9 writes; the last is the first unit's
            set_up(&bench, "g0b1", 256, 100);
            bench.memory.fails = CALL_WRITE;
            bench.memory.fails_at = at;
            bench.memory.fails_with = EXIT_FAILED;
            bench.memory.loses = cases[i].loses;
            assert_int_equal(run(&bench), 0);
            assert_flashed(&bench);
            assert_int_equal(bench.flasher.writes_repeated, cases[i].writes_repeated);
            assert_int_equal(bench.flasher.sectors_repeated, cases[i].sectors_repeated);
            tear_down(&bench);
        }
    }
}

static void an_unsure_write_is_erased_where_reads_spoil_writes(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench, "h723", 256, 1);
    bench.flasher.reads_spoil_writes = true;
    bench.memory.fails = CALL_WRITE;
    bench.memory.fails_at = 3;
    bench.memory.fails_with = EXIT_FAILED;
    bench.memory.loses = LOSS_OF_HALF;
    assert_int_equal(run(&bench), 0);
    assert_flashed(&bench);
    assert_int_equal(bench.memory.reads_among, 0);
    assert_int_equal(bench.flasher.sectors_repeated, 1);
    tear_down(&bench);
}

static void a_problem_that_stays_ends_it(void **state)
{
    static const struct {
        enum memory_call call;
        size_t at;
        int code;
        size_t calls;
    } cases[] = {
        {CALL_ERASE, 1, EXIT_REFUSED, 1}, {CALL_ERASE, 2, EXIT_FAILED, 2},
        {CALL_WRITE, 1, EXIT_REFUSED, 4}, {CALL_WRITE, 3, EXIT_FAILED, 6},
        {CALL_READ, 1, EXIT_REFUSED, 1},  {CALL_READ, 2, EXIT_FAILED, 2},
    };
    struct bench bench;
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        set_up(&bench, "g0b1", 256, 3);
        bench.memory.fails = cases[i].call;
        bench.memory.fails_at = cases[i].at;
        bench.memory.fails_until = 1000;
        bench.memory.fails_with = cases[i].code;
        assert_int_equal(run(&bench), cases[i].code);
        assert_string_equal(bench.problem.what, "the memory fails");
        assert_int_equal(bench.memory.calls[cases[i].call], cases[i].calls);
        // What could start a mixture is erased.
        if (bench.memory.calls[CALL_ERASE] > 1) {
            assert_int_equal(bench.memory.flash[0], bench.target.device->erased);
        }
        tear_down(&bench);
    }
}

static void what_is_read_back_is_compared(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench, "g0b1", 64, 100);
    bench.memory.flip = START + 0x140;
    bench.memory.flips_always = true;
    assert_int_equal(run(&bench), EXIT_VERIFY);
    assert_non_null(
        strstr(bench.problem.what, "verify at 0x08000140: the chip has 0xC1, the file 0xC0"));
    assert_int_equal(bench.flasher.sectors_repeated, 3);
    tear_down(&bench);

    set_up(&bench, "g0b1", 64, 100); // once: the page is erased and written again
    bench.memory.flip = START + 0x140;
    assert_int_equal(run(&bench), 0);
    assert_flashed(&bench);
    assert_int_equal(bench.flasher.sectors_repeated, 1);
    tear_down(&bench);
}

static void the_first_unit_is_verified_too(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench, "g0b1", 64, 100);
    bench.memory.flip = START;
    assert_int_equal(run(&bench), 0);
    assert_flashed(&bench);
    assert_int_equal(bench.flasher.sectors_repeated, 1);
    tear_down(&bench);
}

// Data below the vector table: what starts the image is the table.
static void what_starts_is_the_vector_table(void **state)
{
    static const uint8_t table[] = {0, 0x10, 0, 0x20, 9, 0x91, 0, 8};
    struct bench bench;
    (void)state;

    set_up(&bench, "g0b1", 256, 100);
    plan_free(&bench.plan);
    bench.segments[0] = (struct segment){START, sizeof bench.second, bench.second};
    bench.segments[1] = (struct segment){START + 0x9100, 0x80, bench.first};
    memcpy(bench.first, table, sizeof table);
    assert_int_equal(plan_make(&bench.plan, &bench.target, &bench.image, &bench.problem), 0);
    assert_int_equal(bench.plan.blocks[bench.plan.first_block].address, START + 0x9100);
    assert_int_equal(run(&bench), 0);
    assert_int_equal(bench.memory.erased_first, 18);
    assert_int_equal(bench.memory.erased_with, 0);
    assert_int_equal(bench.memory.written_last, START + 0x9100);
    assert_memory_equal(bench.memory.flash + 0x9100, bench.first, 0x80);
    assert_memory_equal(bench.memory.flash, bench.second, sizeof bench.second);

    plan_free(&bench.plan); // its page alone differs: what is below it is left alone
    assert_int_equal(plan_make(&bench.plan, &bench.target, &bench.image, &bench.problem), 0);
    bench.memory.flash[0x9140] ^= 1;
    bench.flasher.pages_erased = 0;
    assert_int_equal(run(&bench), 0);
    assert_int_equal(bench.flasher.pages_erased, 1);
    assert_memory_equal(bench.memory.flash + 0x9100, bench.first, 0x80);
    tear_down(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_block_and_any_erase_size_flash_the_same),
        cmocka_unit_test(the_first_page_is_erased_alone_and_the_others_in_few_calls),
        cmocka_unit_test(reads_come_after_all_writes_where_they_spoil_them),
        cmocka_unit_test(an_image_that_is_there_is_left_alone),
        cmocka_unit_test(a_page_that_differs_is_written_and_the_first_one),
        cmocka_unit_test(any_byte_that_differs_is_found),
        cmocka_unit_test(an_unsure_write_is_looked_at),
        cmocka_unit_test(an_unsure_write_is_erased_where_reads_spoil_writes),
        cmocka_unit_test(a_problem_that_stays_ends_it),
        cmocka_unit_test(what_is_read_back_is_compared),
        cmocka_unit_test(the_first_unit_is_verified_too),
        cmocka_unit_test(what_starts_is_the_vector_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
