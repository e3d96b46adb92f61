// test_mpu.c: which stores the memory protection unit lets pass, and which are cached.
// SPDX-License-Identifier: MIT
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { TYPE = 0xD90, CTRL = 0xD94, RNR = 0xD98, RBAR = 0xD9C, RASR = 0xDA0, RBAR_A1 = 0xDA4 };

static const struct mpu_access privileged = {.privileged = true}, user = {.privileged = false},
                               urgent = {.privileged = true, .urgent = true};

// 2 to the power of `bits` bytes with these access rights, the subregions of `off` left out.
static uint32_t by_size(unsigned bits, uint32_t rights, uint32_t off)
{
    return 1u | (bits - 1) << 1 | off << 8 | rights << 24;
}

static void without_regions_only_privileged_code_passes(void **state)
{
    struct mpu mpu;
    (void)state;

    mpu_reset(&mpu, MPU_BY_SIZE);
    assert_true(mpu_allows_store(&mpu, 0x20000000, 4, user)); // off
    mpu_write(&mpu, CTRL, 1);
    assert_false(mpu_allows_store(&mpu, 0x20000000, 4, privileged));
    mpu_write(&mpu, CTRL, 5); // PRIVDEFENA
    assert_true(mpu_allows_store(&mpu, 0x20000000, 4, privileged));
    assert_false(mpu_allows_store(&mpu, 0x20000000, 4, user));
}

static void the_highest_region_by_size_decides(void **state)
{
    struct mpu mpu;
    (void)state;

    mpu_reset(&mpu, MPU_BY_SIZE);
    mpu_write(&mpu, CTRL, 1);
    mpu_write(&mpu, RBAR, 0x20000000 | 1 << 4 | 0); // names region 0
    mpu_write(&mpu, RASR, by_size(16, 3, 0));
    mpu_write(&mpu, RBAR_A1, 0x20000100 | 1 << 4 | 2);
    mpu_write(&mpu, RASR + 8, by_size(5, 6, 0)); // 32 bytes, read-only
    assert_true(mpu_allows_store(&mpu, 0x200000FC, 4, user));
    assert_false(mpu_allows_store(&mpu, 0x20000100, 4, privileged));
    assert_false(mpu_allows_store(&mpu, 0x200000FE, 4, privileged)); // reaches into it
    assert_false(mpu_allows_store(&mpu, 0x2000011F, 1, privileged));
    assert_false(mpu_allows_store(&mpu, 0x200000F0, 104, privileged)); // in the midst of a frame
    assert_true(mpu_allows_store(&mpu, 0x20000120, 104, privileged));
    assert_true(mpu_allows_store(&mpu, 0x20000120, 4, user));
    assert_false(mpu_allows_store(&mpu, 0x20010000, 4, privileged)); // behind region 0
    assert_int_equal(mpu_read(&mpu, RNR), 2);
    assert_int_equal(mpu_read(&mpu, RBAR), 0x20000100 | 2);
}

static void subregions_can_be_left_out(void **state)
{
    struct mpu mpu;
    (void)state;

    mpu_reset(&mpu, MPU_BY_SIZE);
    mpu_write(&mpu, CTRL, 1);
    mpu_write(&mpu, RBAR, 0x20000000 | 1 << 4);
    mpu_write(&mpu, RASR, by_size(11, 1, 1 << 7)); // 2 KB in subregions of 256 bytes
    assert_true(mpu_allows_store(&mpu, 0x200006FC, 4, privileged));
    assert_false(mpu_allows_store(&mpu, 0x20000700, 4, privileged));
    assert_false(mpu_allows_store(&mpu, 0x20000000, 4, user)); // rights of privileged code only
}

static void faults_run_without_it_unless_asked(void **state)
{
    struct mpu mpu;
    (void)state;

    mpu_reset(&mpu, MPU_BY_SIZE);
    mpu_write(&mpu, CTRL, 1);
    assert_true(mpu_allows_store(&mpu, 0x20000000, 4, urgent));
    mpu_write(&mpu, CTRL, 3); // HFNMIENA
    assert_false(mpu_allows_store(&mpu, 0x20000000, 4, urgent));
}

static void regions_by_limit_must_not_overlap(void **state)
{
    struct mpu mpu;
    (void)state;

    mpu_reset(&mpu, MPU_BY_LIMIT);
    mpu_write(&mpu, CTRL, 1);
    mpu_write(&mpu, RNR, 4);
    mpu_write(&mpu, RBAR, 0x20000000 | 1 << 1); // any code may write
    mpu_write(&mpu, RASR, 0x20000FE0 | 1);
    mpu_write(&mpu, RBAR_A1, 0x20000FE0 | 0 << 1); // alias 1 is region 5
    mpu_write(&mpu, RBAR_A1 + 4, 0x20001FE0 | 1);
    assert_true(mpu_allows_store(&mpu, 0x20000FDC, 4, user));
    assert_false(mpu_allows_store(&mpu, 0x20000FE0, 4, privileged)); // both
    assert_true(mpu_allows_store(&mpu, 0x20001FFC, 4, privileged));
    assert_false(mpu_allows_store(&mpu, 0x20001FFC, 4, user));
    assert_false(mpu_allows_store(&mpu, 0x20002000, 4, privileged));
    mpu_write(&mpu, RNR, 5);
    assert_int_equal(mpu_read(&mpu, RBAR), 0x20000FE0);
}

static void memory_kinds_decide_what_is_cached(void **state)
{
    static const struct {
        uint32_t bits; // TEX, S, C, B from bit 16 on
        bool cached;
    } kinds[] = {{0x03, true},  {0x02, false}, {0x0B, true}, {0x08, false},
                 {0x07, false}, {0x29, true},  {0x22, false}};
    struct mpu mpu;
    (void)state;

    mpu_reset(&mpu, MPU_BY_SIZE);
    assert_true(mpu_is_write_back(&mpu, 0x24000000));
    assert_false(mpu_is_write_back(&mpu, 0x40000000));
    mpu_write(&mpu, CTRL, 5);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        mpu_write(&mpu, RBAR, 0x24000000 | 1 << 4);
        mpu_write(&mpu, RASR, by_size(19, 3, 0) | kinds[i].bits << 16);
        assert_int_equal(mpu_is_write_back(&mpu, 0x24000000), kinds[i].cached);
    }
}

static void the_row_says_whether_there_is_one(void **state)
{
    struct device device = bench_device("f405");
    struct bench bench;
    (void)state;

    bench_open(&bench, &device);
    assert_int_equal(bus_read(&bench.chip, 0xE000ED90, 4), 0x800);
    bus_write(&bench.chip, 0xE000ED94, 4, 1);
    assert_false(bench_store(&bench, 0x20000000, "abcd", 4));
    bench_reset(&bench, RESET_SOFTWARE);
    assert_true(bench_store(&bench, 0x20000000, "abcd", 4));
    bench_close(&bench);

    device.mpu = false;
    bench_open(&bench, &device);
    assert_int_equal(bus_read(&bench.chip, 0xE000ED90, 4), 0);
    bus_write(&bench.chip, 0xE000ED94, 4, 1);
    assert_true(bench_store(&bench, 0x20000000, "abcd", 4));
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_regions_only_privileged_code_passes),
        cmocka_unit_test(the_highest_region_by_size_decides),
        cmocka_unit_test(subregions_can_be_left_out),
        cmocka_unit_test(faults_run_without_it_unless_asked),
        cmocka_unit_test(regions_by_limit_must_not_overlap),
        cmocka_unit_test(memory_kinds_decide_what_is_cached),
        cmocka_unit_test(the_row_says_whether_there_is_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
