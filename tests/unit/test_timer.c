// test_timer.c: a timer counts, turns where it must, and updates.
// SPDX-License-Identifier: MIT
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define TIMER   0x40001000u
#define APB1ENR 0x40023840u
#define RSTR    0x40023820u
#define ISPR1   0xE000E204u

enum { CR1 = 0x00, DIER = 0x0C, SR = 0x10, EGR = 0x14, CNT = 0x24, PSC = 0x28, ARR = 0x2C };
enum { CEN = 1, UDIS = 2, URS = 4, OPM = 8, ARPE = 0x80, UIE = 1, UIF = 1, UG = 1 };
enum { LINE = 54, ENABLE = 1 << 4, RESET = 1 << 4 };

static const struct peripheral peripherals[] = {
    {"TIM6",
     BLOCK_TIMER,
     TIMER,
     0x400,
     APB1ENR,
     ENABLE,
     0,
     RSTR,
     RESET,
     LINE,
     {1, 16, 0, false, true, 0, false}},
    {.name = NULL},
};

static uint32_t get(struct bench *bench, uint32_t offset)
{
    return bus_read(&bench->chip, TIMER + offset, 4);
}

static void put(struct bench *bench, uint32_t offset, uint32_t value)
{
    bus_write(&bench->chip, TIMER + offset, 4, value);
}

static void set_up(struct bench *bench, struct device *device)
{
    *device = bench_device("f405");
    device->peripherals = peripherals;
    bench_open(bench, device);
    bus_write(&bench->chip, APB1ENR, 4, ENABLE);
    assert_int_equal(get(bench, ARR), 0xFFFF);
    put(bench, ARR, 9);
}

static bool is_pending(struct bench *bench)
{
    return bus_read(&bench->chip, ISPR1, 4) >> (LINE - 32) & 1u;
}

// ARR + 1 counts of PSC + 1 cycles, and PSC waits for an update event.
static void it_counts_to_reload_and_begins_anew(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device);
    put(&bench, PSC, 3);
    put(&bench, CR1, CEN);
    bench_wait(&bench, 9);
    assert_int_equal(get(&bench, CNT), 9);
    assert_int_equal(get(&bench, SR), 0);
    bench_wait(&bench, 1);
    assert_int_equal(get(&bench, CNT), 0);
    assert_int_equal(get(&bench, SR), UIF);
    put(&bench, SR, 0);
    bench_wait(&bench, 39);
    assert_int_equal(get(&bench, CNT), 9);
    assert_int_equal(get(&bench, SR), 0);
    bench_wait(&bench, 1);
    assert_int_equal(get(&bench, SR), UIF);
    put(&bench, SR, 0);
    bench_wait(&bench, 40 + 7);
    assert_int_equal(get(&bench, CNT), 1);
    assert_int_equal(get(&bench, SR), UIF);
    put(&bench, CR1, 0); // it keeps its place, and its part of a count
    bench_wait(&bench, 100);
    assert_int_equal(get(&bench, CNT), 1);
    put(&bench, CR1, CEN);
    bench_wait(&bench, 1);
    assert_int_equal(get(&bench, CNT), 2);
    bench_close(&bench);
}

static void a_counter_past_reload_goes_through_0(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device);
    put(&bench, CNT, 0xFFFFFFFE);
    assert_int_equal(get(&bench, CNT), 0xFFFE);
    put(&bench, CR1, CEN);
    bench_wait(&bench, 2);
    assert_int_equal(get(&bench, CNT), 0);
    bench_wait(&bench, 9);
    assert_int_equal(get(&bench, SR), 0);
    bench_wait(&bench, 1);
    assert_int_equal(get(&bench, SR), UIF);
    put(&bench, SR, 0);
    put(&bench, ARR, 0); // it stands still
    bench_wait(&bench, 100000);
    assert_int_equal(get(&bench, CNT), 0);
    assert_int_equal(get(&bench, SR), 0);
    put(&bench, ARR, 9);
    put(&bench, CNT, 0xFFFE);
    put(&bench, DIER, UIE);
    assert_true(bench.chip.core.events.next > bench.chip.core.instructions);
    bench_wait(&bench, 12);
    assert_false(is_pending(&bench));
    bench_wait(&bench, 1);
    assert_true(is_pending(&bench)); // nobody has asked for CNT
    bench_close(&bench);
}

