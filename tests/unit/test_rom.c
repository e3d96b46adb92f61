// test_rom.c: the virtual ROM answers AN3155 and programs flash as each device's ROM and flash do.
// SPDX-License-Identifier: MIT
//
// A host's bytes are put into the wire beforehand, the ROM serves until they run out, and its
// answers are read from the other end.
#include "rom_bench.h"

#include "rom_flash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void get_lists_exactly_the_commands_that_are_served(void **state)
{
    static const char *const slugs[] = {"f405", "g0b1", "h723", "u575"};
    struct rom_bench bench;
    (void)state;

    for (size_t i = 0; i < 4; i++) {
        rom_bench_set_up(&bench, slugs[i]);
        SERVE(&bench, 0x00, 0xFF, 0x43, 0xBC, 0xA1, 0x5E, 0x45, 0xBA);
        int listed = bench.answer[1];
        assert_int_equal(bench.answer[2], bench.chip.device->an3155_version);
        assert_memory_equal(bench.answer + 3, bench.chip.device->rom_commands, (size_t)listed);
        assert_int_equal(bench.chip.device->rom_commands[listed], 0xFF);
        assert_int_equal(bench.answered, 3 + listed + 1 + 3);
        for (int unlisted = 0; unlisted < 3; unlisted++) {
            assert_int_equal(bench.answer[3 + listed + 1 + unlisted], NACK);
        }
        rom_bench_tear_down(&bench);
    }
}

static void get_id_is_the_product(void **state)
{
    struct rom_bench bench;
    (void)state;

    rom_bench_set_up(&bench, "h723");
    SERVE(&bench, 0x02, 0xFD);
    ASSERT_ANSWER(&bench, ACK, 0x01, 0x04, 0x83, ACK);
    rom_bench_tear_down(&bench);
}

static void wrong_complements_and_checksums_are_refused(void **state)
{
    struct rom_bench bench;
    (void)state;

    rom_bench_set_up(&bench, "f405");
    SERVE(&bench, 0x02, 0xFC);
    ASSERT_ANSWER(&bench, NACK);
    SERVE(&bench, 0x11, 0xEE, 0x08, 0x00, 0x00, 0x00, 0x09);
    ASSERT_ANSWER(&bench, ACK, NACK);
    SERVE(&bench, 0x31, 0xCE, 0x08, 0x00, 0x00, 0x00, 0x08, 0x03, 1, 2, 3, 4, 0x00);
    ASSERT_ANSWER(&bench, ACK, ACK, NACK);
    assert_int_equal(memory_word(&bench.chip.memory, 0x08000000), 0xFFFFFFFF);
    rom_bench_tear_down(&bench);
}

static void memory_that_the_rom_uses_is_closed(void **state)
{
    struct rom_bench bench;
    (void)state;

    rom_bench_set_up(&bench, "f405");
    SERVE(&bench, 0x11, 0xEE, 0x20, 0x00, 0x2F, 0xFC, 0xF3);
    ASSERT_ANSWER(&bench, ACK, NACK);
    SERVE(&bench, 0x11, 0xEE, 0x20, 0x00, 0x30, 0x00, 0x10, 0x00, 0xFF);
    assert_int_equal(bench.answered, 4);
    SERVE(&bench, 0x31, 0xCE, 0x20, 0x00, 0x00, 0x00, 0x20);
    ASSERT_ANSWER(&bench, ACK, NACK);
    rom_bench_tear_down(&bench);
}

static void writes_stay_inside_flash_and_aligned(void **state)
{
    struct rom_bench bench;
    (void)state;

    rom_bench_set_up(&bench, "g0b1");
    SERVE(&bench, 0x31, 0xCE, 0x08, 0x00, 0x00, 0x02, 0x0A);
    ASSERT_ANSWER(&bench, ACK, NACK);
    SERVE(&bench, 0x31, 0xCE, 0x08, 0x08, 0x00, 0x00, 0x00);
    ASSERT_ANSWER(&bench, ACK, NACK);
    rom_bench_tear_down(&bench);
}

