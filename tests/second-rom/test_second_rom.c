// test_second_rom.c: the second ROM answers as AN3155's figures show, and its flash is as strict.
// SPDX-License-Identifier: MIT
#include "second_rom_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const uint8_t legacy[] = {0x00, 0x01, 0x02, 0x11, 0x21, 0x31, 0x43};

static void asks_who_it_is(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench, &second_rom_small);
    SAY(&bench, 0x00, 0xFF);
    ANSWERS(&bench, ACK, 11, 0x31, 0x00, 0x01, 0x02, 0x11, 0x21, 0x31, 0x44, 0x63, 0x73, 0x82, 0x92,
            ACK);
    SAY(&bench, 0x01, 0xFE);
    ANSWERS(&bench, ACK, 0x31, 0, 0, ACK);
    SAY(&bench, 0x02, 0xFD);
    ANSWERS(&bench, ACK, 1, 0x04, 0x67, ACK);
    SAY(&bench, 0x43, 0xBC, 0x44, 0xBA);
    ANSWERS(&bench, NACK, NACK);
    SAY(&bench, 0x7F, 0x7F);
    ANSWERS(&bench, NACK);
    second_rom_free(bench.rom);
}

static void writes_and_reads(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench, &second_rom_small);
    SAY(&bench, 0x31, 0xCE, 0x08, 0, 0, 0, 0x08, 7, 1, 2, 3, 4, 5, 6, 7, 8, 7 ^ 8);
    ANSWERS(&bench, ACK, ACK, ACK);
    SAY(&bench, 0x11, 0xEE, 0x08, 0, 0, 4, 0x0C, 3, 0xFC);
    ANSWERS(&bench, ACK, ACK, ACK, 5, 6, 7, 8);
    SAY(&bench, 0x11, 0xEE, 0x1F, 0xFF, 0x75, 0xE0, 0x75, 1, 0xFE);
    ANSWERS(&bench, ACK, ACK, ACK, 64, 0);
    assert_int_equal(second_rom_log(bench.rom)->outside, 0);
    // The address is not checked before its checksum, the length by its complement.
    SAY(&bench, 0x11, 0xEE, 0x08, 0, 0, 4, 0x0D);
    ANSWERS(&bench, ACK, NACK);
    SAY(&bench, 0x11, 0xEE, 0x60, 0, 0, 0, 0x60);
    ANSWERS(&bench, ACK, NACK);
    SAY(&bench, 0x11, 0xEE, 0x08, 0, 0, 4, 0x0C, 3, 3);
    ANSWERS(&bench, ACK, ACK, NACK);
    second_rom_free(bench.rom);
}

static void a_wrong_checksum_writes_nothing(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench, &second_rom_small);
    SAY(&bench, 0x31, 0xCE, 0x08, 0, 0, 0, 0x08, 3, 1, 2, 3, 4, 0);
    ANSWERS(&bench, ACK, ACK, NACK);
    SAY(&bench, 0x44, 0xBB, 0, 0, 0, 0, 1);
    ANSWERS(&bench, ACK, NACK);
    assert_int_equal(second_rom_log(bench.rom)->operations, 0);
    second_rom_free(bench.rom);
}

static void a_unit_is_written_once(void **state)
{
    struct second_rom_config ands = second_rom_small;
    struct bench bench;
    (void)state;

    set_up(&bench, &second_rom_small);
    SAY(&bench, 0x31, 0xCE, 0x08, 0, 0, 0, 0x08, 3, 1, 2, 3, 4, 7);
    SAY(&bench, 0x31, 0xCE, 0x08, 0, 0, 0, 0x08, 3, 0, 0, 0, 0, 3);
    ANSWERS(&bench, ACK, ACK, NACK);
    assert_int_equal(second_rom_log(bench.rom)->refused, 1);
    assert_int_equal(*second_rom_flash(bench.rom, FLASH, 1), 1);
    second_rom_free(bench.rom);

    ands.rewrite = SECOND_ROM_ANDS;
    set_up(&bench, &ands);
    SAY(&bench, 0x31, 0xCE, 0x08, 0, 0, 0, 0x08, 3, 1, 2, 3, 4, 7);
    SAY(&bench, 0x31, 0xCE, 0x08, 0, 0, 0, 0x08, 3, 3, 3, 3, 3, 3);
    ANSWERS(&bench, ACK, ACK, ACK);
    assert_memory_equal(second_rom_flash(bench.rom, FLASH, 4), ((uint8_t[]){1, 2, 3, 0}), 4);
    second_rom_free(bench.rom);
}

