// test_register_bits.c: each way in which bits of a register do more than keep what is written.
// SPDX-License-Identifier: MIT
#include "bench.h"

#include "register_bits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

// Nobody models these in this row.
enum {
    CR = 0x5F000000,
    SR = 0x5F000004,
    FCR = 0x5F000008,
    LOCK = 0x5F00000C,
    WPR = 0x5F000010,
    BESIDE = 0x5F000014,
    START = 0x5F000018,
    FLAGS = 0x5F00001C,
    DATA = 0x5F000020,
};

static const char *const all[] = {NULL};

// Sorted by address, as the generator writes them.
static const struct register_bits bits[] = {
    {"CR.RO", CR, 0x0000000F, BITS_READ_ONLY, 0, 0, all},
    {"CR.WO", CR, 0x00000010, BITS_WRITE_ONLY, 0, 0, all},
    {"CR.SET", CR, 0x00000020, BITS_SET_ONLY, 0, 0, all},
    {"CR.ONE", CR, 0x00000040, BITS_ONE, 0, 0, all},
    {"CR.START", CR, 0x00000080, BITS_FALL, 0, 0, all},
    {"CR.DBP", CR, 0x0000FF00, BITS_LOCKED, LOCK, 1, all},
    {"CR.LCK", CR, 0x00FF0000, BITS_LOCKED_BY, LOCK, 2, all},
    {"CR.KEY", CR, 0xFF000000, BITS_KEYED, WPR, 0xFF, all},
    {"SR.C1", SR, 0x00000001, BITS_CLEARED_BY_ONE, 0, 0, all},
    {"SR.C0", SR, 0x00000002, BITS_CLEARED_BY_ZERO, 0, 0, all},
    {"SR.RSF", SR, 0x00000004, BITS_RETURN, 0, 0, all},
    {"SR.RDY", SR, 0x00000030, BITS_FOLLOW, BESIDE, 3, all},
    {"SR.ANY", SR, 0x00000040, BITS_FOLLOW, BESIDE, 3, all},
    {"SR.IDLE", SR, 0x00000080, BITS_FOLLOW_NOT, BESIDE, 1, all},
    {"SR.END", SR, 0x00000300, BITS_SET_BY, BESIDE, 0xC, all},
    {"SR.END", SR, 0x00000300, BITS_CLEARED_BY, FCR, 0x3, all},
    {"START.EN", START, 0x00000001, BITS_SET_BY, START, 0x1, all},
    {"START.EN", START, 0x00000001, BITS_CLEARED_BY, START, 0x2, all},
    {"START.GO", START, 0x00000004, BITS_FALL, START, 0x8, all},
    {"FLAGS.EOC", FLAGS, 0x00000001, BITS_CLEARED_BY, FLAGS, 0x1, all},
    {"FLAGS.EOC", FLAGS, 0x00000001, BITS_SET_BY, START, 0x4, all},
    {"FLAGS.EOC", FLAGS, 0x00000001, BITS_SET_WHILE, START, 0x4, all},
    {"FLAGS.AF", FLAGS, 0x00000002, BITS_CLEARED_BY_ZERO, 0, 0, all},
    {"FLAGS.AF", FLAGS, 0x00000002, BITS_SET_BY, DATA, 0xFFFFFFFF, all},
    {NULL, 0, 0, BITS_READ_ONLY, 0, 0, NULL},
};

static const struct register_known known[] = {
    {"CR", CR, 0x00000005, false, 0, 0, 0, 0xFFFFFFFF, false, all},
    {0},
};

static struct device row;

static void set_up(struct bench *bench)
{
    row = bench_device("f405");
    row.register_bits = bits;
    row.known_registers = known;
    bench_open(bench, &row);
}

static uint32_t get(struct bench *bench, uint32_t address)
{
    return bus_read(&bench->chip, address, 4);
}

static void put(struct bench *bench, uint32_t address, uint32_t value)
{
    bus_write(&bench->chip, address, 4, value);
}

