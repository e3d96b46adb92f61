// new_block_check.c: the invented block of docs/adding-a-block.md works in a virtual chip.
// SPDX-License-Identifier: MIT
//
// Built by test_new_block.py in the copy that has the block.
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define ISER2 0xE000E108u
#define ISPR2 0xE000E208u

enum { CNT = 0x00, SR = 0x04, CR = 0x08, VER = 0x0C, DONE = 1, IE = 1, LINE = 79 };

static const struct block *countdown;

static uint32_t get(struct bench *bench, uint32_t offset)
{
    return bus_read(&bench->chip, countdown->peripheral->start + offset, 4);
}

static void put(struct bench *bench, uint32_t offset, uint32_t value)
{
    bus_write(&bench->chip, countdown->peripheral->start + offset, 4, value);
}

static void set_up(struct bench *bench)
{
    bench_open(bench, device_find("f405"));
    countdown = block_find(&bench->chip, "CTDN");
    assert_non_null(countdown);
    bus_write(&bench->chip, countdown->peripheral->clock_register, 4,
              countdown->peripheral->clock_mask);
}

static bool is_pending(struct bench *bench)
{
    return bus_read(&bench->chip, ISPR2, 4) >> (LINE - 64) & 1u;
}

static void it_has_its_reset_values(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    assert_int_equal(get(&bench, VER), 0x10);
    assert_int_equal(get(&bench, CNT) | get(&bench, SR) | get(&bench, CR), 0);
    put(&bench, VER, 0);
    put(&bench, CR, 0xFFFFFFFF);
    assert_int_equal(get(&bench, VER), 0x10);
    assert_int_equal(get(&bench, CR), IE);
    bus_write(&bench.chip, countdown->peripheral->reset_register, 4,
              countdown->peripheral->reset_mask);
    bus_write(&bench.chip, countdown->peripheral->reset_register, 4, 0);
    assert_int_equal(get(&bench, CR), 0);
    bus_write(&bench.chip, countdown->peripheral->clock_register, 4, 0);
    assert_int_equal(get(&bench, VER), 0);
    bench_close(&bench);
}

static void its_event_fires(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    put(&bench, CNT, 1000);
    bench_wait(&bench, 600);
    assert_int_equal(get(&bench, CNT), 400);
    assert_int_equal(get(&bench, SR), 0);
    bench_wait(&bench, 401);
    assert_int_equal(get(&bench, CNT), 0);
    assert_int_equal(get(&bench, SR), DONE);
    assert_false(is_pending(&bench));
    put(&bench, SR, DONE);
    assert_int_equal(get(&bench, SR), 0);
    bench_close(&bench);
}

static void its_interrupt_is_pending_until_the_flag_is_cleared(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    put(&bench, CR, IE);
    put(&bench, CNT, 50);
    bench_wait(&bench, 50);
    assert_false(is_pending(&bench));
    bench_wait(&bench, 1);
    assert_true(is_pending(&bench));
    bus_write(&bench.chip, ISER2, 4, 1u << (LINE - 64)); // time stands still: nobody takes it
    assert_int_equal(exceptions_next(&bench.chip.core), EXCEPTION_IRQ0 + LINE);
    bus_write(&bench.chip, ISPR2 + 0x80, 4, 1u << (LINE - 64));
    assert_true(is_pending(&bench));
    put(&bench, SR, DONE);
    bus_write(&bench.chip, ISPR2 + 0x80, 4, 1u << (LINE - 64));
    assert_false(is_pending(&bench));
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_has_its_reset_values),
        cmocka_unit_test(its_event_fires),
        cmocka_unit_test(its_interrupt_is_pending_until_the_flag_is_cleared),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
