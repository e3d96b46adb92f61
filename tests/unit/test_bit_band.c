// test_bit_band.c: a word of an alias is one bit of a peripheral, or of RAM.
// SPDX-License-Identifier: MIT
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define RCC_CR  0x40023800u
#define NOBODYS 0x4000FC04u

enum { HSION = 0, PLLON = 24 };

static struct device row;

static void set_up(struct bench *bench)
{
    row = bench_device("f405");
    row.bit_band = true;
    bench_open(bench, &row);
}

static uint32_t alias_of(uint32_t address, unsigned bit)
{
    return 0x42000000u + 32 * (address - 0x40000000u) + 4 * bit;
}

static void a_word_is_a_bit_of_a_peripheral(void **state)
{
    struct bench bench;
    uint32_t before;
    (void)state;

    set_up(&bench);
    before = bus_read(&bench.chip, RCC_CR, 4);
    assert_int_equal(bus_read(&bench.chip, alias_of(RCC_CR, HSION), 4), 1);
    assert_int_equal(bus_read(&bench.chip, alias_of(RCC_CR, PLLON), 4), 0);
    bus_write(&bench.chip, alias_of(RCC_CR, PLLON), 4, 0xFF);
    assert_int_equal(bus_read(&bench.chip, RCC_CR, 4) & 0x01FFFFFF, before | 1u << PLLON);
    bus_write(&bench.chip, alias_of(RCC_CR, PLLON), 4, 0xFE); // its bit 0 counts
    assert_int_equal(bus_read(&bench.chip, RCC_CR, 4) & 1u << PLLON, 0);
    assert_int_equal(bench.chip.unmodelled.count, 0);
    bench_close(&bench);
}

static void registers_that_nobody_models_have_it_too(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    bus_write(&bench.chip, alias_of(NOBODYS, 31), 4, 1);
    bus_write(&bench.chip, alias_of(NOBODYS, 0), 4, 1);
    assert_int_equal(bus_read(&bench.chip, NOBODYS, 4), 0x80000001);
    assert_int_equal(bench.chip.unmodelled.count, 1); // the register, and not its alias
    bench_close(&bench);
}

static void a_word_is_a_bit_of_ram(void **state)
{
    struct bench bench;
    uint8_t *byte;
    (void)state;

    set_up(&bench);
    byte = memory_ram_at(&bench.chip.memory, 0x20001003, 1);
    *byte = 0x80;
    bus_write(&bench.chip, 0x22000000u + 32 * 0x1003 + 4 * 2, 4, 1);
    assert_int_equal(*byte, 0x84);
    assert_int_equal(bus_read(&bench.chip, 0x22000000u + 32 * 0x1003 + 4 * 7, 4), 1);
    bus_write(&bench.chip, 0x22000000u + 32 * 0x1003 + 4 * 7, 4, 0);
    assert_int_equal(*byte, 0x04);
    bench_close(&bench);
}

// The alias is a read and a write of the whole word.
static void a_write_clears_other_flags_as_on_hardware(void **state)
{
    static const char *const all[] = {NULL};
    static const struct register_bits bits[] = {
        {"SR.FLAGS", NOBODYS, 3, BITS_CLEARED_BY_ONE, 0, 0, all},
        {NULL, 0, 0, BITS_READ_ONLY, 0, 0, NULL},
    };
    struct bench bench;
    (void)state;

    row = bench_device("f405");
    row.bit_band = true;
    row.register_bits = bits;
    bench_open(&bench, &row);
    bus_keep(&bench.chip, NOBODYS, 3, 3);
    bus_write(&bench.chip, alias_of(NOBODYS, 0), 4, 1);
    assert_int_equal(bus_read(&bench.chip, NOBODYS, 4), 0);
    bench_close(&bench);
}

static void a_core_without_it_has_registers_there(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("g07"));
    assert_false(bench.chip.device->bit_band);
    bus_write(&bench.chip, 0x42000004, 4, 0xFE);
    assert_int_equal(bus_read(&bench.chip, 0x42000004, 4), 0xFE);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_is_a_bit_of_a_peripheral),
        cmocka_unit_test(registers_that_nobody_models_have_it_too),
        cmocka_unit_test(a_word_is_a_bit_of_ram),
        cmocka_unit_test(a_write_clears_other_flags_as_on_hardware),
        cmocka_unit_test(a_core_without_it_has_registers_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
