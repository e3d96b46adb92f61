// test_keep.c: data that an update carries over, on a bootloader that is a piece of memory.
// SPDX-License-Identifier: MIT
#include "keep.h"

#include "keep_file.h"

#include "memory_bootloader.h"
#include "scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { START = 0x08000000, PAGE = 0x800 }; // of a G0B1

struct bench {
    struct memory_bootloader memory;
    struct target target;
    uint8_t bytes[0x900];
    struct segment segment;
    struct image image;
    struct keep keep;
    struct problem problem;
};

// An image that fills the first page and a part of the second one.
static void set_up(struct bench *bench)
{
    const struct device *chip = device_find("g0b1");

    memset(bench, 0, sizeof *bench);
    memory_bootloader_open(&bench->memory, chip, 256, 100);
    bench->target = (struct target){.bootloader = &bench->memory.base, .device = chip};
    flash_layout_of_row(&bench->target.layout, chip);
    bench->segment = (struct segment){START, sizeof bench->bytes, bench->bytes};
    bench->image = (struct image){.segments = &bench->segment, .count = 1};
    for (uint32_t i = 0; i < 4 * PAGE; i++) {
        bench->memory.flash[i] = (uint8_t)(i / 3);
    }
}

static void tear_down(struct bench *bench)
{
    keep_free(&bench->keep);
    memory_bootloader_free(&bench->memory);
}

static int keep(struct bench *bench, const char *text)
{
    int error = keep_parse(&bench->keep, text, &bench->problem);

    return error ? error : keep_read(&bench->keep, &bench->target, &bench->image, &bench->problem);
}

static void only_what_shares_a_page_is_read(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    assert_int_equal(keep(&bench, "0x08000F01+0x700"), 0); // up to 0x1601, in the third page
    assert_int_equal(bench.keep.image.count, 2);
    assert_int_equal(bench.keep.image.segments[1].address, START + 0xF01);
    assert_int_equal(bench.keep.image.segments[1].size, 0xFF);
    assert_memory_equal(bench.keep.image.segments[1].bytes, bench.memory.flash + 0xF01, 0xFF);
    tear_down(&bench);

    set_up(&bench); // none of it does
    assert_int_equal(keep(&bench, "134221824+100"), 0);
    assert_int_equal(bench.keep.image.count, 1);
    assert_int_equal(bench.memory.calls[CALL_READ], 0);
    tear_down(&bench);
}

static void a_byte_counts_when_it_was_read_twice_the_same(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    bench.memory.lies_at = 1; // the first read has a wrong byte
    assert_int_equal(keep(&bench, "0x08000F00+0x10"), 0);
    assert_int_equal(bench.memory.calls[CALL_READ], 3 + 4); // and the unique id, twice two
    assert_memory_equal(bench.keep.image.segments[1].bytes, bench.memory.flash + 0xF00, 0x10);
    tear_down(&bench);
}

static void what_makes_no_sense_is_refused(void **state)
{
    static const struct {
        const char *text, *what;
    } cases[] = {
        {"", "--keep : not an address"},
        {"0x08000F00", "--keep 0x08000F00: not an address"},
        {"0x08000F00+", "not an address"},
        {"0x08000F00+0", "not an address"},
        {"0x08000F00+-1", "not an address"},
        {" 1+1", "not an address"},
        {"0x08000F00+0x10x", "not an address"},
        {"0xFFFFFFFF+2", "beyond the last address"},
        {"0x100000000+1", "not an address"},
        {"0x20000000+1", "--keep 0x20000000+0x1: not in the flash of this STM32G0B1"},
        {"0x0807FFFF+2", "not in the flash"},
        {"0x080008FF+2", "--keep 0x080008FF+0x2: the file has data there, from 0x080008FF on"},
        {"0x07FFFFFF+2", "not in the flash"},
    };
    struct bench bench;
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        set_up(&bench);
        assert_int_equal(keep(&bench, cases[i].text), EXIT_USAGE);
        assert_non_null(strstr(bench.problem.what, cases[i].what));
        assert_int_equal(bench.memory.calls[CALL_READ], 0);
        tear_down(&bench);
    }
}

