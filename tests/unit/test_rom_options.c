// test_rom_options.c: the virtual ROM shows option bytes, and obeys their write protection.
// SPDX-License-Identifier: MIT
#include "option_area.h"
#include "rom_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void set_up(struct rom_bench *bench, const char *slug, unsigned kb)
{
    rom_bench_set_up(bench, slug);
    option_area_fill(&bench->chip.option_area, bench->chip.device, kb);
}

// The ROM of an F401 refuses the first (stm32loader).
static void the_size_is_read_with_the_block_around_it(void **state)
{
    struct rom_bench bench;
    (void)state;

    set_up(&bench, "f405", 512);
    SERVE(&bench, 0x11, 0xEE, 0x1F, 0xFF, 0x7A, 0x22, 0xB8);
    ASSERT_ANSWER(&bench, ACK, NACK);
    SERVE(&bench, 0x11, 0xEE, 0x1F, 0xFF, 0x7A, 0x00, 0x9A, 0x23, 0xDC);
    assert_int_equal(bench.answered, 3 + 0x24);
    assert_int_equal(bench.answer[bench.answered - 2], 0x00);
    assert_int_equal(bench.answer[bench.answered - 1], 0x02);
    SERVE(&bench, 0x11, 0xEE, 0x1F, 0xFF, 0xC0, 0x08, 0x28, 0x01, 0xFE);
    ASSERT_ANSWER(&bench, ACK, ACK, ACK, 0xFF, 0xFF); // nothing protected
    rom_bench_tear_down(&bench);
}

static void protected_pages_stay_without_an_error(void **state)
{
    struct rom_bench bench;
    (void)state;

    set_up(&bench, "f405", 1024);
    struct memory *memory = &bench.chip.memory;
    memset(memory_at(memory, 0x08004000, 0x8000), 0, 0x8000);
    assert_true(option_area_put(&bench.chip.option_area, bench.chip.device, 0x1FFFC008,
                                0x7FFB)); // sector 2
    SERVE(&bench, 0x44, 0xBB, 0x00, 0x01, 0x00, 0x01, 0x00, 0x02, 0x02);
    ASSERT_ANSWER(&bench, ACK, ACK);
    assert_int_equal(memory_word(memory, 0x08004000), 0xFFFFFFFF);
    assert_int_equal(memory_word(memory, 0x08008000), 0);
    memset(memory_at(memory, 0x08008000, 4), 0xFF, 4);
    SERVE(&bench, 0x31, 0xCE, 0x08, 0x00, 0x80, 0x00, 0x88, 0x03, 1, 2, 3, 4, 0x07);
    ASSERT_ANSWER(&bench, ACK, ACK, ACK);
    assert_int_equal(memory_word(memory, 0x08008000), 0xFFFFFFFF);
    rom_bench_tear_down(&bench);
}

// Writes all of an area that a row has, with these bytes at its start, and answers as the ROM does.
static enum rom_end write_options(struct rom_bench *bench, uint32_t address, const uint8_t *bytes,
                                  unsigned size)
{
    uint8_t frame[7 + 1 + 256 + 1] = {0x31,
                                      0xCE,
                                      (uint8_t)(address >> 24),
                                      (uint8_t)(address >> 16),
                                      (uint8_t)(address >> 8),
                                      (uint8_t)address};
    uint8_t sum = (uint8_t)(size - 1);

    frame[6] = frame[2] ^ frame[3] ^ frame[4] ^ frame[5];
    frame[7] = sum;
    for (unsigned i = 0; i < size; i++) {
        frame[8 + i] = bytes[i];
        sum ^= bytes[i];
    }
    frame[8 + size] = sum;
    return rom_bench_serve(bench, frame, 9 + size);
}

static void written_option_bytes_protect_and_reset(void **state)
{
    uint8_t bytes[16] = {0xAA, 0x55, 0xFE, 0x01, 0xFF, 0x00, 0xFF, 0x00,
                         0xFD, 0x02, 0xFF, 0x00, 0xFF, 0x00, 0xFF, 0x00};
    struct rom_bench bench;
    (void)state;

    set_up(&bench, "f072", 128);
    assert_int_equal(write_options(&bench, 0x1FFFF800, bytes, 16), ROM_RESET);
    ASSERT_ANSWER(&bench, ACK, ACK, ACK);
    assert_int_equal(bench.chip.reset_kind, RESET_OPTION);
    assert_memory_equal(option_area_at(&bench.chip, 0x1FFFF800, 16), bytes, 16);
    assert_true(option_area_protects(&bench.chip, 0x08001000, 0x800)); // bit 1 of WRP0: 2 and 3
    assert_false(option_area_protects(&bench.chip, 0x08000800, 0x800));
    bytes[1] = 0x54; // its complement does not fit: 0xFF, which is level 1
    assert_int_equal(write_options(&bench, 0x1FFFF800, bytes, 16), ROM_RESET);
    SERVE(&bench, 0x11, 0xEE);
    ASSERT_ANSWER(&bench, NACK);
    rom_bench_tear_down(&bench);
}

