// test_second_rom_defects.c: the second ROM does wrong what its configuration says.
// SPDX-License-Identifier: MIT
#include "second_rom_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void shows_the_defects_that_it_is_told(void **state)
{
    struct second_rom_config odd = second_rom_small;
    struct bench bench;
    (void)state;

    odd.defects = SECOND_ROM_DOUBLE_NACK_OF_SYNC | SECOND_ROM_DOUBLE_ACK | SECOND_ROM_DOUBLE_NACK |
                  SECOND_ROM_NO_FIRST_ACK_OF_GO | SECOND_ROM_NO_NACK_FOR_ADDRESS |
                  SECOND_ROM_GO_FAILS;
    odd.get_version = 0x20;
    bench = (struct bench){.rom = second_rom_new(&odd)};
    SAY(&bench, 0x7F);
    ANSWERS(&bench, ACK, ACK);
    SAY(&bench, 0x7F, 0x7F);
    ANSWERS(&bench, NACK, NACK);
    SAY(&bench, 0x01, 0xFE);
    ANSWERS(&bench, ACK, 0x20, 0, 0, ACK);
    SAY(&bench, 0x11, 0xEE, 0x60, 0, 0, 0, 0x60);
    ANSWERS(&bench, ACK);
    second_rom_set_readout_protection(bench.rom, 1);
    SAY(&bench, 0x31, 0xCE);
    ANSWERS(&bench, NACK, NACK);
    second_rom_set_readout_protection(bench.rom, 0);
    SAY(&bench, 0x21, 0xDE, 0x08, 0, 0, 0, 0x08);
    ANSWERS(&bench, ACK);
    assert_int_equal(second_rom_log(bench.rom)->starts, 0);
    second_rom_free(bench.rom);
}

// A chip with two written pages in each bank, in front of the sync byte.
static void set_up_full(struct bench *bench, struct second_rom_config config, unsigned defects)
{
    static uint8_t zeros[4096];

    config.defects = defects;
    set_up(bench, &config);
    second_rom_preset(bench->rom, FLASH, zeros, sizeof zeros);
}

static void erases_as_wrongly_as_it_is_told(void **state)
{
    struct second_rom_config limited = second_rom_small;
    struct bench bench;
    (void)state;

    set_up_full(&bench, second_rom_small, SECOND_ROM_FIRST_PAGE_ONLY);
    SAY(&bench, 0x44, 0xBB, 0, 1, 0, 0, 0, 1, 0);
    ANSWERS(&bench, ACK, ACK);
    assert_int_equal(second_rom_log(bench.rom)->erases, 1);
    second_rom_free(bench.rom);
    set_up_full(&bench, second_rom_small, SECOND_ROM_SECOND_BANK_ONCE);
    SAY(&bench, 0x44, 0xBB, 0, 1, 0, 10, 0, 11, 0);
    ANSWERS(&bench, ACK, NACK);
    assert_int_equal(second_rom_log(bench.rom)->erases, 1);
    second_rom_free(bench.rom);
    set_up_full(&bench, second_rom_small, SECOND_ROM_NO_MASS_ERASE | SECOND_ROM_NO_BANK_ERASE);
    SAY(&bench, 0x44, 0xBB, 0xFF, 0xFF, 0x00, 0x44, 0xBB, 0xFF, 0xFD, 0x02);
    ANSWERS(&bench, ACK, NACK, ACK, NACK);
    assert_int_equal(second_rom_log(bench.rom)->erases, 0);
    second_rom_free(bench.rom);
    limited.most_pages = 1;
    set_up_full(&bench, limited, 0);
    SAY(&bench, 0x44, 0xBB, 0, 1, 0, 0, 0, 1, 0);
    ANSWERS(&bench, ACK, NACK);
    assert_int_equal(second_rom_log(bench.rom)->erases, 0);
    second_rom_free(bench.rom);
}

static void writes_as_wrongly_as_it_is_told(void **state)
{
    struct bench bench;
    (void)state;

    set_up_full(&bench, second_rom_small, SECOND_ROM_ERASE_NOT_AWAITED);
    SAY(&bench, 0x44, 0xBB, 0, 0, 0, 0, 0);
    SAY(&bench, 0x31, 0xCE, 0x08, 0, 0, 0, 0x08, 3, 1, 2, 3, 4, 7);
    ANSWERS(&bench, ACK, ACK, ACK);
    assert_int_equal(*second_rom_flash(bench.rom, FLASH, 1), 0xFF);
    bench.now_us += 20000;
    SAY(&bench, 0x31, 0xCE, 0x08, 0, 0, 0, 0x08, 3, 1, 2, 3, 4, 7);
    assert_int_equal(*second_rom_flash(bench.rom, FLASH, 1), 1);
    second_rom_free(bench.rom);
    struct second_rom_config odd = second_rom_small;
    odd.defects = SECOND_ROM_READ_LOSES_UNIT | SECOND_ROM_CORRUPTS_RAM;
    set_up(&bench, &odd);
    SAY(&bench, 0x11, 0xEE, 0x08, 0, 0, 0, 0x08, 0, 0xFF);
    SAY(&bench, 0x31, 0xCE, 0x08, 0, 0, 0, 0x08, 3, 1, 2, 3, 4, 7);
    ANSWERS(&bench, ACK, ACK, ACK);
    assert_int_equal(*second_rom_flash(bench.rom, FLASH, 1), 0xFF);
    SAY(&bench, 0x31, 0xCE, 0x08, 0, 0, 0, 0x08, 3, 1, 2, 3, 4, 7);
    assert_int_equal(*second_rom_flash(bench.rom, FLASH, 1), 1);
    SAY(&bench, 0x31, 0xCE, 0x20, 0, 0x10, 0, 0x30, 3, 1, 2, 3, 4, 7);
    SAY(&bench, 0x11, 0xEE, 0x20, 0, 0x10, 0, 0x30, 3, 0xFC);
    assert_memory_not_equal(bench.answers + 3, ((uint8_t[]){1, 2, 3, 4}), 4);
    second_rom_free(bench.rom);
}

static void a_wrong_first_byte_makes_it_deaf(void **state)
{
    struct second_rom_config deaf = second_rom_small;
    struct bench bench;
    (void)state;

    deaf.wrong_sync_ends = true;
    bench = (struct bench){.rom = second_rom_new(&deaf)};
    SAY(&bench, 0x7E, 0x7F);
    assert_int_equal(bench.count, 0);
    assert_true(second_rom_is_deaf(bench.rom));
    second_rom_power_on(bench.rom);
    SAY(&bench, 0x7F);
    ANSWERS(&bench, ACK);
    second_rom_free(bench.rom);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shows_the_defects_that_it_is_told),
        cmocka_unit_test(erases_as_wrongly_as_it_is_told),
        cmocka_unit_test(writes_as_wrongly_as_it_is_told),
        cmocka_unit_test(a_wrong_first_byte_makes_it_deaf),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
