// test_window.c: a loop stands still where nothing can change it, and nowhere else.
// SPDX-License-Identifier: MIT
#include "bench.h"
#include "loop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define CODE     0x08000000u
#define RAM      0x20000000u
#define CRYP_CR  0x50060000u // which nobody models
#define SYST_CSR 0xE000E010u
#define SYST_RVR 0xE000E014u
#define WWDG_CR  0x40002C00u
#define TIM6     0x40001000u
#define APB1ENR  0x40023840u

enum { CODES = 8, CLOCKS = 1 << 4 | 1 << 11 }; // of TIM6 and the WWDG

// Instructions of Thumb; B goes back by so many halfwords.
enum {
    NOP = 0xBF00,
    B_SELF = 0xE7FE,
    LDR_R0_R1 = 0x6808,
    STR_R0_R1 = 0x6008,
    ADDS_R0_1 = 0x3001,
    MOVS_R0_0 = 0x2000,
    LSLS_R0_17 = 0x0440,
    BPL_BACK_2 = 0xD5FC,
    VMOV_FIRST = 0xEEF7, // vmov.f32 s0, #1.0
    VMOV_SECOND = 0x0A00,
    CPSID_I = 0xB672,
};

static uint16_t b_back(unsigned halfwords)
{
    return (uint16_t)(0xE7FE - halfwords);
}

struct window_bench {
    struct bench bench;
    struct window window;
};

// A core with this code, and `address` in R1.
static void set_up(struct window_bench *wb, const uint16_t code[CODES], uint32_t address)
{
    struct chip *chip = &wb->bench.chip;

    bench_open(&wb->bench, device_find("f405"));
    memcpy(memory_at(&chip->memory, CODE, 2 * CODES), code, 2 * CODES);
    bus_write(chip, APB1ENR, 4, CLOCKS);
    cpu_set(chip->core.cpu, CPU_PC, CODE | 1u);
    cpu_set(chip->core.cpu, CPU_R1, address);
    assert_true(window_init(&wb->window, chip));
}

// Looks until the window has seen enough, and says whether the loop stands still.
static bool look(struct window_bench *wb)
{
    window_open(&wb->window, WINDOW_STEPS);
    while (!window_is_done(&wb->window)) {
        assert_true(chip_run(&wb->bench.chip));
    }
    window_close(&wb->window);
    return window_stands_still(&wb->window);
}

static void tear_down(struct window_bench *wb)
{
    window_free(&wb->window);
    bench_close(&wb->bench);
}

static bool stands_still(const uint16_t code[CODES], uint32_t address)
{
    struct window_bench wb;

    set_up(&wb, code, address);
    bool still = look(&wb);
    tear_down(&wb);
    return still;
}

static const uint16_t polls[CODES] = {NOP, LDR_R0_R1, LSLS_R0_17, BPL_BACK_2, B_SELF};

static void what_nothing_changes_stands_still(void **state)
{
    const uint16_t stores[CODES] = {STR_R0_R1, LDR_R0_R1, 0xE7FC};
    (void)state;

    assert_true(stands_still((const uint16_t[CODES]){B_SELF}, 0));
    assert_true(stands_still(polls, CRYP_CR));
    assert_true(stands_still(stores, RAM)); // the same value each time
}

static void what_changes_registers_or_memory_does_not(void **state)
{
    const uint16_t counts[CODES] = {ADDS_R0_1, b_back(1)};
    const uint16_t counts_in_ram[CODES] = {LDR_R0_R1, ADDS_R0_1, STR_R0_R1, MOVS_R0_0, b_back(4)};
    const uint16_t writes[CODES] = {STR_R0_R1, b_back(1)};
    const uint16_t uses_fpu[CODES] = {VMOV_FIRST, VMOV_SECOND, b_back(2)};
    struct window_bench wb;
    (void)state;

    assert_false(stands_still(counts, 0));
    assert_false(stands_still(counts_in_ram, RAM));
    assert_false(stands_still(writes, CRYP_CR));
    set_up(&wb, uses_fpu, 0);
    bus_write(&wb.bench.chip, 0xE000ED88u, 4, 0xF00000); // CPACR
    assert_false(look(&wb));
    tear_down(&wb);
}

static void systick_reaches_who_listens(void **state)
{
    const uint16_t masked[CODES] = {CPSID_I, LDR_R0_R1, b_back(1)};
    struct window_bench wb;
    (void)state;

    for (int listens = 0; listens < 3; listens++) {
        set_up(&wb, listens == 0 ? polls : masked, listens == 1 ? SYST_CSR : CRYP_CR);
        bus_write(&wb.bench.chip, SYST_RVR, 4, 0xFFFFFF); // longer than anybody looks
        bus_write(&wb.bench.chip, SYST_CSR, 4, 7);
        assert_int_equal(look(&wb), listens == 2); // masked, and it reads something else
        tear_down(&wb);
    }
}

static void a_timer_reaches_who_reads_peripherals(void **state)
{
    const uint16_t reads[CODES] = {CPSID_I, LDR_R0_R1, b_back(1)};
    const uint16_t reads_nothing[CODES] = {CPSID_I, B_SELF};
    struct window_bench wb;
    (void)state;

    for (int deaf = 0; deaf < 2; deaf++) {
        set_up(&wb, deaf ? reads_nothing : reads, TIM6 + 0x10); // SR
        bus_write(&wb.bench.chip, TIM6, 4, 1);
        assert_int_equal(look(&wb), deaf);
        tear_down(&wb);
    }
}

static void a_watchdog_ends_every_loop(void **state)
{
    const uint16_t masked[CODES] = {CPSID_I, B_SELF};
    struct window_bench wb;
    (void)state;

    set_up(&wb, masked, 0);
    bus_write(&wb.bench.chip, WWDG_CR, 4, 0xFF);
    assert_false(look(&wb));
    tear_down(&wb);
}

static void a_loop_that_counts_is_found_by_its_way(void **state)
{
    const uint16_t counts[CODES] = {NOP, NOP, ADDS_R0_1, b_back(2)};
    struct window_bench wb;
    struct loop loop;
    (void)state;

    set_up(&wb, counts, 0);
    look(&wb);
    assert_int_equal(wb.window.period, 0);
    window_find_way(&wb.window);
    assert_int_equal(wb.window.period, 3); // without the first instruction
    assert_true(loop_read(&wb.window, &loop));
    assert_int_equal(loop.head.registers[STEP_PC], CODE + 2);
    tear_down(&wb);
}

static void the_bit_that_is_asked_for_is_found(void **state)
{
    struct window_bench wb;
    struct loop loop;
    (void)state;

    set_up(&wb, polls, CRYP_CR);
    assert_true(look(&wb));
    assert_true(loop_read(&wb.window, &loop));
    assert_int_equal(loop.loads.count, 1);
    assert_int_equal(loop.loads.list[0].address, CRYP_CR);
    assert_int_equal(loop.loads.list[0].mask, 1 << 14);
    assert_false(loop_awaits(&loop.loads.list[0])); // it is 0 and must not be
    tear_down(&wb);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_nothing_changes_stands_still),
        cmocka_unit_test(what_changes_registers_or_memory_does_not),
        cmocka_unit_test(systick_reaches_who_listens),
        cmocka_unit_test(a_timer_reaches_who_reads_peripherals),
        cmocka_unit_test(a_watchdog_ends_every_loop),
        cmocka_unit_test(a_loop_that_counts_is_found_by_its_way),
        cmocka_unit_test(the_bit_that_is_asked_for_is_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