static void erases_pages_banks_and_everything(void **state)
{
    static uint8_t zeros[4096];
    struct bench bench;
    (void)state;

    set_up(&bench, &second_rom_small);
    second_rom_renew(bench.rom);
    second_rom_preset(bench.rom, FLASH, zeros, sizeof zeros);
    bench.now_us = 0;
    SAY(&bench, 0x7F);
    SAY(&bench, 0x44, 0xBB, 0, 0, 0, 10, 10);
    ANSWERS(&bench, ACK, ACK);
    assert_true(bench.now_us > 20000);
    assert_int_equal(*second_rom_flash(bench.rom, FLASH + 2048, 1), 0xFF);
    assert_int_equal(*second_rom_flash(bench.rom, FLASH + 2047, 1), 0);
    assert_int_equal(second_rom_log(bench.rom)->outside, 1024);
    SAY(&bench, 0x44, 0xBB, 0xFF, 0xFE, 0x01);
    ANSWERS(&bench, ACK, ACK);
    assert_int_equal(*second_rom_flash(bench.rom, FLASH + 2047, 1), 0xFF);
    assert_int_equal(*second_rom_flash(bench.rom, FLASH + 3072, 1), 0);
    SAY(&bench, 0x44, 0xBB, 0xFF, 0xFC, 0x03);
    ANSWERS(&bench, ACK, NACK);
    SAY(&bench, 0x44, 0xBB, 0xFF, 0xFF, 0x00);
    ANSWERS(&bench, ACK, ACK);
    assert_int_equal(*second_rom_flash(bench.rom, FLASH + 3072, 1), 0xFF);
    second_rom_free(bench.rom);
}

static void the_older_erase_counts_in_bytes(void **state)
{
    static uint8_t zeros[4096];
    struct second_rom_config old = second_rom_small;
    struct bench bench;
    (void)state;

    old.commands = legacy;
    old.command_count = sizeof legacy;
    set_up(&bench, &old);
    second_rom_renew(bench.rom);
    second_rom_preset(bench.rom, FLASH, zeros, sizeof zeros);
    bench.now_us = 0;
    SAY(&bench, 0x7F);
    SAY(&bench, 0x43, 0xBC, 1, 0, 10, 11);
    ANSWERS(&bench, ACK, ACK);
    assert_int_equal(second_rom_log(bench.rom)->erases, 2);
    SAY(&bench, 0x43, 0xBC, 0xFF, 0xFF, 0x43, 0xBC, 0xFF, 0x00);
    ANSWERS(&bench, ACK, NACK, ACK, ACK);
    assert_int_equal(*second_rom_flash(bench.rom, FLASH + 1024, 1), 0xFF);
    second_rom_free(bench.rom);
}

static void protection_refuses_and_is_counted(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench, &second_rom_small);
    SAY(&bench, 0x82, 0x7D);
    ANSWERS(&bench, ACK, ACK);
    SAY(&bench, 0x7F, 0x11, 0xEE, 0x01, 0xFE);
    ANSWERS(&bench, ACK, NACK, ACK, 0x31, 0, 0, ACK);
    SAY(&bench, 0x92, 0x6D);
    ANSWERS(&bench, ACK, ACK);
    assert_int_equal(second_rom_log(bench.rom)->protections, 2);
    SAY(&bench, 0x7F, 0x63, 0x9C, 0, 0, 0);
    ANSWERS(&bench, ACK, ACK, ACK);
    SAY(&bench, 0x7F, 0x31, 0xCE, 0x08, 0, 0, 0, 0x08, 3, 1, 2, 3, 4, 7);
    assert_int_equal(*second_rom_flash(bench.rom, FLASH, 1), 0xFF);
    SAY(&bench, 0x31, 0xCE, 0x1F, 0xFF, 0x78, 0, 0x98, 3, 1, 2, 3, 4, 7);
    ANSWERS(&bench, ACK, ACK, ACK);
    assert_int_equal(second_rom_log(bench.rom)->option_writes, 1);
    second_rom_free(bench.rom);
}

