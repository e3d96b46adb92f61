// test_rom_defects.c: the virtual ROM shows what versions of ROMs do wrong with flash.
// SPDX-License-Identifier: MIT
#include "blocks.h"
#include "commands.h"
#include "journal.h"
#include "rom_flash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { UNIT = 32, MOST = 513 };

struct bench {
    struct chip chip;
    struct journal journal;
    struct rom rom;
    uint32_t flash;
};

static const uint8_t units[2 * UNIT] = {1, [UNIT] = 2};

static void set_up(struct bench *bench, const char *slug, uint16_t version)
{
    struct problem problem;

    memset(bench, 0, sizeof *bench);
    journal_open(&bench->journal, NULL, &bench->chip.core.instructions);
    assert_int_equal(
        chip_open(&bench->chip, device_find(slug), blocks_type, &bench->journal, 1, &problem), 0);
    bench->rom = (struct rom){.chip = &bench->chip, .version = version};
    bench->flash = bench->chip.device->flash.start;
}

static void tear_down(struct bench *bench)
{
    chip_close(&bench->chip);
    journal_close(&bench->journal);
}

static uint8_t byte_at(const struct bench *bench, uint32_t address)
{
    return *memory_at(&bench->chip.memory, address, 1);
}

// Programs the first bytes of a page, by its number, and returns where they are.
static uint32_t use_page(struct bench *bench, unsigned number)
{
    for (const struct page_run *run = bench->chip.device->pages; run->count; run++) {
        if (number >= run->first_number && number - run->first_number < run->count) {
            uint32_t start = run->start + (number - run->first_number) * run->size;
            assert_true(rom_flash_write(&bench->chip, start, units, UNIT));
            return start;
        }
    }
    fail();
    return 0;
}

static void of_several_pages_u375_erases_the_first(void **state)
{
    static const uint16_t pages[] = {3, 4};
    struct bench bench;
    (void)state;

    set_up(&bench, "u375", 0xE1);
    uint32_t first = use_page(&bench, 3), second = use_page(&bench, 4);
    assert_true(commands_erase_pages(&bench.rom, pages, 2));
    assert_int_equal(byte_at(&bench, first), 0xFF);
    assert_int_equal(byte_at(&bench, second), 1);
    bench.rom.version = 0xE2;
    assert_true(commands_erase_pages(&bench.rom, pages, 2));
    assert_int_equal(byte_at(&bench, second), 0xFF);
    tear_down(&bench);
}

static void of_several_pages_of_bank_2_g0b1_erases_the_first(void **state)
{
    static const uint16_t first_bank[] = {3, 4}, second_bank[] = {256, 257};
    struct bench bench;
    (void)state;

    set_up(&bench, "g0b1", 0x92);
    uint32_t first = use_page(&bench, 256), second = use_page(&bench, 257);
    assert_true(commands_erase_pages(&bench.rom, first_bank, 2));
    assert_false(commands_erase_pages(&bench.rom, second_bank, 2));
    assert_int_equal(byte_at(&bench, first), 0xFF);
    assert_int_equal(byte_at(&bench, second), 1);
    assert_true(commands_erase_pages(&bench.rom, second_bank + 1, 1));
    assert_int_equal(byte_at(&bench, second), 0xFF);
    tear_down(&bench);
}

static void g07_does_not_wait_for_an_erase(void **state)
{
    static const uint16_t pages[] = {3, 4};
    struct bench bench;
    (void)state;

    set_up(&bench, "g07", 0xB3);
    uint32_t first = use_page(&bench, 3), second = use_page(&bench, 4);
    assert_true(commands_erase_pages(&bench.rom, pages, 2));
    assert_true(commands_write(&bench.rom, first, units + UNIT, UNIT));
    assert_int_equal(byte_at(&bench, first), 0xFF);
    assert_int_equal(byte_at(&bench, second), 1);
    bench.rom.erase_ends_at = 1; // long ago
    assert_true(commands_write(&bench.rom, first, units + UNIT, UNIT));
    assert_int_equal(byte_at(&bench, first), 2);
    tear_down(&bench);
}

static void l1_refuses_long_lists_and_a_mass_erase(void **state)
{
    static const uint16_t pages[MOST] = {0};
    struct bench bench;
    (void)state;

    set_up(&bench, "l1xb", 0x20);
    assert_true(commands_erase_pages(&bench.rom, pages, MOST - 1));
    assert_false(commands_erase_pages(&bench.rom, pages, MOST));
    use_page(&bench, 0);
    assert_false(commands_erase_all(&bench.rom));
    assert_int_equal(byte_at(&bench, bench.flash), 1);
    tear_down(&bench);
}

static void l496_refuses_the_erase_of_a_bank(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench, "l49", 0x93);
    use_page(&bench, 0);
    assert_false(commands_erase_bank(&bench.rom, 1));
    assert_int_equal(byte_at(&bench, bench.flash), 1);
    assert_true(commands_erase_all(&bench.rom));
    tear_down(&bench);
}

static void h723_loses_the_first_unit_behind_a_read(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench, "h723", 0x93);
    uint32_t flash = bench.flash;
    commands_read(&bench.rom, flash);
    assert_true(commands_write(&bench.rom, flash, units, 2 * UNIT));
    assert_int_equal(byte_at(&bench, flash), 0xFF);
    assert_int_equal(byte_at(&bench, flash + UNIT), 2);
    assert_true(commands_write(&bench.rom, flash, units, UNIT));
    assert_int_equal(byte_at(&bench, flash), 1);
    tear_down(&bench);
}

static void l47_corrupts_what_is_written_to_ram(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench, "l47", 0x90);
    const struct ram *ram = bench.chip.device->rams;
    uint32_t end = ram->region.start + ram->region.size;
    assert_true(commands_write(&bench.rom, end - UNIT, units, UNIT));
    assert_memory_not_equal(memory_at(&bench.chip.memory, end - UNIT, UNIT), units, UNIT);
    bench.rom.version = 0x92;
    assert_true(commands_write(&bench.rom, end - UNIT, units, UNIT));
    assert_memory_equal(memory_at(&bench.chip.memory, end - UNIT, UNIT), units, UNIT);
    tear_down(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_several_pages_u375_erases_the_first),
        cmocka_unit_test(of_several_pages_of_bank_2_g0b1_erases_the_first),
        cmocka_unit_test(g07_does_not_wait_for_an_erase),
        cmocka_unit_test(l1_refuses_long_lists_and_a_mass_erase),
        cmocka_unit_test(l496_refuses_the_erase_of_a_bank),
        cmocka_unit_test(h723_loses_the_first_unit_behind_a_read),
        cmocka_unit_test(l47_corrupts_what_is_written_to_ram),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