// A folder for files that are left, which the test leaves empty.
static void in_folder(char folder[SCRATCH_BYTES])
{
    assert_true(scratch_folder(folder));
    assert_int_equal(chdir(folder), 0);
}

static void out_of_folder(const char *folder)
{
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(rmdir(folder), 0);
}

// What was saved, erased and asked for again comes from the file, which is Intel HEX.
static void what_an_update_has_erased_comes_from_its_file(void **state)
{
    char folder[SCRATCH_BYTES], name[KEEP_FILE_NAME_BYTES];
    uint8_t before[0x99];
    struct image image;
    struct bench bench;
    (void)state;

    in_folder(folder);
    set_up(&bench);
    memcpy(before, bench.memory.flash + 0xF01, sizeof before);
    assert_int_equal(keep(&bench, "0x08000F01+0x99"), 0);
    assert_int_equal(strlen(bench.keep.chip), 24);
    assert_int_equal(keep_file_save(bench.keep.chip, &bench.keep.read[0], &bench.problem), 0);
    keep_file_name(bench.keep.chip, START + 0xF01, name);
    assert_int_equal(image_open(&image, name, 0, &bench.problem), 0);
    assert_int_equal(image.segments[0].address, START + 0xF01);
    assert_int_equal(image.segments[0].size, sizeof before);
    assert_memory_equal(image.segments[0].bytes, before, sizeof before);
    image_close(&image);

    memset(bench.memory.flash + 0xF11, 0xFF, 0x89); // the update has put a part of it back
    keep_free(&bench.keep);
    assert_int_equal(keep(&bench, "0x08000F01+0x99"), 0);
    assert_memory_equal(bench.keep.read[0].bytes, before, sizeof before);
    assert_int_equal(bench.image.note_count, 1);
    assert_non_null(strstr(bench.image.notes[0].text, name));
    keep_file_remove(bench.keep.chip, &bench.keep.read[0]);
    tear_down(&bench);
    out_of_folder(folder);
}

static void a_file_of_something_else_is_refused(void **state)
{
    char folder[SCRATCH_BYTES];
    struct bench bench;
    (void)state;

    in_folder(folder);
    set_up(&bench);
    assert_int_equal(keep(&bench, "0x08000F01+0x99"), 0);
    assert_int_equal(keep_file_save(bench.keep.chip, &bench.keep.read[0], &bench.problem), 0);
    bench.memory.flash[0xF05] ^= 1; // written since
    keep_free(&bench.keep);
    assert_int_equal(keep(&bench, "0x08000F01+0x99"), EXIT_USAGE);
    assert_non_null(strstr(bench.problem.what, "the chip holds something else there now"));
    keep_file_remove(bench.keep.chip, &bench.keep.read[0]);
    keep_free(&bench.keep);

    bench.memory.hides_id = true;
    assert_int_equal(keep(&bench, "0x08000F01+0x99"), 0);
    assert_string_equal(bench.keep.chip, "");
    assert_int_equal(keep_file_save("", &bench.keep.read[0], &bench.problem), 0);
    keep_free(&bench.keep);
    assert_int_equal(keep(&bench, "0x08000F01+0x99"), EXIT_USAGE);
    assert_non_null(strstr(bench.problem.what, "does not show its unique id"));
    keep_file_remove("", &bench.keep.read[0]);
    tear_down(&bench);
    out_of_folder(folder);
}

static void a_folder_that_takes_no_file_is_said(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    assert_int_equal(chdir("/proc"), 0);
    assert_int_equal(keep(&bench, "0x08000F01+0x99"), 0);
    assert_int_equal(keep_file_save(bench.keep.chip, &bench.keep.read[0], &bench.problem),
                     EXIT_USAGE);
    assert_non_null(strstr(bench.problem.what, "cannot be written, and without this copy nothing"));
    assert_int_equal(chdir("/"), 0);
    tear_down(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_shares_a_page_is_read),
        cmocka_unit_test(a_byte_counts_when_it_was_read_twice_the_same),
        cmocka_unit_test(what_makes_no_sense_is_refused),
        cmocka_unit_test(what_an_update_has_erased_comes_from_its_file),
        cmocka_unit_test(a_file_of_something_else_is_refused),
        cmocka_unit_test(a_folder_that_takes_no_file_is_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