// How many reads it takes until the bits of `mask` at `address` are `value`; 99: it does not come.
static unsigned reads_until(struct bench *bench, uint32_t address, uint32_t mask, uint32_t value)
{
    for (unsigned i = 1; i < 99; i++) {
        if ((get(bench, address) & mask) == value) {
            return i;
        }
    }
    return 99;
}

static void what_software_cannot_change_stays(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    assert_int_equal(get(&bench, CR) & 0x5F, 0x45); // as after a reset, and the one that is 1
    put(&bench, CR, 0xA | 0x10);
    assert_int_equal(get(&bench, CR) & 0x5F, 0x45);
    put(&bench, CR, 0);
    assert_int_equal(get(&bench, CR) & 0x5F, 0x45);
    put(&bench, CR, 0x20);
    put(&bench, CR, 0);
    assert_int_equal(get(&bench, CR) & 0x20, 0x20); // set only
    bench_reset(&bench, RESET_SOFTWARE);
    assert_int_equal(get(&bench, CR) & 0x7F, 0x45);
    bench_close(&bench);
}

static void a_lock_keeps_its_bits(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    put(&bench, CR, 0x00001100); // DBP is 0
    assert_int_equal(get(&bench, CR) & 0xFF00, 0);
    put(&bench, LOCK, 1);
    put(&bench, CR, 0x00221100);
    assert_int_equal(get(&bench, CR) & 0xFFFF00, 0x221100);
    put(&bench, LOCK, 3);
    put(&bench, CR, 0x00334400);
    assert_int_equal(get(&bench, CR) & 0xFFFF00, 0x224400);
    bench_close(&bench);
}

static void keys_open_in_their_order_only(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    put(&bench, CR, 0x11000000);
    put(&bench, WPR, 0x53);
    put(&bench, WPR, 0xCA);
    put(&bench, CR, 0x11000000);
    assert_int_equal(get(&bench, CR) & 0xFF000000, 0);
    put(&bench, WPR, 0x53);
    put(&bench, CR, 0x11000000);
    assert_int_equal(get(&bench, CR) & 0xFF000000, 0x11000000);
    put(&bench, WPR, 0xFF); // locks again
    put(&bench, CR, 0x22000000);
    assert_int_equal(get(&bench, CR) & 0xFF000000, 0x11000000);
    put(&bench, WPR, 0xCA);
    put(&bench, WPR, 0x53);
    bench_reset(&bench, RESET_SOFTWARE);
    put(&bench, CR, 0x22000000);
    assert_int_equal(get(&bench, CR) & 0xFF000000, 0); // so does a reset
    bench_close(&bench);
}

static void a_flag_is_cleared_its_own_way(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    put(&bench, SR, 3);
    assert_int_equal(get(&bench, SR) & 3, 0); // software cannot set it
    bus_keep(&bench.chip, SR, 3, 3);
    put(&bench, SR, 2); // a 0 leaves the one, a 1 the other
    assert_int_equal(get(&bench, SR) & 3, 3);
    put(&bench, SR, 1);
    assert_int_equal(get(&bench, SR) & 3, 0);
    bench_close(&bench);
}

static void what_another_register_asks_for_comes_after_some_reads(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    assert_int_equal(get(&bench, SR) & 0xF0, 0x80); // at rest: the inverse of 0
    put(&bench, BESIDE, 2);
    assert_int_equal(get(&bench, SR) & 0xF0, 0x80);
    assert_int_equal(reads_until(&bench, SR, 0xF0, 0xE0), REGISTER_BITS_SETTLE_READS - 1);
    put(&bench, BESIDE, 1);
    assert_int_equal(reads_until(&bench, SR, 0xF0, 0x50), REGISTER_BITS_SETTLE_READS);
    put(&bench, SR, 0xF0); // not by software
    assert_int_equal(get(&bench, SR) & 0xF0, 0x50);
    put(&bench, BESIDE, 0);
    assert_int_equal(reads_until(&bench, SR, 0xF0, 0x80), REGISTER_BITS_SETTLE_READS);
    bench_close(&bench);
}