static void a_second_write_does_what_this_flash_does(void **state)
{
    static const uint8_t first[32] = {0xF0, 0xF0, 0xF0, 0xF0},
                         second[32] = {0x3C, 0x3C, 0x3C, 0x3C};
    struct rom_bench bench;
    (void)state;

    rom_bench_set_up(&bench, "f405");
    assert_true(rom_flash_write(&bench.chip, 0x08000000, first, 4));
    assert_true(rom_flash_write(&bench.chip, 0x08000000, second, 4));
    assert_int_equal(memory_word(&bench.chip.memory, 0x08000000), 0x30303030);
    rom_bench_tear_down(&bench);

    rom_bench_set_up(&bench, "g0b1");
    assert_true(rom_flash_write(&bench.chip, 0x08000000, first, 4));
    assert_int_equal(memory_word(&bench.chip.memory, 0x08000004), 0xFFFFFFFF);
    assert_false(rom_flash_write(&bench.chip, 0x08000004, second, 4)); // the same 8 bytes
    assert_int_equal(memory_word(&bench.chip.memory, 0x08000000), 0xF0F0F0F0);
    assert_true(rom_flash_write(&bench.chip, 0x08000000, (const uint8_t[8]){0}, 8));
    rom_bench_tear_down(&bench);

    rom_bench_set_up(&bench, "u575");
    assert_true(rom_flash_write(&bench.chip, 0x08000000, first, 8));
    assert_false(rom_flash_write(&bench.chip, 0x08000008, second, 8)); // the same 16 bytes
    rom_bench_tear_down(&bench);

    rom_bench_set_up(&bench, "h723");
    assert_true(rom_flash_write(&bench.chip, 0x08000000, first, 16));
    assert_true(rom_flash_write(&bench.chip, 0x08000010, second, 16)); // the same 32 bytes
    assert_int_not_equal(memory_word(&bench.chip.memory, 0x08000000), 0xF0F0F0F0);
    rom_bench_tear_down(&bench);
}

static void erase_takes_the_pages_of_the_list(void **state)
{
    static const uint8_t word[4] = {1, 2, 3, 4};
    struct rom_bench bench;
    (void)state;

    rom_bench_set_up(&bench, "f405"); // sectors 0 to 3 of 16 KB, 4 of 64 KB, then 128 KB
    assert_true(rom_flash_write(&bench.chip, 0x08004000, word, 4));
    assert_true(rom_flash_write(&bench.chip, 0x08020000, word, 4));
    assert_true(rom_flash_write(&bench.chip, 0x08008000, word, 4));
    SERVE(&bench, 0x44, 0xBB, 0x00, 0x01, 0x00, 0x01, 0x00, 0x05, 0x05);
    ASSERT_ANSWER(&bench, ACK, ACK);
    assert_int_equal(memory_word(&bench.chip.memory, 0x08004000), 0xFFFFFFFF);
    assert_int_equal(memory_word(&bench.chip.memory, 0x08020000), 0xFFFFFFFF);
    assert_int_equal(memory_word(&bench.chip.memory, 0x08008000), 0x04030201);
    // There is no sector 12, which AN3155 does not call an error.
    SERVE(&bench, 0x44, 0xBB, 0x00, 0x01, 0x00, 0x0C, 0x00, 0x01, 0x0C);
    ASSERT_ANSWER(&bench, ACK, ACK);
    SERVE(&bench, 0x44, 0xBB, 0xFF, 0xFF, 0x00);
    ASSERT_ANSWER(&bench, ACK, ACK);
    assert_int_equal(memory_word(&bench.chip.memory, 0x08008000), 0xFFFFFFFF);
    rom_bench_tear_down(&bench);
}

