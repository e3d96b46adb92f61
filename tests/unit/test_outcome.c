// test_outcome.c: which broken points keep a ROM from serving, and which only break the contract.
// SPDX-License-Identifier: MIT
#include "bench.h"
#include "contract.h"
#include "outcome.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define RCC_CR      0x40023800u
#define RCC_AHB1ENR 0x40023830u
#define RCC_APB1ENR 0x40023840u
#define RCC_APB2ENR 0x40023844u
#define GPIOA       0x40020000u
#define USART1      0x40011000u // the ROM listens on it
#define USART2      0x40004400u // and not on this one
#define UNMODELLED  0x40013000u // SPI1
#define SYST_CSR    0xE000E010u
#define NVIC_ISER   0xE000E100u
#define NVIC_ISPR   0xE000E200u

static struct contract all_held(void)
{
    static const char *const ids[CONTRACT_POINTS] = {"H1",  "H2",  "H3",  "H4",  "H5",
                                                     "H6",  "H7",  "H8",  "H9",  "H10",
                                                     "H11", "H12", "H13", "H14", "H15"};
    struct contract contract = {.points = {{0}}};

    for (int i = 0; i < CONTRACT_POINTS; i++) {
        contract.points[i].id = ids[i];
        contract.points[i].ok = true;
    }
    return contract;
}

static enum outcome_kind broken(const struct device *device, struct surroundings found, int number,
                                bool tolerated)
{
    struct contract contract = all_held();

    contract.points[number - 1].ok = false;
    contract.points[number - 1].tolerated = tolerated;
    return outcome_of(&contract, device, found).kind;
}

static void a_mild_point_does_not_strike(void **state)
{
    static const int points[] = {3, 6, 11, 12};
    struct surroundings found = {.crystal = true};
    struct device device = bench_device("f405");
    (void)state;

    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        assert_int_equal(broken(&device, found, points[i], true), OUTCOME_SERVED);
        assert_int_equal(broken(&device, found, points[i], false), OUTCOME_HUNG);
    }
}

static void a_report_decides_what_a_rom_tolerates(void **state)
{
    struct surroundings found = {.crystal = true};
    struct device device = bench_device("f405");
    (void)state;

    device.tolerates = 0; // nobody knows: the strict way
    assert_int_equal(broken(&device, found, 7, false), OUTCOME_HUNG);
    device.tolerates = BURDEN_SYSTICK;
    assert_int_equal(broken(&device, found, 7, false), OUTCOME_SERVED);
    assert_int_equal(broken(&device, found, 11, false), OUTCOME_HUNG);
    device.tolerates = BURDEN_CLOCK_TREE;
    assert_int_equal(broken(&device, found, 11, false), OUTCOME_SERVED);
    assert_int_equal(broken(&device, found, 7, false), OUTCOME_HUNG);
}

static void masked_interrupts_and_vectors(void **state)
{
    struct surroundings open = {.crystal = true}, masked = {.crystal = true, .masked = true};
    struct device device = bench_device("f405");
    (void)state;

    assert_int_equal(broken(&device, masked, 4, false), OUTCOME_HUNG);
    device.tolerates = BURDEN_MASKED_INTERRUPTS;
    assert_int_equal(broken(&device, masked, 4, false), OUTCOME_SERVED);
    assert_int_equal(broken(&device, open, 4, false), OUTCOME_HUNG); // by another mask
    assert_int_equal(broken(&device, open, 8, false), OUTCOME_SERVED);
    device.fails_with = BURDEN_FOREIGN_VECTORS;
    assert_int_equal(broken(&device, open, 8, false), OUTCOME_HUNG);
    assert_int_equal(broken(&device, masked, 8, false), OUTCOME_SERVED);
}

static struct point point_of(struct bench *bench, int number)
{
    struct contract contract;

    contract_check(&bench->judge, &contract);
    return contract.points[number - 1];
}

static void put(struct bench *bench, uint32_t address, uint32_t value)
{
    bus_write(&bench->chip, address, 4, value);
}

static void enables_are_mild_and_the_tree_is_not(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    assert_true(point_of(&bench, 11).ok);
    put(&bench, RCC_AHB1ENR, 0x00100001);
    assert_false(point_of(&bench, 11).ok);
    assert_true(point_of(&bench, 11).tolerated);
    put(&bench, RCC_CR, 0x00010083); // HSEON
    assert_false(point_of(&bench, 11).tolerated);
    bench_close(&bench);
}

static void ports_are_mild_and_what_the_rom_uses_is_not(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    put(&bench, RCC_AHB1ENR, 0x00100001);
    put(&bench, RCC_APB1ENR, 0x00020000);
    put(&bench, RCC_APB2ENR, 0x00000010);
    put(&bench, GPIOA, 0xA8000001);
    put(&bench, USART2 + 12, 0x2000);
    assert_false(point_of(&bench, 12).ok);
    assert_true(point_of(&bench, 12).tolerated);
    put(&bench, USART1 + 12, 0x2000);
    assert_false(point_of(&bench, 12).tolerated);
    put(&bench, USART1 + 12, 0);
    assert_true(point_of(&bench, 12).tolerated);
    put(&bench, UNMODELLED, 1);
    assert_false(point_of(&bench, 12).tolerated);
    bench_close(&bench);
}

static void enabled_is_mild_and_pending_is_not(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    put(&bench, NVIC_ISER, 1);
    assert_false(point_of(&bench, 6).ok);
    assert_true(point_of(&bench, 6).tolerated);
    put(&bench, NVIC_ISPR, 2);
    assert_false(point_of(&bench, 6).tolerated);
    put(&bench, SYST_CSR, 7);
    assert_false(point_of(&bench, 7).tolerated);
    bench_close(&bench);
}

static void a_handler_of_low_priority_is_mild(void **state)
{
    struct bench bench;
    struct exceptions *exceptions = &bench.chip.core.exceptions;
    (void)state;

    bench_open(&bench, device_find("f405"));
    exceptions->active[0] = 1u << 11; // SVCall
    assert_false(point_of(&bench, 3).ok);
    assert_false(point_of(&bench, 3).tolerated);
    exceptions->priority[11] = 0x20;
    assert_true(point_of(&bench, 3).tolerated);
    exceptions->active[0] |= 1u << 3; // HardFault
    assert_false(point_of(&bench, 3).tolerated);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mild_point_does_not_strike),
        cmocka_unit_test(a_report_decides_what_a_rom_tolerates),
        cmocka_unit_test(masked_interrupts_and_vectors),
        cmocka_unit_test(enables_are_mild_and_the_tree_is_not),
        cmocka_unit_test(ports_are_mild_and_what_the_rom_uses_is_not),
        cmocka_unit_test(enabled_is_mild_and_pending_is_not),
        cmocka_unit_test(a_handler_of_low_priority_is_mild),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
