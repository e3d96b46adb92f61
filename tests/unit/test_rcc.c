// test_rcc.c: oscillators take their time, and what depends on them is locked meanwhile.
// SPDX-License-Identifier: MIT
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define CR      0x40023800u
#define PLLCFGR 0x40023804u
#define CFGR    0x40023808u

enum { HSI_ON = 1, HSI_READY = 2, PLL_ON = 1 << 24, PLL_READY = 1 << 25, SWS_PLL = 2 << 2 };

static const uint32_t none[] = {0}, factors[] = {PLLCFGR, 0}, beside_switch[] = {CFGR, 0};
static const struct ready_bit bits[] = {
    {CR, HSI_ON, HSI_READY, 0, none}, {CR, PLL_ON, PLL_READY, 2, factors}, {0}};
static const struct ready_bit bits_f1[] = {
    {CR, HSI_ON, HSI_READY, 0, none}, {CR, PLL_ON, PLL_READY, 2, beside_switch}, {0}};

static void set_up(struct bench *bench, struct device *device, const struct ready_bit *list)
{
    *device = bench_device("f405");
    device->ready_bits = list;
    bench_open(bench, device);
}

static uint32_t get(struct bench *bench, uint32_t address)
{
    return bus_read(&bench->chip, address, 4);
}

static void put(struct bench *bench, uint32_t address, uint32_t value)
{
    bus_write(&bench->chip, address, 4, value);
}

static void set(struct bench *bench, uint32_t address, uint32_t bits_on)
{
    put(bench, address, rcc_peek(&bench->chip.rcc, address) | bits_on);
}

// Reads until the bits are there, at most 10 times.
static unsigned reads_until(struct bench *bench, uint32_t address, uint32_t mask, uint32_t value)
{
    unsigned reads = 1;

    while ((get(bench, address) & mask) != value && reads < 10) {
        reads++;
    }
    return reads;
}

static void ready_bits_come_and_go_after_reads(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device, bits);
    set(&bench, CR, PLL_ON);
    assert_false(rcc_peek(&bench.chip.rcc, CR) & PLL_READY);
    assert_int_equal(reads_until(&bench, CR, PLL_READY, PLL_READY), RCC_SETTLE_READS);
    put(&bench, CR, rcc_peek(&bench.chip.rcc, CR) & ~(uint32_t)PLL_ON);
    assert_true(rcc_peek(&bench.chip.rcc, CR) & PLL_READY);
    assert_int_equal(reads_until(&bench, CR, PLL_READY, 0), RCC_SETTLE_READS);
    set(&bench, CR, PLL_READY); // only the hardware does
    assert_false(get(&bench, CR) & PLL_READY);
    bench_close(&bench);
}

// Code that waits for a fixed time, and reads no register meanwhile.
static void they_come_and_go_without_reads(void **state)
{
    struct device device;
    struct bench bench;
    struct cortex *core = &bench.chip.core;
    (void)state;

    set_up(&bench, &device, bits);
    set(&bench, CR, PLL_ON);
    put(&bench, CFGR, 2);
    core->instructions += 4799; // 300 us at 16 MHz
    event_queue_run(&core->events, core->instructions);
    assert_false(rcc_peek(&bench.chip.rcc, CR) & PLL_READY);
    core->instructions += 1;
    event_queue_run(&core->events, core->instructions);
    assert_true(rcc_peek(&bench.chip.rcc, CR) & PLL_READY);
    assert_int_equal(rcc_peek(&bench.chip.rcc, CFGR) & SWS_PLL, SWS_PLL);
    bench_close(&bench);
}

static void factors_are_locked_while_it_runs(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device, bits);
    set(&bench, CR, PLL_ON);
    put(&bench, PLLCFGR, 0x1234);
    assert_int_equal(get(&bench, PLLCFGR), 0x24003010);
    reads_until(&bench, CR, PLL_READY, PLL_READY);
    put(&bench, CR, rcc_peek(&bench.chip.rcc, CR) & ~(uint32_t)PLL_ON);
    put(&bench, PLLCFGR, 0x1234); // it still is ready
    assert_int_equal(get(&bench, PLLCFGR), 0x24003010);
    reads_until(&bench, CR, PLL_READY, 0);
    put(&bench, PLLCFGR, 0x1234);
    assert_int_equal(get(&bench, PLLCFGR), 0x1234);
    bench_close(&bench);
}

static void the_switch_is_not_locked_with_the_factors_beside_it(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device, bits_f1);
    set(&bench, CR, PLL_ON);
    put(&bench, CFGR, 0x00040000 | 0x80);
    assert_int_equal(get(&bench, CFGR), 0x80);
    bench_close(&bench);
}

