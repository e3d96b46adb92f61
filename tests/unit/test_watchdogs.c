// test_watchdogs.c: the window watchdog runs to its reset and cannot be stopped.
// SPDX-License-Identifier: MIT
#include "bench.h"
#include "contract.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define WWDG 0x40002C00u

static const struct peripheral peripherals[] = {
    {"WWDG", BLOCK_WWDG, WWDG, 0x400, 0, 0, 0, 0, 0, -1, {0}}, {.name = NULL}};

static void set_up(struct bench *bench, struct device *device)
{
    *device = bench_device("f405");
    device->peripherals = peripherals;
    bench_open(bench, device);
}

static uint32_t read(struct bench *bench, uint32_t offset)
{
    return bus_read(&bench->chip, WWDG + offset, 4);
}

static void write(struct bench *bench, uint32_t offset, uint32_t value)
{
    bus_write(&bench->chip, WWDG + offset, 4, value);
}

static void it_counts_down_to_a_reset(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device);
    assert_int_equal(read(&bench, 0), 0x7F);
    bench_wait(&bench, 10000);
    assert_false(bench.chip.reset_wanted);
    write(&bench, 0, 0x80 | 0x42);
    bench_wait(&bench, 4096);
    assert_int_equal(read(&bench, 0), 0x80 | 0x41);
    write(&bench, 0, 0x42); // WDGA cannot be cleared
    bench_wait(&bench, 3 * 4096);
    assert_false(bench.chip.reset_wanted);
    bench_wait(&bench, 1);
    assert_true(bench.chip.reset_wanted);
    assert_int_equal(bench.chip.reset_kind, RESET_WATCHDOG);
    bench_reset(&bench, RESET_WATCHDOG);
    assert_true(bench_deadline(&bench, WATCHDOG_WINDOW) == EVENT_NEVER);
    bench_close(&bench);
}

static void refreshing_too_early_resets(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device);
    write(&bench, 4, 0x50);
    write(&bench, 0, 0x80 | 0x52);
    bench_wait(&bench, 2 * 4096);
    write(&bench, 0, 0x52); // 0x50: in the window
    assert_false(bench.chip.reset_wanted);
    write(&bench, 0, 0x52);
    assert_true(bench.chip.reset_wanted);
    bench_close(&bench);
}

static void a_value_without_t6_resets(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device);
    write(&bench, 0, 0x3F);
    assert_false(bench.chip.reset_wanted); // it does not run
    write(&bench, 0, 0x80 | 0x3F);
    assert_true(bench.chip.reset_wanted);
    bench_close(&bench);
}

static void both_places_of_the_prescaler_count(void **state)
{
    static const uint32_t prescalers[] = {2 << 7, 2 << 11};
    struct device device;
    struct bench bench;
    (void)state;

    for (size_t i = 0; i < 2; i++) {
        set_up(&bench, &device);
        write(&bench, 4, 0x7F | prescalers[i]);
        write(&bench, 0, 0x80 | 0x41);
        assert_int_equal(bench_deadline(&bench, WATCHDOG_WINDOW) - bench.chip.core.instructions,
                         2 * 4 * 4096);
        bench_close(&bench);
    }
}

static void h13_asks_that_none_runs(void **state)
{
    struct device device;
    struct bench bench;
    struct contract contract;
    (void)state;

    set_up(&bench, &device);
    contract_check(&bench.judge, &contract);
    assert_true(contract.points[12].ok);
    write(&bench, 0, 0xFF);
    contract_check(&bench.judge, &contract);
    assert_false(contract.points[12].ok);
    assert_true(contract.points[11].ok); // and no other point
    bench.chip.option_starts_watchdog[WATCHDOG_WINDOW] = true;
    bench_reset(&bench, RESET_SOFTWARE);
    assert_int_equal(read(&bench, 0), 0xFF);
    contract_check(&bench.judge, &contract);
    assert_false(contract.points[12].ok);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_counts_down_to_a_reset),
        cmocka_unit_test(refreshing_too_early_resets),
        cmocka_unit_test(a_value_without_t6_resets),
        cmocka_unit_test(both_places_of_the_prescaler_count),
        cmocka_unit_test(h13_asks_that_none_runs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
