// test_system_clock.c: the chip's own time follows its clock, and watchdogs keep theirs.
// SPDX-License-Identifier: MIT
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define CR        0x40023800u
#define PLLCFGR   0x40023804u
#define CFGR      0x40023808u
#define APB1ENR   0x40023840u
#define IWDG_KR   0x40003000u
#define IWDG_WINR 0x40003010u
#define WWDG      0x40002C00u
#define TIM2      0x40000000u

enum { MS = 1000000, HSEON = 1 << 16, PLLON = 1 << 24, SETTLE = RCC_SETTLE_READS };
enum { CR1 = 0x00, CNT = 0x24, PSC = 0x28, ARR = 0x2C, EGR = 0x14 };

static void put(struct bench *bench, uint32_t address, uint32_t value)
{
    bus_write(&bench->chip, address, 4, value);
}

static uint32_t get(struct bench *bench, uint32_t address)
{
    return bus_read(&bench->chip, address, 4);
}

static void read_on(struct bench *bench, uint32_t address)
{
    for (int i = 0; i < SETTLE; i++) {
        get(bench, address);
    }
}

// A crystal of 8 MHz / 8 * 336 / 2: 168 MHz, APB1 a quarter of it, as a vendor's code sets it.
static void run_fast(struct bench *bench)
{
    system_clock_set_crystal(&bench->chip, 8000000);
    put(bench, CR, get(bench, CR) | HSEON);
    read_on(bench, CR);
    put(bench, PLLCFGR, 8 | 336 << 6 | 1 << 22);
    put(bench, CR, get(bench, CR) | PLLON);
    read_on(bench, CR);
    put(bench, CFGR, 2 | 5 << 10);
    read_on(bench, CFGR);
}

static void pass(struct bench *bench, uint64_t cycles)
{
    bench->chip.core.instructions += cycles;
}

static void time_is_the_sum_of_cycles_at_their_clocks(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    assert_int_equal(system_clock_ns(&bench.chip), 0);
    pass(&bench, 16000);
    assert_int_equal(system_clock_ns(&bench.chip), MS);
    run_fast(&bench);
    assert_int_equal(system_clock_ns(&bench.chip), MS);
    assert_int_equal(bench.chip.clock.crystal_core_hz, 168000000);
    pass(&bench, 168000);
    assert_int_equal(system_clock_ns(&bench.chip), 2 * MS);
    put(&bench, CFGR, 2 | 5 << 10 | 8 << 4); // the AHB has a half, at once
    pass(&bench, 84000);
    assert_int_equal(system_clock_ns(&bench.chip), 3 * MS);
    pass(&bench, 84000ull * 1000 * 3600 * 24 * 365); // a year
    assert_int_equal(system_clock_ns(&bench.chip), 3 * MS + 1000000ull * MS * 31536);
    bench_reset(&bench, RESET_SOFTWARE);
    pass(&bench, 16000);
    assert_int_equal(system_clock_ns(&bench.chip), 4 * MS + 1000000ull * MS * 31536);
    bench_close(&bench);
}

// The switch is over when SWS says so, not when SW is written.
static void the_clock_changes_with_sws(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    put(&bench, CR, get(&bench, CR) | HSEON);
    read_on(&bench, CR);
    put(&bench, CFGR, 1);
    assert_int_equal(bench.chip.clock.core_hz, 16000000);
    read_on(&bench, CFGR);
    assert_int_equal(bench.chip.clock.core_hz, 25000000);
    bench_close(&bench);
}

// A divider of 0 stops the PLL, and the core with it: it goes on as before.
static void a_core_without_a_clock_keeps_the_one_it_had(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    rcc_put(&bench.chip.rcc, PLLCFGR, 0);
    rcc_put(&bench.chip.rcc, CFGR, 2);
    system_clock_look(&bench.chip);
    assert_int_equal(bench.chip.clock.core_hz, 16000000);
    bench_close(&bench);
}

static void a_timer_counts_its_own_clock(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    put(&bench, APB1ENR, 1);
    put(&bench, TIM2 + PSC, 9);
    put(&bench, TIM2 + EGR, 1);
    put(&bench, TIM2 + CR1, 1);
    pass(&bench, 1005);
    run_fast(&bench); // it has 100 counts and a half
    assert_int_equal(get(&bench, TIM2 + CNT), 100);
    pass(&bench, 9); // 84 MHz: a half of a count is 10 cycles of the core now
    assert_int_equal(get(&bench, TIM2 + CNT), 100);
    pass(&bench, 1);
    assert_int_equal(get(&bench, TIM2 + CNT), 101);
    pass(&bench, 2000);
    assert_int_equal(get(&bench, TIM2 + CNT), 201);
    bench_close(&bench);
}

static void watchdogs_keep_their_own_time(void **state)
{
    struct bench bench;
    uint64_t now;
    (void)state;

    bench_open(&bench, device_find("f405"));
    put(&bench, IWDG_KR, 0xCCCC); // 4096 * 4 cycles of 32 kHz
    assert_int_equal(bench_deadline(&bench, WATCHDOG_INDEPENDENT), 512 * 16000);
    put(&bench, APB1ENR, 1 << 11);
    put(&bench, WWDG, 0xFF); // 64 counts of 4096 cycles of APB1
    assert_int_equal(bench_deadline(&bench, WATCHDOG_WINDOW), 64 * 4096);
    pass(&bench, 32 * 4096 + 1);
    now = bench.chip.core.instructions;
    run_fast(&bench);
    // 512 ms less those that have passed; and half of the counts, of four cycles of the core each.
    assert_in_range(bench_deadline(&bench, WATCHDOG_INDEPENDENT) - now,
                    (512ull * 16000 - now) * 168 / 16 - 1, (512ull * 16000 - now) * 168 / 16 + 1);
    assert_int_equal(bench_deadline(&bench, WATCHDOG_WINDOW) - now, (32 * 4096 - 1) * 4);
    assert_int_equal(get(&bench, WWDG), 0xC0 + 31);
    pass(&bench, 4 * 4096);
    assert_int_equal(get(&bench, WWDG), 0xC0 + 30);
    bench_close(&bench);
}

// Where its window opens does not hang on the clock of the core either.
static void the_window_of_the_iwdg_keeps_its_own_time(void **state)
{
    struct device device = bench_device("f405");
    struct bench bench;
    (void)state;

    device.iwdg_window = true;
    bench_open(&bench, &device);
    put(&bench, IWDG_KR, 0xCCCC);
    put(&bench, IWDG_KR, 0x5555);
    put(&bench, IWDG_WINR, 0x7FF); // feeding is allowed in the second half of 512 ms
    run_fast(&bench);
    pass(&bench, 100ull * 168000);
    put(&bench, IWDG_KR, 0xAAAA);
    assert_true(bench.chip.reset_wanted);
    bench.chip.reset_wanted = false;
    pass(&bench, 200ull * 168000);
    put(&bench, IWDG_KR, 0xAAAA);
    assert_false(bench.chip.reset_wanted);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(time_is_the_sum_of_cycles_at_their_clocks),
        cmocka_unit_test(the_clock_changes_with_sws),
        cmocka_unit_test(a_core_without_a_clock_keeps_the_one_it_had),
        cmocka_unit_test(a_timer_counts_its_own_clock),
        cmocka_unit_test(watchdogs_keep_their_own_time),
        cmocka_unit_test(the_window_of_the_iwdg_keeps_its_own_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
