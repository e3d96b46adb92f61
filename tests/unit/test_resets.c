// test_resets.c: a bit of RCC's RSTR registers resets its block and holds it there.
// SPDX-License-Identifier: MIT
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct peripheral *peripheral(const struct bench *bench, const char *name)
{
    return block_find(&bench->chip, name)->peripheral;
}

static uint32_t get(struct bench *bench, uint32_t address)
{
    return bus_read(&bench->chip, address, 4);
}

static void put(struct bench *bench, uint32_t address, uint32_t value)
{
    bus_write(&bench->chip, address, 4, value);
}

static void run_clock(struct bench *bench, const struct peripheral *one)
{
    put(bench, one->clock_register, get(bench, one->clock_register) | one->clock_mask);
}

static void a_block_is_reset_and_held(void **state)
{
    struct device device = bench_device("f446");
    struct bench bench;
    (void)state;

    bench_open(&bench, &device);
    const struct peripheral *port = peripheral(&bench, "GPIOB");
    const struct block *block = block_find(&bench.chip, "GPIOB");
    run_clock(&bench, port);
    put(&bench, port->start, 0x55555555);
    assert_false(block_is_reset(block));
    put(&bench, port->reset_register, port->reset_mask);
    assert_true(block_is_reset(block));
    assert_false(block->written);
    assert_int_equal(get(&bench, port->reset_register), port->reset_mask);
    put(&bench, port->start, 0x55555555);
    assert_int_equal(get(&bench, port->start), 0);
    put(&bench, port->reset_register, 0);
    assert_int_equal(get(&bench, port->start), port->control_reset);
    put(&bench, port->start, 0x55555555);
    assert_int_equal(get(&bench, port->start), 0x55555555);
    bench_close(&bench);
}

static void the_other_blocks_stay(void **state)
{
    struct device device = bench_device("f446");
    struct bench bench;
    (void)state;

    bench_open(&bench, &device);
    const struct peripheral *port = peripheral(&bench, "GPIOC"), *other = port - 1;
    assert_int_equal(port->reset_register, other->reset_register);
    run_clock(&bench, other);
    put(&bench, other->start, 0x55555555);
    put(&bench, port->reset_register, port->reset_mask);
    put(&bench, port->reset_register, 0);
    assert_int_equal(get(&bench, other->start), 0x55555555);
    put(&bench, other->reset_register + 4, other->reset_mask); // another register of RCC
    assert_int_equal(get(&bench, other->start), 0x55555555);
    bench_close(&bench);
}

static void a_reset_of_syscfg_shows_flash_at_0_again(void **state)
{
    struct device device = bench_device("f446");
    struct bench bench;
    (void)state;

    bench_open(&bench, &device);
    const struct peripheral *syscfg = peripheral(&bench, "SYSCFG");
    run_clock(&bench, syscfg);
    put(&bench, device.remap_register, device.remap_system_memory);
    assert_true(bench.chip.alias_is_rom);
    put(&bench, syscfg->reset_register, syscfg->reset_mask);
    assert_false(bench.chip.alias_is_rom);
    assert_true(bench.chip.alias_changed);
    bench_close(&bench);
}

static void registers_after_the_first_have_reset_values(void **state)
{
    struct device device = bench_device("f446");
    struct bench bench;
    (void)state;

    bench_open(&bench, &device);
    const struct peripheral *pwr = peripheral(&bench, "PWR");
    const struct register_reset values[] = {{"PWR_X", pwr->start + 8, 0x4000}, {.name = NULL}};
    bench_close(&bench);
    device.peripheral_resets = values;
    bench_open(&bench, &device);
    run_clock(&bench, pwr);
    assert_int_equal(get(&bench, pwr->start + 8), 0x4000);
    put(&bench, pwr->start + 8, 0);
    assert_false(block_is_reset(block_find(&bench.chip, "PWR")));
    put(&bench, pwr->start + 8, 0x4000);
    assert_true(block_is_reset(block_find(&bench.chip, "PWR")));
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_block_is_reset_and_held),
        cmocka_unit_test(the_other_blocks_stay),
        cmocka_unit_test(a_reset_of_syscfg_shows_flash_at_0_again),
        cmocka_unit_test(registers_after_the_first_have_reset_values),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