static void erase_of_one_byte_a_page_takes_the_pages_of_the_list(void **state)
{
    static const uint8_t word[4] = {1, 2, 3, 4};
    struct rom_bench bench;
    const struct memory *memory = &bench.chip.memory;
    (void)state;

    rom_bench_set_up(&bench, "f10medium"); // 128 pages of 1 KB
    assert_true(rom_flash_write(&bench.chip, 0x08000000, word, 4));
    assert_true(rom_flash_write(&bench.chip, 0x08000400, word, 4));
    assert_true(rom_flash_write(&bench.chip, 0x0801FC00, word, 4));
    SERVE(&bench, 0x43, 0xBC, 0x01, 0x01, 0x7F, 0x00); // the checksum is 0x7F
    ASSERT_ANSWER(&bench, ACK, NACK);
    assert_int_equal(memory_word(memory, 0x0801FC00), 0x04030201);
    SERVE(&bench, 0x43, 0xBC, 0x01, 0x01, 0x7F, 0x7F);
    ASSERT_ANSWER(&bench, ACK, ACK);
    assert_int_equal(bench.rom.pages_erased, 2);
    assert_int_equal(memory_word(memory, 0x08000000), 0x04030201);
    assert_int_equal(memory_word(memory, 0x08000400), 0xFFFFFFFF);
    assert_int_equal(memory_word(memory, 0x0801FC00), 0xFFFFFFFF);
    // There is no page 128; the checksum of a global erase is 0x00.
    SERVE(&bench, 0x43, 0xBC, 0x00, 0x80, 0x80, 0x43, 0xBC, 0xFF, 0xFF, 0x02, 0xFD);
    ASSERT_ANSWER(&bench, ACK, ACK, ACK, NACK, ACK, 0x01, 0x04, 0x10, ACK);
    assert_int_equal(memory_word(memory, 0x08000000), 0x04030201);
    SERVE(&bench, 0x43, 0xBC, 0xFF, 0x00, 0x44, 0xBB); // a ROM has one of the two commands
    ASSERT_ANSWER(&bench, ACK, ACK, NACK);
    assert_int_equal(memory_word(memory, 0x08000000), 0xFFFFFFFF);
    rom_bench_tear_down(&bench);
}

static void readout_protection_closes_memory(void **state)
{
    struct rom_bench bench;
    (void)state;

    rom_bench_set_up(&bench, "f405");
    assert_int_equal(SERVE(&bench, 0x82, 0x7D), ROM_RESET);
    ASSERT_ANSWER(&bench, ACK, ACK);
    assert_true(bench.chip.reset_wanted);
    SERVE(&bench, 0x11, 0xEE, 0x31, 0xCE, 0x21, 0xDE, 0x02, 0xFD);
    ASSERT_ANSWER(&bench, NACK, NACK, NACK, ACK, 0x01, 0x04, 0x13, ACK);
    assert_int_equal(SERVE(&bench, 0x92, 0x6D), ROM_RESET);
    SERVE(&bench, 0x11, 0xEE, 0x08, 0x00, 0x00, 0x00, 0x08, 0x00, 0xFF);
    ASSERT_ANSWER(&bench, ACK, ACK, ACK, 0xFF);
    rom_bench_tear_down(&bench);
}

static void option_bytes_protect_alike(void **state)
{
    struct rom_bench bench;
    (void)state;

    rom_bench_set_up(&bench, "f405");
    assert_true(option_bits_set(&bench.chip, OPTION_RDP_LEVEL_1));
    SERVE(&bench, 0x11, 0xEE, 0x31, 0xCE, 0x21, 0xDE, 0x44, 0xBB, 0x02, 0xFD);
    ASSERT_ANSWER(&bench, NACK, NACK, NACK, NACK, ACK, 0x01, 0x04, 0x13, ACK);
    assert_int_equal(SERVE(&bench, 0x92, 0x6D), ROM_RESET);
    assert_false(option_bits_refuse(&bench.chip, OPTION_RDP_LEVEL_1));
    SERVE(&bench, 0x11, 0xEE, 0x08, 0x00, 0x00, 0x00, 0x08, 0x00, 0xFF);
    ASSERT_ANSWER(&bench, ACK, ACK, ACK, 0xFF);
    assert_true(option_bits_set(&bench.chip, OPTION_RDP_LEVEL_2));
    SERVE(&bench, 0x92, 0x6D, 0x21, 0xDE, 0x02, 0xFD);
    ASSERT_ANSWER(&bench, NACK, NACK, ACK, 0x01, 0x04, 0x13, ACK);
    rom_bench_tear_down(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(get_lists_exactly_the_commands_that_are_served),
        cmocka_unit_test(get_id_is_the_product),
        cmocka_unit_test(wrong_complements_and_checksums_are_refused),
        cmocka_unit_test(memory_that_the_rom_uses_is_closed),
        cmocka_unit_test(writes_stay_inside_flash_and_aligned),
        cmocka_unit_test(a_second_write_does_what_this_flash_does),
        cmocka_unit_test(erase_takes_the_pages_of_the_list),
        cmocka_unit_test(erase_of_one_byte_a_page_takes_the_pages_of_the_list),
        cmocka_unit_test(readout_protection_closes_memory),
        cmocka_unit_test(option_bytes_protect_alike),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