// Who waits some time instead of asking finds it done.
static void what_is_not_asked_for_comes_too(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    bench_wait(&bench, REGISTER_BITS_SETTLE_INSTRUCTIONS);
    put(&bench, BESIDE, 2);
    assert_int_equal(get(&bench, SR) & 0xF0, 0x80);
    bench_wait(&bench, REGISTER_BITS_SETTLE_INSTRUCTIONS);
    assert_int_equal(get(&bench, SR) & 0xF0, 0xE0);
    bench_close(&bench);
}

static void hardware_changes_back_what_is_not_at_rest(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    put(&bench, CR, 0x80);
    assert_int_equal(get(&bench, CR) & 0x80, 0x80);
    assert_int_equal(reads_until(&bench, CR, 0x80, 0), REGISTER_BITS_SETTLE_READS - 1);
    assert_int_equal(reads_until(&bench, SR, 4, 4), REGISTER_BITS_SETTLE_READS);
    put(&bench, SR, 0xFFFFFFFB);
    assert_int_equal(get(&bench, SR) & 4, 0);
    assert_int_equal(reads_until(&bench, SR, 4, 4), REGISTER_BITS_SETTLE_READS - 1);
    bench_close(&bench);
}

static void a_write_elsewhere_sets_and_clears_flags(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    put(&bench, SR, 0x300);
    assert_int_equal(get(&bench, SR) & 0x300, 0);
    put(&bench, BESIDE, 0xC);
    assert_int_equal(get(&bench, SR) & 0x300, 0x300);
    put(&bench, FCR, 2); // each by its own
    assert_int_equal(get(&bench, SR) & 0x300, 0x100);
    assert_int_equal(get(&bench, FCR), 0); // they read 0
    put(&bench, FCR, 0xFC);
    assert_int_equal(get(&bench, SR) & 0x300, 0x100);
    assert_int_equal(get(&bench, FCR), 0xFC);
    bench_close(&bench);
}

// As an ADC's ADEN and ADDIS: a 0 changes nothing, and what clears keeps nothing.
static void a_bit_of_the_same_register_may_set_and_clear(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    put(&bench, START, 1);
    put(&bench, START, 0x10);
    assert_int_equal(get(&bench, START), 0x11);
    put(&bench, START, 2);
    assert_int_equal(get(&bench, START), 0);
    bench_close(&bench);
}

static void a_start_falls_unless_something_keeps_it(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    put(&bench, START, 0x4);
    assert_int_equal(reads_until(&bench, START, 4, 0), REGISTER_BITS_SETTLE_READS);
    put(&bench, START, 0x4 | 0x8);
    assert_int_equal(reads_until(&bench, START, 4, 0), 99);
    put(&bench, START, 0x8); // by software
    assert_int_equal(get(&bench, START), 8);
    bench_close(&bench);
}

static void a_flag_comes_again_while_its_cause_lasts(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    assert_int_equal(reads_until(&bench, FLAGS, 1, 1), 99);
    put(&bench, START, 0x4); // falls: once
    assert_int_equal(get(&bench, FLAGS) & 1, 1);
    assert_int_equal(reads_until(&bench, START, 4, 0), REGISTER_BITS_SETTLE_READS);
    put(&bench, FLAGS, 0);
    assert_int_equal(get(&bench, FLAGS) & 1, 1); // a 0 does not clear it
    put(&bench, FLAGS, 1);
    assert_int_equal(reads_until(&bench, FLAGS, 1, 1), 99);
    put(&bench, START, 0x4 | 0x8); // lasts
    put(&bench, FLAGS, 1);
    assert_int_equal(get(&bench, FLAGS) & 1, 0);
    assert_int_equal(reads_until(&bench, FLAGS, 1, 1), REGISTER_BITS_SETTLE_READS - 1);
    bench_close(&bench);
}