static void reload_waits_for_an_update_event_if_arpe_is_set(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device);
    put(&bench, CR1, CEN | ARPE);
    put(&bench, ARR, 4);
    assert_int_equal(get(&bench, ARR), 4);
    bench_wait(&bench, 9);
    assert_int_equal(get(&bench, SR), 0);
    bench_wait(&bench, 1);
    assert_int_equal(get(&bench, SR), UIF);
    put(&bench, SR, 0);
    bench_wait(&bench, 5);
    assert_int_equal(get(&bench, SR), UIF);
    put(&bench, CR1, CEN);
    put(&bench, SR, 0);
    put(&bench, ARR, 2); // at once
    bench_wait(&bench, 3);
    assert_int_equal(get(&bench, SR), UIF);
    bench_close(&bench);
}

static void software_updates_without_the_flag_if_urs_is_set(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device);
    put(&bench, PSC, 1);
    put(&bench, CNT, 5);
    put(&bench, CR1, URS);
    put(&bench, EGR, UG);
    assert_int_equal(get(&bench, SR), 0);
    assert_int_equal(get(&bench, EGR), 0);
    assert_int_equal(get(&bench, CNT), 0);
    put(&bench, CR1, URS | CEN);
    bench_wait(&bench, 19); // PSC is in force
    assert_int_equal(get(&bench, SR), 0);
    bench_wait(&bench, 1);
    assert_int_equal(get(&bench, SR), UIF); // an overflow sets it all the same
    put(&bench, SR, UIF);
    assert_int_equal(get(&bench, SR), UIF); // 1 changes nothing
    put(&bench, SR, ~(uint32_t)UIF);
    put(&bench, CR1, 0);
    put(&bench, EGR, UG);
    assert_int_equal(get(&bench, SR), UIF);
    bench_close(&bench);
}

static void udis_lets_the_counter_begin_anew_and_nothing_else(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device);
    put(&bench, PSC, 7);
    put(&bench, CR1, CEN | UDIS | OPM);
    bench_wait(&bench, 13);
    assert_int_equal(get(&bench, CNT), 3);
    assert_int_equal(get(&bench, SR), 0);
    put(&bench, EGR, UG);
    assert_int_equal(get(&bench, CNT), 0);
    assert_int_equal(get(&bench, SR), 0);
    bench_wait(&bench, 4);
    assert_int_equal(get(&bench, CNT), 4); // with the PSC of before
    bench_close(&bench);
}

static void one_pulse_ends_with_the_update_event(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device);
    put(&bench, CR1, CEN | OPM);
    bench_wait(&bench, 25);
    assert_int_equal(get(&bench, CR1), OPM);
    assert_int_equal(get(&bench, CNT), 0);
    assert_int_equal(get(&bench, SR), UIF);
    put(&bench, SR, 0);
    bench_wait(&bench, 25);
    assert_int_equal(get(&bench, SR), 0);
    bench_close(&bench);
}

static void it_stands_still_without_clock_and_in_reset(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device);
    put(&bench, DIER, UIE);
    put(&bench, CR1, CEN);
    bench_wait(&bench, 4);
    bus_write(&bench.chip, APB1ENR, 4, 0);
    bench_wait(&bench, 100);
    assert_int_equal(get(&bench, CNT), 0); // nobody answers
    put(&bench, CR1, 0);
    bus_write(&bench.chip, APB1ENR, 4, ENABLE);
    assert_int_equal(get(&bench, CR1), CEN);
    assert_int_equal(get(&bench, CNT), 4);
    assert_false(is_pending(&bench));
    bus_write(&bench.chip, RSTR, 4, RESET);
    put(&bench, CR1, CEN);
    bench_wait(&bench, 100000);
    bus_write(&bench.chip, RSTR, 4, 0);
    assert_int_equal(get(&bench, CR1), 0);
    assert_int_equal(get(&bench, CNT), 0);
    assert_int_equal(get(&bench, ARR), 0xFFFF);
    assert_false(is_pending(&bench));
    put(&bench, DIER, UIE);
    put(&bench, EGR, UG);
    bench_reset(&bench, RESET_SOFTWARE);
    assert_false(is_pending(&bench)); // the line went with the timer
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_counts_to_reload_and_begins_anew),
        cmocka_unit_test(a_counter_past_reload_goes_through_0),
        cmocka_unit_test(reload_waits_for_an_update_event_if_arpe_is_set),
        cmocka_unit_test(software_updates_without_the_flag_if_urs_is_set),
        cmocka_unit_test(udis_lets_the_counter_begin_anew_and_nothing_else),
        cmocka_unit_test(one_pulse_ends_with_the_update_event),
        cmocka_unit_test(it_stands_still_without_clock_and_in_reset),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
