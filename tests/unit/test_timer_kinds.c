// test_timer_kinds.c: timers count in 16 or 32 bits, up, down or both, as their rows say.
// SPDX-License-Identifier: MIT
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define TIMER   0x40001000u
#define APB1ENR 0x40023840u
#define RSTR    0x40023820u

enum { CR1 = 0x00, SMCR = 0x08, SR = 0x10, EGR = 0x14, CNT = 0x24, ARR = 0x2C, RCR = 0x30 };
enum { CEN = 1, URS = 4, DIR = 0x10, CENTRED = 0x20, UIF = 1, UG = 1 };
enum { LINE = 54, ENABLE = 1 << 4, RESET = 1 << 4 };

static uint32_t get(struct bench *bench, uint32_t offset)
{
    return bus_read(&bench->chip, TIMER + offset, 4);
}

static void put(struct bench *bench, uint32_t offset, uint32_t value)
{
    bus_write(&bench->chip, TIMER + offset, 4, value);
}

static void set_up(struct bench *bench, struct device *device, struct timer_kind kind)
{
    static struct peripheral one[2] = {
        {"TIM6", BLOCK_TIMER, TIMER, 0x400, APB1ENR, ENABLE, 0, RSTR, RESET, LINE, {0}},
        {.name = NULL},
    };

    one[0].timer = kind;
    *device = bench_device("f405");
    device->peripherals = one;
    bench_open(bench, device);
    bus_write(&bench->chip, APB1ENR, 4, ENABLE);
}

static void a_counter_of_32_bits_has_all_of_them(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device, (struct timer_kind){1, 32, 0, true, false, 0, false});
    assert_int_equal(get(&bench, ARR), 0xFFFFFFFF);
    put(&bench, CNT, 0xFFFFFFFE);
    put(&bench, CR1, CEN);
    bench_wait(&bench, 1);
    assert_int_equal(get(&bench, CNT), 0xFFFFFFFF);
    assert_int_equal(get(&bench, SR), 0);
    bench_wait(&bench, 1);
    assert_int_equal(get(&bench, CNT), 0);
    assert_int_equal(get(&bench, SR), UIF);
    bench.chip.core.instructions += 0x123456789A; // asleep: nobody looks meanwhile
    assert_int_equal(get(&bench, CNT), 0x3456789A);
    bench_close(&bench);
}

static void a_downward_counter_turns_at_0(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device, (struct timer_kind){1, 16, 0, true, false, 0, false});
    put(&bench, ARR, 9);
    put(&bench, CR1, DIR);
    put(&bench, EGR, UG);
    assert_int_equal(get(&bench, CNT), 9);
    put(&bench, SR, 0);
    put(&bench, CR1, DIR | CEN);
    bench_wait(&bench, 9);
    assert_int_equal(get(&bench, CNT), 0);
    assert_int_equal(get(&bench, SR), 0);
    bench_wait(&bench, 1);
    assert_int_equal(get(&bench, CNT), 9);
    assert_int_equal(get(&bench, SR), UIF);
    bench_wait(&bench, 10 * 1000 + 3);
    assert_int_equal(get(&bench, CNT), 6);
    bench_close(&bench);
}

// To ARR and back: an update event at each end, and DIR shows the way.
static void a_centred_counter_turns_at_both_ends(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device, (struct timer_kind){1, 16, 0, true, false, 0, false});
    put(&bench, ARR, 9);
    put(&bench, CR1, CENTRED | CEN);
    bench_wait(&bench, 8);
    assert_int_equal(get(&bench, CNT), 8);
    assert_int_equal(get(&bench, SR), 0);
    bench_wait(&bench, 1);
    assert_int_equal(get(&bench, CNT), 9);
    assert_int_equal(get(&bench, SR), UIF);
    assert_int_equal(get(&bench, CR1), CENTRED | DIR | CEN);
    put(&bench, CR1, CENTRED | CEN); // DIR is not written
    put(&bench, SR, 0);
    bench_wait(&bench, 8);
    assert_int_equal(get(&bench, CNT), 1);
    assert_int_equal(get(&bench, SR), 0);
    bench_wait(&bench, 1);
    assert_int_equal(get(&bench, CNT), 0);
    assert_int_equal(get(&bench, SR), UIF);
    assert_int_equal(get(&bench, CR1), CENTRED | CEN);
    bench_wait(&bench, 18 * 1000 + 12);
    assert_int_equal(get(&bench, CNT), 6);
    assert_int_equal(get(&bench, CR1), CENTRED | DIR | CEN);
    bench_close(&bench);
}