static void any_write_of_a_whole_register_sets_a_flag(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    put(&bench, FLAGS, 2);
    assert_int_equal(get(&bench, FLAGS) & 2, 0);
    put(&bench, DATA, 0);
    assert_int_equal(get(&bench, FLAGS) & 2, 2);
    put(&bench, FLAGS, 2);
    assert_int_equal(get(&bench, FLAGS) & 2, 2);
    put(&bench, FLAGS, 0);
    assert_int_equal(get(&bench, FLAGS) & 2, 0);
    bench_close(&bench);
}

static void a_part_of_a_word_changes_that_part_only(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    bus_keep(&bench.chip, SR, 3, 3);
    bus_write(&bench.chip, SR + 1, 1, 0xFF);
    assert_int_equal(get(&bench, SR) & 3, 3);
    put(&bench, LOCK, 1);
    bus_write(&bench.chip, CR + 1, 1, 0x77);
    assert_int_equal(get(&bench, CR) & 0xFF7F, 0x7745);
    bench_close(&bench);
}

static void a_peek_brings_nothing_nearer(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    assert_int_equal(bus_peek(&bench.chip, CR), 0x45);
    put(&bench, BESIDE, 2);
    for (int i = 0; i < 9; i++) {
        assert_int_equal(bus_peek(&bench.chip, SR) & 0xF0, 0x80);
    }
    assert_int_equal(bus_kept(&bench.chip, SR) & 0xF0, 0);
    bench_close(&bench);
}

static void a_watchdog_keeps_its_oscillator_ready(void **state)
{
    struct bench bench;
    (void)state;

    row = bench_device("f405");
    bench_open(&bench, &row);
    assert_int_equal(get(&bench, row.lsi_register) & row.lsi_mask, 0);
    put(&bench, row.iwdg, 0xCCCC);
    assert_int_equal(get(&bench, row.lsi_register) & row.lsi_mask, row.lsi_mask);
    bench_close(&bench);
}

// As LL_RCC_IsRFUnderReset() of ST's driver waits for it, both ways.
static void the_radio_of_a_wl_leaves_its_reset(void **state)
{
    enum { CSR_WL = 0x58000094, RFRST = 0x8000, RFRSTF = 0x4000 };
    struct bench bench;
    (void)state;

    row = bench_device("wl5");
    bench_open(&bench, &row);
    assert_int_equal(get(&bench, CSR_WL) & RFRSTF, RFRSTF);
    put(&bench, CSR_WL, get(&bench, CSR_WL) & ~(uint32_t)RFRST);
    assert_true(reads_until(&bench, CSR_WL, RFRSTF, 0) < 16);
    put(&bench, CSR_WL, get(&bench, CSR_WL) | RFRST);
    assert_true(reads_until(&bench, CSR_WL, RFRSTF, RFRSTF) < 16);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_software_cannot_change_stays),
        cmocka_unit_test(a_lock_keeps_its_bits),
        cmocka_unit_test(keys_open_in_their_order_only),
        cmocka_unit_test(a_flag_is_cleared_its_own_way),
        cmocka_unit_test(what_another_register_asks_for_comes_after_some_reads),
        cmocka_unit_test(what_is_not_asked_for_comes_too),
        cmocka_unit_test(hardware_changes_back_what_is_not_at_rest),
        cmocka_unit_test(a_write_elsewhere_sets_and_clears_flags),
        cmocka_unit_test(a_bit_of_the_same_register_may_set_and_clear),
        cmocka_unit_test(a_start_falls_unless_something_keeps_it),
        cmocka_unit_test(a_flag_comes_again_while_its_cause_lasts),
        cmocka_unit_test(any_write_of_a_whole_register_sets_a_flag),
        cmocka_unit_test(a_part_of_a_word_changes_that_part_only),
        cmocka_unit_test(a_peek_brings_nothing_nearer),
        cmocka_unit_test(a_watchdog_keeps_its_oscillator_ready),
        cmocka_unit_test(the_radio_of_a_wl_leaves_its_reset),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
