// test_resets.c: a bit of RCC's RSTR registers resets its block and holds it there.
// SPDX-License-Identifier: MIT
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum {
    PWR_CR1 = 0x00,
    PWR_CR3 = 0x08,
    PWR_CR3_OF_H7 = 0x0C,
    VREFBUF_CSR = 0x40010030,
};

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

// RM0490 Rev 5 Section 5.4.3: PWRRST does not reset PWR_CR3; a reset of the system does.
static void a_reset_bit_leaves_some_registers_alone(void **state)
{
    struct device device = bench_device("c031");
    struct bench bench;
    (void)state;

    bench_open(&bench, &device);
    const struct peripheral *pwr = peripheral(&bench, "PWR");
    const struct block *block = block_find(&bench.chip, "PWR");
    run_clock(&bench, pwr);
    put(&bench, pwr->start + PWR_CR1, 0x100);
    put(&bench, pwr->start + PWR_CR3, 0x8400);
    put(&bench, pwr->reset_register, pwr->reset_mask);
    put(&bench, pwr->reset_register, 0);
    assert_int_equal(get(&bench, pwr->start + PWR_CR1), 0x208);
    assert_int_equal(get(&bench, pwr->start + PWR_CR3), 0x8400);
    assert_false(block_is_reset(block));
    put(&bench, pwr->start + PWR_CR3, 0x8000);
    assert_true(block_is_reset(block));
    put(&bench, pwr->start + PWR_CR3, 0x8400);
    bench_reset(&bench, RESET_SOFTWARE);
    run_clock(&bench, pwr);
    assert_int_equal(get(&bench, pwr->start + PWR_CR3), 0x8000);
    bench_close(&bench);
}

// The supply that an H7 was wired and set up for outlives all resets but that of the power.
static void a_reset_of_the_chip_keeps_the_supply(void **state)
{
    struct device device = bench_device("h743");
    struct bench bench;
    (void)state;

    bench_open(&bench, &device);
    const struct peripheral *pwr = peripheral(&bench, "PWR");
    put(&bench, pwr->start + PWR_CR3_OF_H7, 0x01000002);
    bench_reset(&bench, RESET_SOFTWARE);
    assert_int_equal(get(&bench, pwr->start + PWR_CR3_OF_H7), 0x2);
    assert_true(block_is_reset(block_find(&bench.chip, "PWR")));
    bench_reset(&bench, RESET_POWER_ON);
    assert_int_equal(get(&bench, pwr->start + PWR_CR3_OF_H7), 0x6);
    bench_close(&bench);
}

// VREFBUF has no code: SYSCFG's bit resets it on the G4, and no other.
static void a_reset_bit_reaches_registers_without_code(void **state)
{
    struct device device = bench_device("g43");
    struct bench bench;
    (void)state;

    bench_open(&bench, &device);
    const struct peripheral *syscfg = peripheral(&bench, "SYSCFG"),
                            *tim2 = peripheral(&bench, "TIM2");
    put(&bench, VREFBUF_CSR, 0x1);
    put(&bench, tim2->reset_register, 0xFFFFFFFF & ~0x10000000u);
    put(&bench, tim2->reset_register, 0);
    assert_int_equal(get(&bench, VREFBUF_CSR) & 0x3, 0x1);
    put(&bench, syscfg->reset_register, syscfg->reset_mask);
    put(&bench, syscfg->reset_register, 0);
    assert_int_equal(get(&bench, VREFBUF_CSR) & 0x3, 0x2);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_block_is_reset_and_held),
        cmocka_unit_test(the_other_blocks_stay),
        cmocka_unit_test(a_reset_of_syscfg_shows_flash_at_0_again),
        cmocka_unit_test(registers_after_the_first_have_reset_values),
        cmocka_unit_test(a_reset_bit_leaves_some_registers_alone),
        cmocka_unit_test(a_reset_of_the_chip_keeps_the_supply),
        cmocka_unit_test(a_reset_bit_reaches_registers_without_code),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
