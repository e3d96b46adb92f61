// test_timer_compare.c: channels of a timer set a flag and interrupt when the counter gets to CCRx.
// SPDX-License-Identifier: MIT
//
// RM0090 Rev 21, section 18.4.5: what sets CC1IF, and when.
#include "bench.h"
#include "nvic.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define TIMER   0x40000400u
#define APB1ENR 0x40023840u
#define ISPR0   0xE000E200u
#define ICPR0   0xE000E280u

enum {
    CR1 = 0x00,
    DIER = 0x0C,
    SR = 0x10,
    EGR = 0x14,
    CCMR1 = 0x18,
    CNT = 0x24,
    PSC = 0x28,
    ARR = 0x2C,
    CCR1 = 0x34,
    CCR2 = 0x38,
    CCR4 = 0x40,
    CEN = 1,
    DIR = 0x10,
    CENTRED_DOWN = 0x20,
    CENTRED_UP = 0x40,
    UIF = 1,
    CC1 = 2,
    CC2 = 4,
    CC4 = 16,
    UG = 1,
    PRELOAD_1 = 8,
    INPUT_1 = 1,
};
enum { UPDATE_LINE = 29, COMPARE_LINE = 30, TIM3EN = 1 << 1 };

static const int16_t both_lines[] = {UPDATE_LINE, COMPARE_LINE, -1};
static const struct block_lines apart[] = {{"TIM3", both_lines}, {0}};

static uint32_t get(struct bench *bench, uint32_t offset)
{
    return bus_read(&bench->chip, TIMER + offset, 4);
}

static void put(struct bench *bench, uint32_t offset, uint32_t value)
{
    bus_write(&bench->chip, TIMER + offset, 4, value);
}

// Counts to 9 and turns; an instruction is a count.
static void set_up_with(struct bench *bench, struct device *device, bool compare_apart)
{
    static struct peripheral one[2];

    *device = bench_device("f405");
    one[0] = (struct peripheral){"TIM3",
                                 BLOCK_TIMER,
                                 TIMER,
                                 0x400,
                                 APB1ENR,
                                 TIM3EN,
                                 0,
                                 0,
                                 0,
                                 UPDATE_LINE,
                                 {1, 16, 0, true, false, 4, compare_apart}};
    device->peripherals = one;
    device->block_lines = compare_apart ? apart : &apart[1];
    bench_open(bench, device);
    bus_write(&bench->chip, APB1ENR, 4, TIM3EN);
    put(bench, ARR, 9);
}

static void set_up(struct bench *bench, struct device *device)
{
    set_up_with(bench, device, false);
}

static uint32_t pending(struct bench *bench)
{
    return bus_read(&bench->chip, ISPR0, 4);
}

static void a_flag_is_set_when_the_counter_gets_there(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device);
    put(&bench, CCR1, 3);
    put(&bench, CCR2, 5);
    put(&bench, CR1, CEN);
    bench_wait(&bench, 2);
    assert_int_equal(get(&bench, SR) & (CC1 | CC2), 0);
    bench_wait(&bench, 1);
    assert_int_equal(get(&bench, CNT), 3);
    assert_int_equal(get(&bench, SR) & (CC1 | CC2), CC1);
    put(&bench, SR, ~(uint32_t)CC1);
    bench_wait(&bench, 2);
    assert_int_equal(get(&bench, SR) & (CC1 | CC2), CC2);
    bench_wait(&bench, 8); // once around
    assert_int_equal(get(&bench, SR), UIF | CC1 | CC2 | 0x18);
    bench_close(&bench);
}

// Nobody asks the timer: the event queue does. The counter of a tickless kernel is such a one.
static void its_line_is_high_from_the_match_on(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device);
    put(&bench, ARR, 0xFFFF);
    put(&bench, CCR1, 1000);
    put(&bench, DIER, CC1);
    put(&bench, CR1, CEN);
    bench_wait(&bench, 1000);
    assert_int_equal(pending(&bench), 0); // an event comes before the next instruction
    bench_wait(&bench, 1);
    assert_int_equal(pending(&bench), 1u << UPDATE_LINE);
    put(&bench, CCR1, 1500); // the next alarm
    put(&bench, SR, 0);
    bus_write(&bench.chip, ICPR0, 4, 1u << UPDATE_LINE);
    bench_wait(&bench, 499);
    assert_int_equal(pending(&bench), 0);
    bench_wait(&bench, 1);
    assert_int_equal(pending(&bench), 1u << UPDATE_LINE);
    bench_close(&bench);
}

// An alarm that lies behind comes after the counter has been around.
static void what_was_passed_matches_the_next_time(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device);
    put(&bench, DIER, CC4);
    put(&bench, CR1, CEN);
    bench_wait(&bench, 6);
    put(&bench, CCR4, 2);
    bench_wait(&bench, 6); // 7 8 9 0 1 2
    assert_int_equal(pending(&bench), 0);
    bench_wait(&bench, 1);
    assert_int_equal(pending(&bench), 1u << UPDATE_LINE);
    bench_close(&bench);
}

