// test_systick.c: SysTick counts down, starts anew, and counts the clock that it is told to.
// SPDX-License-Identifier: MIT
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define SYST_CSR 0xE000E010u
#define SYST_RVR 0xE000E014u
#define SYST_CVR 0xE000E018u
#define ICSR     0xE000ED04u
#define CCIPR1   0x46020CE0u // of a U5: SYSTICKSEL
#define ICSCR1   0x46020C08u // ... the range of its MSIS

enum { ENABLE = 1, TICKINT = 2, CLKSOURCE = 4, COUNTFLAG = 1 << 16, PENDSTSET = 1 << 26 };

static void put(struct bench *bench, uint32_t address, uint32_t value)
{
    bus_write(&bench->chip, address, 4, value);
}

static uint32_t get(struct bench *bench, uint32_t address)
{
    return bus_read(&bench->chip, address, 4);
}

static bool is_pending(struct bench *bench)
{
    return get(bench, ICSR) & PENDSTSET;
}

static void start(struct bench *bench, const char *slug, uint32_t reload, uint32_t control)
{
    bench_open(bench, device_find(slug));
    cpu_set(bench->chip.core.cpu, CPU_PRIMASK, 1); // nobody takes what is pending
    put(bench, SYST_RVR, reload);
    put(bench, SYST_CVR, 0);
    put(bench, SYST_CSR, control);
}

// From 0 it goes to the reload value first, so a period is one more than that.
static void its_period_is_one_more_than_the_reload_value(void **state)
{
    struct bench bench;
    (void)state;

    start(&bench, "f405", 9, ENABLE | TICKINT | CLKSOURCE);
    assert_int_equal(get(&bench, SYST_CVR), 0);
    for (int period = 0; period < 3; period++) {
        for (uint32_t count = 9; count > 0; count--) {
            bench_wait(&bench, 1);
            assert_int_equal(get(&bench, SYST_CVR), count);
            assert_false(is_pending(&bench));
        }
        bench.chip.core.instructions++; // the tick is due, and nobody has looked
        assert_int_equal(get(&bench, SYST_CVR), 0);
        bench.chip.core.instructions--;
        bench_wait(&bench, 1);
        event_queue_run(&bench.chip.core.events, bench.chip.core.instructions);
        assert_true(is_pending(&bench));
        assert_int_equal(get(&bench, SYST_CSR), COUNTFLAG | ENABLE | TICKINT | CLKSOURCE);
        assert_int_equal(get(&bench, SYST_CSR), ENABLE | TICKINT | CLKSOURCE);
        put(&bench, ICSR, 1 << 25);
    }
    bench_close(&bench);
}

static void a_write_of_the_counter_clears_it_and_makes_nothing_pending(void **state)
{
    struct bench bench;
    (void)state;

    start(&bench, "f405", 99, ENABLE | TICKINT | CLKSOURCE);
    bench_wait(&bench, 50);
    assert_int_equal(get(&bench, SYST_CVR), 50);
    put(&bench, SYST_RVR, 19); // counts from the next start on
    assert_int_equal(get(&bench, SYST_CVR), 50);
    put(&bench, SYST_CVR, 0x1234);
    assert_int_equal(get(&bench, SYST_CVR), 0);
    assert_false(is_pending(&bench));
    bench_wait(&bench, 1);
    assert_int_equal(get(&bench, SYST_CVR), 19);
    bench_wait(&bench, 20);
    assert_true(is_pending(&bench));
    put(&bench, SYST_CVR, 0);
    assert_int_equal(get(&bench, SYST_CSR) & COUNTFLAG, 0);
    bench_close(&bench);
}

static void it_keeps_its_value_while_it_is_off(void **state)
{
    struct bench bench;
    (void)state;

    start(&bench, "f405", 99, ENABLE | CLKSOURCE);
    bench_wait(&bench, 40);
    put(&bench, SYST_CSR, CLKSOURCE);
    bench_wait(&bench, 500);
    assert_int_equal(get(&bench, SYST_CVR), 60);
    put(&bench, SYST_CSR, ENABLE | TICKINT | CLKSOURCE);
    bench_wait(&bench, 59);
    assert_int_equal(get(&bench, SYST_CVR), 1);
    put(&bench, SYST_CSR, ENABLE | CLKSOURCE); // it runs on
    bench_wait(&bench, 2);
    assert_int_equal(get(&bench, SYST_CSR), COUNTFLAG | ENABLE | CLKSOURCE);
    assert_false(is_pending(&bench));
    bench_close(&bench);
}

static void it_stays_at_0_with_a_reload_value_of_0(void **state)
{
    struct bench bench;
    (void)state;

    start(&bench, "f405", 9, ENABLE | TICKINT | CLKSOURCE);
    bench_wait(&bench, 5);
    put(&bench, SYST_RVR, 0);
    bench_wait(&bench, 6);
    assert_int_equal(get(&bench, SYST_CSR) & COUNTFLAG, COUNTFLAG);
    bench_wait(&bench, 1000);
    assert_int_equal(get(&bench, SYST_CSR) & COUNTFLAG, 0);
    assert_int_equal(get(&bench, SYST_CVR), 0);
    put(&bench, SYST_RVR, 9);
    bench_wait(&bench, 4);
    assert_int_equal(get(&bench, SYST_CVR), 6);
    bench_close(&bench);
}

static void without_clksource_it_counts_an_eighth(void **state)
{
    struct bench bench;
    (void)state;

    start(&bench, "f405", 9, ENABLE | TICKINT);
    bench_wait(&bench, 8 * 3);
    assert_int_equal(get(&bench, SYST_CVR), 7);
    bench_wait(&bench, 8 * 7);
    assert_false(is_pending(&bench));
    bench_wait(&bench, 1);
    assert_true(is_pending(&bench));
    put(&bench, SYST_CSR, ENABLE | TICKINT | CLKSOURCE); // with what it has
    assert_int_equal(get(&bench, SYST_CVR), 0);
    bench_wait(&bench, 3);
    assert_int_equal(get(&bench, SYST_CVR), 7);
    bench_close(&bench);
}

// An LSI of 32 kHz does not follow the core, which runs at 4 MHz, then at 16.
static void a_clock_of_its_own_does_not_follow_the_core(void **state)
{
    struct bench bench;
    (void)state;

    start(&bench, "u575", 31, 0);
    put(&bench, CCIPR1, 1 << 22);
    put(&bench, SYST_CSR, ENABLE);
    bench_wait(&bench, 125 * 20);
    assert_int_equal(get(&bench, SYST_CVR), 12);
    put(&bench, ICSCR1, 1 << 23 | 2u << 28);
    assert_int_equal(bench.chip.clock.core_hz, 16000000);
    assert_int_equal(get(&bench, SYST_CVR), 12);
    bench_wait(&bench, 500 * 11);
    assert_int_equal(get(&bench, SYST_CVR), 1);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_period_is_one_more_than_the_reload_value),
        cmocka_unit_test(a_write_of_the_counter_clears_it_and_makes_nothing_pending),
        cmocka_unit_test(it_keeps_its_value_while_it_is_off),
        cmocka_unit_test(it_stays_at_0_with_a_reload_value_of_0),
        cmocka_unit_test(without_clksource_it_counts_an_eighth),
        cmocka_unit_test(a_clock_of_its_own_does_not_follow_the_core),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