static void option_bytes_are_written_from_their_start_only(void **state)
{
    const uint8_t bytes[20] = {0};
    struct rom_bench bench;
    (void)state;

    set_up(&bench, "f072", 128);
    SERVE(&bench, 0x31, 0xCE, 0x1F, 0xFF, 0xF8, 0x04, 0x1C);
    ASSERT_ANSWER(&bench, ACK, NACK);
    write_options(&bench, 0x1FFFF800, bytes, 20); // too many
    ASSERT_ANSWER(&bench, ACK, ACK, NACK);
    rom_bench_tear_down(&bench);
}

// What is in force stands before what shall be.
static void new_values_stand_behind_those_in_force(void **state)
{
    uint8_t bytes[8];
    struct rom_bench bench;
    (void)state;

    set_up(&bench, "h563", 2048);
    memcpy(bytes, option_area_at(&bench.chip, 0x40022050, 8), 8);
    assert_memory_equal(bytes, bytes + 4, 4);
    bytes[4] ^= 1;
    assert_int_equal(write_options(&bench, 0x40022050, bytes, 8), ROM_RESET);
    bytes[0] ^= 1;
    assert_memory_equal(option_area_at(&bench.chip, 0x40022050, 8), bytes, 8);
    rom_bench_tear_down(&bench);
}

static void the_way_back_from_level_1_erases_all(void **state)
{
    struct rom_bench bench;
    (void)state;

    set_up(&bench, "g07", 128);
    struct memory *memory = &bench.chip.memory;
    memset(memory_at(memory, 0x08000000, 4), 0, 4);
    SERVE(&bench, 0x63, 0x9C, 0x01, 0x00, 0x02, 0x03); // pages 0 to 2: a pair
    ASSERT_ANSWER(&bench, ACK, ACK);
    assert_true(option_area_protects(&bench.chip, 0x08001000, 1));
    assert_false(option_area_protects(&bench.chip, 0x08001800, 1));
    assert_int_equal(SERVE(&bench, 0x82, 0x7D), ROM_RESET);
    SERVE(&bench, 0x31, 0xCE, 0x73, 0x8C, 0x63, 0x9C);
    ASSERT_ANSWER(&bench, NACK, NACK, NACK);
    assert_int_equal(memory_word(memory, 0x08000000), 0);
    assert_int_equal(SERVE(&bench, 0x92, 0x6D), ROM_RESET);
    ASSERT_ANSWER(&bench, ACK, ACK);
    assert_int_equal(memory_word(memory, 0x08000000), 0xFFFFFFFF);
    assert_int_equal(SERVE(&bench, 0x73, 0x8C), ROM_RESET);
    assert_false(option_area_protects(&bench.chip, 0x08001000, 1));
    rom_bench_tear_down(&bench);
}

static void sectors_are_protected_by_their_numbers(void **state)
{
    struct rom_bench bench;
    (void)state;

    set_up(&bench, "f405", 1024);
    SERVE(&bench, 0x63, 0x9C, 0x01, 0x00, 0x03, 0x02); // sectors 0 and 3
    ASSERT_ANSWER(&bench, ACK, ACK);
    assert_true(option_area_protects(&bench.chip, 0x08000000, 1));
    assert_true(option_area_protects(&bench.chip, 0x0800C000, 1));
    assert_false(option_area_protects(&bench.chip, 0x08004000, 1));
    rom_bench_tear_down(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_size_is_read_with_the_block_around_it),
        cmocka_unit_test(protected_pages_stay_without_an_error),
        cmocka_unit_test(written_option_bytes_protect_and_reset),
        cmocka_unit_test(option_bytes_are_written_from_their_start_only),
        cmocka_unit_test(new_values_stand_behind_those_in_force),
        cmocka_unit_test(the_way_back_from_level_1_erases_all),
        cmocka_unit_test(sectors_are_protected_by_their_numbers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