static void channels_may_have_a_line_of_their_own(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up_with(&bench, &device, true);
    put(&bench, CCR1, 4);
    put(&bench, DIER, CC1 | UIF);
    put(&bench, CR1, CEN);
    bench_wait(&bench, 5);
    assert_int_equal(pending(&bench), 1u << COMPARE_LINE);
    bench_wait(&bench, 6);
    assert_int_equal(pending(&bench), 1u << COMPARE_LINE | 1u << UPDATE_LINE);
    bench_close(&bench);
}

static void a_value_above_the_reload_matches_at_the_overflow(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device);
    put(&bench, CCR1, 20);
    put(&bench, CR1, CEN);
    bench_wait(&bench, 9);
    assert_int_equal(get(&bench, SR) & CC1, 0);
    bench_wait(&bench, 1);
    assert_int_equal(get(&bench, SR) & CC1, CC1);
    bench_close(&bench);
}

static void downward_and_centred_counters_match_on_their_way(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device);
    put(&bench, CCR1, 7);
    put(&bench, CR1, DIR);
    put(&bench, EGR, UG);
    put(&bench, SR, 0);
    put(&bench, CR1, DIR | CEN);
    bench_wait(&bench, 1);
    assert_int_equal(get(&bench, SR) & CC1, 0);
    bench_wait(&bench, 1);
    assert_int_equal(get(&bench, SR) & CC1, CC1);
    for (unsigned up = 0; up < 2; up++) {
        put(&bench, CR1, 0);
        put(&bench, CNT, 0);
        put(&bench, CR1, up ? CENTRED_UP : CENTRED_DOWN);
        put(&bench, SR, 0);
        put(&bench, CR1, CEN | (up ? CENTRED_UP : CENTRED_DOWN));
        bench_wait(&bench, 8);
        assert_int_equal(get(&bench, CNT), 8);
        assert_int_equal(get(&bench, SR) & CC1, up ? CC1 : 0);
        put(&bench, SR, 0);
        bench_wait(&bench, 3); // 9 8 7
        assert_int_equal(get(&bench, SR) & CC1, up ? 0 : CC1);
        bench_wait(&bench, 7);
    }
    bench_close(&bench);
}

static void a_preloaded_value_waits_for_an_update(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device);
    put(&bench, CCR1, 2);
    put(&bench, CCMR1, PRELOAD_1);
    put(&bench, CCR1, 5);
    put(&bench, CR1, CEN);
    bench_wait(&bench, 3);
    assert_int_equal(get(&bench, SR) & CC1, CC1);
    bench_wait(&bench, 7);
    put(&bench, SR, 0);
    bench_wait(&bench, 4);
    assert_int_equal(get(&bench, SR) & CC1, 0);
    bench_wait(&bench, 1);
    assert_int_equal(get(&bench, SR) & CC1, CC1);
    bench_close(&bench);
}

static void software_sets_a_flag_and_an_input_has_no_match(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device);
    put(&bench, CCMR1, INPUT_1);
    put(&bench, CCR1, 3);
    put(&bench, CR1, CEN);
    bench_wait(&bench, 25);
    assert_int_equal(get(&bench, SR) & CC1, 0);
    put(&bench, DIER, CC1);
    put(&bench, EGR, CC1);
    assert_int_equal(get(&bench, SR) & CC1, CC1);
    assert_int_equal(pending(&bench), 1u << UPDATE_LINE);
    bench_close(&bench);
}

// TIM2's channels share the line of its update, TIM1's have one of their own, as ST's headers say.
static void rows_know_channels_and_lines(void **state)
{
    static const struct {
        const char *slug, *name;
        unsigned channels;
        bool apart;
    } known[] = {{"f405", "TIM1", 4, true}, {"f405", "TIM2", 4, false},  {"f405", "TIM9", 2, false},
                 {"f072", "TIM1", 4, true}, {"g0b1", "TIM14", 1, false}, {"h723", "TIM6", 0, false},
                 {"u575", "TIM8", 4, true}, {"l07", "TIM21", 2, false},  {"g47", "TIM20", 4, true}};
    (void)state;

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        struct device device = bench_device(known[i].slug);
        struct bench bench;
        bench_open(&bench, &device);
        const struct block *block = block_find(&bench.chip, known[i].name);
        assert_non_null(block);
        assert_int_equal(block->peripheral->timer.channels, known[i].channels);
        assert_int_equal(block->peripheral->timer.compare_apart, known[i].apart);
        assert_int_equal(block->lines != NULL, known[i].apart);
        bench_close(&bench);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_flag_is_set_when_the_counter_gets_there),
        cmocka_unit_test(its_line_is_high_from_the_match_on),
        cmocka_unit_test(what_was_passed_matches_the_next_time),
        cmocka_unit_test(channels_may_have_a_line_of_their_own),
        cmocka_unit_test(a_value_above_the_reload_matches_at_the_overflow),
        cmocka_unit_test(downward_and_centred_counters_match_on_their_way),
        cmocka_unit_test(a_preloaded_value_waits_for_an_update),
        cmocka_unit_test(software_sets_a_flag_and_an_input_has_no_match),
        cmocka_unit_test(rows_know_channels_and_lines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
