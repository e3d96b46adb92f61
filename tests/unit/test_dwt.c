// test_dwt.c: the DWT counts the cycles of a core that is awake, where software may ask it to.
// SPDX-License-Identifier: MIT
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define CTRL   0xE0001000u
#define CYCCNT 0xE0001004u
#define COMP0  0xE0001020u
#define LAR    0xE0001FB0u
#define LSR    0xE0001FB4u
#define DEMCR  0xE000EDFCu
#define FLASH  0x08000000u

enum { ENABLE = 1, TRCENA = 1 << 24 };

static void put(struct bench *bench, uint32_t address, uint32_t value)
{
    bus_write(&bench->chip, address, 4, value);
}

static uint32_t get(struct bench *bench, uint32_t address)
{
    return bus_read(&bench->chip, address, 4);
}

static void start(struct bench *bench, const char *slug)
{
    bench_open(bench, device_find(slug));
    put(bench, DEMCR, TRCENA);
    put(bench, CYCCNT, 0);
    put(bench, CTRL, ENABLE);
}

static void it_counts_cycles_while_it_is_enabled(void **state)
{
    struct bench bench;
    (void)state;

    start(&bench, "f405");
    assert_int_equal(get(&bench, CTRL), 0x40000001);
    bench_wait(&bench, 100);
    assert_int_equal(get(&bench, CYCCNT), 100);
    put(&bench, CYCCNT, 0xFFFFFFF0);
    bench_wait(&bench, 0x20);
    assert_int_equal(get(&bench, CYCCNT), 0x10);
    put(&bench, CTRL, 0);
    bench_wait(&bench, 100);
    assert_int_equal(get(&bench, CYCCNT), 0x10);
    put(&bench, CTRL, ENABLE);
    bench_wait(&bench, 5);
    put(&bench, DEMCR, 0);
    bench_wait(&bench, 100);
    put(&bench, DEMCR, TRCENA);
    assert_int_equal(get(&bench, CYCCNT), 0x15);
    bench_wait(&bench, 5);
    assert_int_equal(get(&bench, CYCCNT), 0x1A);
    put(&bench, CYCCNT, 0x12345678);
    bench_wait(&bench, 8);
    bus_write(&bench.chip, CYCCNT, 2, 1); // a part of it: the rest is kept as it is
    assert_int_equal(get(&bench, CYCCNT), 0x12340001);
    put(&bench, COMP0, 0x1234);
    assert_int_equal(get(&bench, COMP0), 0x1234);
    assert_int_equal(bench.chip.unmodelled.count, 0);
    bench_reset(&bench, RESET_SOFTWARE);
    put(&bench, DEMCR, TRCENA);
    assert_int_equal(get(&bench, CYCCNT), 0);
    bench_close(&bench);
}

static void without_trcena_nothing_is_written(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    put(&bench, CYCCNT, 5);
    put(&bench, CTRL, ENABLE);
    assert_int_equal(get(&bench, CYCCNT), 0x40000000);
    put(&bench, DEMCR, TRCENA);
    bench_wait(&bench, 10);
    assert_int_equal(get(&bench, CTRL), 0x40000000);
    assert_int_equal(get(&bench, CYCCNT), 0);
    bench_close(&bench);
}

static void an_f7_asks_for_a_key_first(void **state)
{
    struct bench bench;
    (void)state;

    start(&bench, "f76");
    bench_wait(&bench, 100);
    assert_int_equal(get(&bench, CYCCNT), 0);
    assert_int_equal(get(&bench, LSR), 3);
    put(&bench, LAR, 0xC5ACCE55);
    assert_int_equal(get(&bench, LSR), 1);
    put(&bench, CTRL, ENABLE);
    bench_wait(&bench, 100);
    assert_int_equal(get(&bench, CYCCNT), 100);
    put(&bench, LAR, 0);
    put(&bench, CTRL, 0);
    bench_wait(&bench, 100);
    assert_int_equal(get(&bench, CYCCNT), 200);
    bench_close(&bench);
    start(&bench, "h743"); // nobody reports it of an H7
    bench_wait(&bench, 100);
    assert_int_equal(get(&bench, CYCCNT), 100);
    assert_int_equal(get(&bench, LSR), 0);
    bench_close(&bench);
}

static void armv6_m_has_no_such_counter(void **state)
{
    struct bench bench;
    (void)state;

    start(&bench, "g0b1");
    bench_wait(&bench, 100);
    assert_int_equal(get(&bench, CYCCNT), 0);
    assert_int_equal(bench.chip.unmodelled.count, 2);
    bench_close(&bench);
}

// WFI, then a branch to itself; SysTick is pending after 1000 cycles, and masked.
static void it_stands_still_in_sleep(void **state)
{
    static const uint16_t sleeps[] = {0xBF30, 0xE7FE};
    struct bench bench;
    (void)state;

    start(&bench, "f405");
    memcpy(memory_at(&bench.chip.memory, FLASH + 0x200, sizeof sleeps), sleeps, sizeof sleeps);
    cpu_set(bench.chip.core.cpu, CPU_PRIMASK, 1);
    cpu_set(bench.chip.core.cpu, CPU_PC, (FLASH + 0x200) | 1u);
    put(&bench, 0xE000E014, 999);
    put(&bench, 0xE000E018, 0);
    put(&bench, 0xE000E010, 7);
    assert_true(chip_run(&bench.chip)); // it comes back before the first instruction of a chip
    assert_true(chip_run(&bench.chip));
    uint64_t awake = bench.chip.core.instructions - bench.chip.core.slept;
    assert_in_range(bench.chip.core.slept, 990, 1000);
    assert_in_range(awake, 3000, 4096);
    assert_int_equal(get(&bench, CYCCNT), awake);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_counts_cycles_while_it_is_enabled),
        cmocka_unit_test(without_trcena_nothing_is_written),
        cmocka_unit_test(an_f7_asks_for_a_key_first),
        cmocka_unit_test(armv6_m_has_no_such_counter),
        cmocka_unit_test(it_stands_still_in_sleep),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