static void go_starts_it_once(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench, &second_rom_small);
    SAY(&bench, 0x21, 0xDE, 0x1F, 0xFF, 0, 0, 0xE0);
    ANSWERS(&bench, ACK, NACK);
    SAY(&bench, 0x21, 0xDE, 0x08, 0, 0, 0, 0x08, 0x00, 0xFF);
    ANSWERS(&bench, ACK, ACK);
    assert_int_equal(second_rom_log(bench.rom)->starts, 1);
    assert_int_equal(second_rom_log(bench.rom)->started_at, FLASH);
    second_rom_free(bench.rom);
}

static void a_busy_rom_keeps_one_byte(void **state)
{
    static const uint8_t erase[] = {0x44, 0xBB, 0, 0, 0, 0, 0};
    struct bench bench;
    (void)state;

    set_up(&bench, &second_rom_small);
    for (size_t i = 0; i < sizeof erase; i++) {
        bench.now_us += i == 2 ? 2000 : BYTE_US;
        second_rom_byte(bench.rom, erase[i], bench.now_us);
    }
    // 20 ms of work: of these only the first arrives, and is half of a command with the last.
    SAY(&bench, 0x02, 0xFD, 0xFD);
    assert_int_equal(second_rom_log(bench.rom)->lost, 2);
    bench.now_us += 30000;
    SAY(&bench, 0xFD);
    ANSWERS(&bench, ACK, 1, 0x04, 0x67, ACK);
    second_rom_free(bench.rom);
}

static void a_power_cut_leaves_half_of_one_operation(void **state)
{
    static uint8_t zeros[1024];
    struct bench bench;
    (void)state;

    set_up(&bench, &second_rom_small);
    second_rom_renew(bench.rom);
    second_rom_preset(bench.rom, FLASH, zeros, sizeof zeros);
    bench.now_us = 0;
    SAY(&bench, 0x7F);
    second_rom_cut_power_after(bench.rom, 1);
    SAY(&bench, 0x44, 0xBB, 0, 0, 0, 0, 0);
    assert_false(second_rom_has_power(bench.rom));
    assert_int_equal(*second_rom_flash(bench.rom, FLASH + 511, 1), 0xFF);
    assert_int_equal(*second_rom_flash(bench.rom, FLASH + 512, 1), 0);
    SAY(&bench, 0x7F);
    assert_int_equal(bench.count, 0);
    second_rom_power_on(bench.rom);
    second_rom_cut_power_after(bench.rom, 2);
    SAY(&bench, 0x7F);
    ANSWERS(&bench, ACK);
    SAY(&bench, 0x31, 0xCE, 0x08, 0, 0, 0, 0x08, 15, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8,
        15);
    assert_memory_equal(second_rom_flash(bench.rom, FLASH + 8, 5), ((uint8_t[]){1, 2, 3, 4, 0xFF}),
                        5);
    second_rom_free(bench.rom);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(asks_who_it_is),
        cmocka_unit_test(writes_and_reads),
        cmocka_unit_test(a_wrong_checksum_writes_nothing),
        cmocka_unit_test(a_unit_is_written_once),
        cmocka_unit_test(erases_pages_banks_and_everything),
        cmocka_unit_test(the_older_erase_counts_in_bytes),
        cmocka_unit_test(protection_refuses_and_is_counted),
        cmocka_unit_test(go_starts_it_once),
        cmocka_unit_test(a_busy_rom_keeps_one_byte),
        cmocka_unit_test(a_power_cut_leaves_half_of_one_operation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
