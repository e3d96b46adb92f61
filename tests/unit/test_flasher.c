// test_flasher.c: the flasher on a bootloader that is a piece of memory: no protocol, no line.
// SPDX-License-Identifier: MIT
//
// This program is linked without cli/protocols/ and cli/links/: what is above the table of
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
    uint8_t first[5000], second[3];
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
    memcpy(bench->second, "abc", sizeof bench->second);
    memory_bootloader_open(&bench->memory, chip, block_bytes, erase_pages);
    bench->target = (struct target){.bootloader = &bench->memory.base, .device = chip};
    bench->segments[0] = (struct segment){START, sizeof bench->first, bench->first};
    bench->segments[1] = (struct segment){START + SECOND, sizeof bench->second, bench->second};
    bench->image = (struct image){.segments = bench->segments, .count = 2};
    assert_int_equal(plan_make(&bench->plan, chip, &bench->image, block_bytes, &bench->problem), 0);
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

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        set_up(&bench, cases[i].slug, cases[i].block_bytes, cases[i].erase_pages);
        assert_int_equal(run(&bench), 0);
        assert_flashed(&bench);
        assert_int_equal(bench.memory.written_last, START); // the vector table comes last
        assert_int_equal(bench.memory.calls[CALL_READ], bench.plan.block_count);
        assert_int_equal(bench.memory.calls[CALL_WRITE],
                         bench.plan.block_count - bench.plan.skipped);
        assert_int_equal(bench.flasher.pages_erased, bench.plan.page_count);
        assert_int_equal(bench.flasher.bytes_written, bench.plan.write_bytes);
        assert_int_equal(bench.memory.calls[CALL_GO], 0);
        assert_int_equal(bench.memory.calls[CALL_CLOSE], 0);
        tear_down(&bench);
    }
}

static void pages_are_erased_in_as_few_calls_as_it_takes(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench, "g0b1", 256, 3); // pages 0, 1, 2 and 18
    assert_int_equal(run(&bench), 0);
    assert_int_equal(bench.flasher.pages_erased, 4);
    assert_int_equal(bench.memory.calls[CALL_ERASE], 2);
    tear_down(&bench);
}

static void the_first_problem_ends_it(void **state)
{
    static const struct {
        enum memory_call call;
        size_t at;
        int code;
    } cases[] = {
        {CALL_ERASE, 1, EXIT_REFUSED}, {CALL_ERASE, 2, EXIT_FAILED}, {CALL_WRITE, 1, EXIT_REFUSED},
        {CALL_WRITE, 3, EXIT_FAILED},  {CALL_READ, 1, EXIT_REFUSED}, {CALL_READ, 2, EXIT_FAILED},
    };
    struct bench bench;
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        set_up(&bench, "g0b1", 256, 3);
        bench.memory.fails = cases[i].call;
        bench.memory.fails_at = cases[i].at;
        bench.memory.fails_with = cases[i].code;
        assert_int_equal(run(&bench), cases[i].code);
        assert_string_equal(bench.problem.what, "the memory fails");
        assert_int_equal(bench.memory.calls[cases[i].call], cases[i].at);
        if (cases[i].call == CALL_ERASE) {
            assert_int_equal(bench.flasher.pages_erased, cases[i].at == 1 ? 0 : 3);
            assert_int_equal(bench.memory.calls[CALL_WRITE], 0);
        }
        if (cases[i].call != CALL_READ) {
            assert_int_equal(bench.memory.calls[CALL_READ], 0);
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
    assert_int_equal(run(&bench), EXIT_VERIFY);
    assert_non_null(
        strstr(bench.problem.what, "verify at 0x08000140: the chip has 0xC1, the file 0xC0"));
    tear_down(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_block_and_any_erase_size_flash_the_same),
        cmocka_unit_test(pages_are_erased_in_as_few_calls_as_it_takes),
        cmocka_unit_test(the_first_problem_ends_it),
        cmocka_unit_test(what_is_read_back_is_compared),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