static void the_switch_waits_for_its_target(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device, bits);
    put(&bench, CFGR, 2);
    assert_int_equal(reads_until(&bench, CFGR, 0xC, SWS_PLL), 10);
    set(&bench, CR, PLL_ON);
    reads_until(&bench, CR, PLL_READY, PLL_READY);
    assert_false(rcc_peek(&bench.chip.rcc, CFGR) & 0xC);
    assert_int_equal(reads_until(&bench, CFGR, 0xC, SWS_PLL), 1);
    assert_false(rcc_clock_is_reset(&bench.chip.rcc));
    bench_close(&bench);
}

static void what_drives_the_system_clock_stays_on(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device, bits);
    put(&bench, CR, rcc_peek(&bench.chip.rcc, CR) & ~(uint32_t)HSI_ON);
    assert_true(get(&bench, CR) & HSI_ON);
    rcc_put(&bench.chip.rcc, CR, HSI_ON | PLL_ON);
    rcc_put(&bench.chip.rcc, CFGR, 2);
    put(&bench, CR, PLL_ON);
    assert_false(get(&bench, CR) & HSI_ON);
    put(&bench, CR, HSI_ON);
    assert_true(get(&bench, CR) & PLL_ON);
    bench_close(&bench);
}

static void a_dead_oscillator_never_gets_ready(void **state)
{
    struct device device;
    struct bench bench;
    uint32_t value;
    (void)state;

    set_up(&bench, &device, bits);
    bench.chip.rcc.dead = 2;
    set(&bench, CR, PLL_ON);
    assert_int_equal(reads_until(&bench, CR, PLL_READY, PLL_READY), 10);
    bench.chip.rcc.dead = 3; // SWS
    put(&bench, CFGR, 2);
    reads_until(&bench, CR, PLL_READY, PLL_READY);
    assert_int_equal(reads_until(&bench, CFGR, 0xC, SWS_PLL), 10);
    rcc_put(&bench.chip.rcc, CFGR, 0);
    rcc_put(&bench.chip.rcc, CR, 0x83);
    bench.chip.rcc.registers[0] |= PLL_READY; // a flag says nothing that its enable does not
    assert_null(rcc_first_difference(&bench.chip.rcc, NULL, 0, &value));
    bench.chip.rcc.registers[2] |= SWS_PLL; // SWS counts where it is to follow SW yet
    assert_null(rcc_first_difference(&bench.chip.rcc, NULL, 0, &value));
    bench.chip.rcc.dead = 2;
    assert_non_null(rcc_first_difference(&bench.chip.rcc, NULL, 0, &value));
    bench_reset(&bench, RESET_SOFTWARE);
    assert_int_equal(bench.chip.rcc.dead, 0);
    bench_close(&bench);
}

// The flags after RMVF was written, a reset, 0 was written to it, and a reset.
static void clear(bool stays, uint32_t flags[4])
{
    struct device device = bench_device("c53");
    struct bench bench;

    device.flags_clear_stays = stays;
    bench_open(&bench, &device);
    set(&bench, device.flags_register, device.flags_clear);
    flags[0] = get(&bench, device.flags_register) & device.flags_any;
    bench_reset(&bench, RESET_SOFTWARE);
    flags[1] = get(&bench, device.flags_register) & device.flags_any;
    put(&bench, device.flags_register, 0);
    flags[2] = get(&bench, device.flags_register) & device.flags_any;
    bench_reset(&bench, RESET_SOFTWARE);
    flags[3] = get(&bench, device.flags_register) & device.flags_any;
    bench_close(&bench);
}

static void a_clear_bit_that_stays_holds_the_flags(void **state)
{
    uint32_t software = bench_device("c53").after_software, flags[4];
    (void)state;

    assert_true(bench_device("c53").flags_clear_stays);
    assert_false(bench_device("g0b1").flags_clear_stays);
    clear(true, flags);
    assert_int_equal(flags[0], 0);
    assert_int_equal(flags[1], 0);
    assert_int_equal(flags[2], 0);
    assert_int_equal(flags[3], software);
    clear(false, flags);
    assert_int_equal(flags[0], 0);
    assert_int_equal(flags[1], software);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ready_bits_come_and_go_after_reads),
        cmocka_unit_test(they_come_and_go_without_reads),
        cmocka_unit_test(factors_are_locked_while_it_runs),
        cmocka_unit_test(the_switch_is_not_locked_with_the_factors_beside_it),
        cmocka_unit_test(the_switch_waits_for_its_target),
        cmocka_unit_test(what_drives_the_system_clock_stays_on),
        cmocka_unit_test(a_dead_oscillator_never_gets_ready),
        cmocka_unit_test(a_clear_bit_that_stays_holds_the_flags),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