static void one_overflow_more_than_repetition_says_updates(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device, (struct timer_kind){2, 16, 8, true, false, 0, false});
    put(&bench, RCR, 0x102);
    assert_int_equal(get(&bench, RCR), 2);
    put(&bench, ARR, 9);
    put(&bench, CR1, URS | CEN);
    bench_wait(&bench, 5);
    put(&bench, EGR, UG); // RCR comes into force
    bench_wait(&bench, 29);
    assert_int_equal(get(&bench, SR), 0);
    assert_int_equal(get(&bench, CNT), 9);
    bench_wait(&bench, 1);
    assert_int_equal(get(&bench, SR), UIF);
    put(&bench, SR, 0);
    bench_wait(&bench, 30 * 1000 + 10); // nobody has looked for many rounds
    assert_int_equal(get(&bench, SR), UIF);
    put(&bench, SR, 0);
    bench_wait(&bench, 19);
    assert_int_equal(get(&bench, SR), 0);
    bench_wait(&bench, 1);
    assert_int_equal(get(&bench, SR), UIF);
    bench_close(&bench);
}

// External clocks, encoders and gates count something else than the clock.
static void a_counter_that_something_else_clocks_stands_still(void **state)
{
    static const struct {
        uint32_t slave;
        bool counts;
    } modes[] = {{0, true},  {1, false}, {3, false},     {4, true},
                 {5, false}, {7, false}, {0x4000, false}};
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device, (struct timer_kind){1, 16, 0, true, false, 0, false});
    put(&bench, CR1, CEN);
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        put(&bench, SMCR, modes[i].slave);
        put(&bench, CNT, 0);
        bench_wait(&bench, 5);
        assert_int_equal(get(&bench, CNT), modes[i].counts ? 5 : 0);
    }
    bench_close(&bench);
}

// Registers of channels keep what is written, and a basic timer has none.
static void only_a_basic_timer_has_no_channels(void **state)
{
    enum { CCMR1 = 0x18, CCR1 = 0x34, BDTR = 0x44 };
    static const uint32_t offsets[] = {CCMR1, CCR1, BDTR};
    struct device device;
    struct bench bench;
    (void)state;

    for (int basic = 0; basic <= 1; basic++) {
        set_up(&bench, &device, (struct timer_kind){1, 16, 0, !basic, basic, 0, false});
        for (size_t i = 0; i < sizeof offsets / sizeof offsets[0]; i++) {
            put(&bench, offsets[i], 0x68);
            assert_int_equal(get(&bench, offsets[i]), basic ? 0 : 0x68);
        }
        put(&bench, CR1, 0x3FF & ~CEN);
        assert_int_equal(get(&bench, CR1), basic ? 0x8E : 0x3FE);
        put(&bench, RCR, 1);
        assert_int_equal(get(&bench, RCR), 0); // neither of them has it
        bench_close(&bench);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_counter_of_32_bits_has_all_of_them),
        cmocka_unit_test(a_downward_counter_turns_at_0),
        cmocka_unit_test(a_centred_counter_turns_at_both_ends),
        cmocka_unit_test(one_overflow_more_than_repetition_says_updates),
        cmocka_unit_test(a_counter_that_something_else_clocks_stands_still),
        cmocka_unit_test(only_a_basic_timer_has_no_channels),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
