// test_contract.c: what a point says names register and bit, and only what software decides counts.
// SPDX-License-Identifier: MIT
#include "bench.h"
#include "causes.h"
#include "contract.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define MARK_AWAY 0xB0071EA2u // docs/contract.md

static void put(struct bench *bench, uint32_t address, uint32_t value)
{
    bus_write(&bench->chip, address, 4, value);
}

static void leave_mark(struct bench *bench, uint32_t word)
{
    uint32_t words[2] = {word, ~word};

    assert_true(bench_store(bench, bench->chip.device->mark, words, sizeof words));
}

static struct point point_of(struct bench *bench, int number)
{
    struct contract contract;

    contract_check(&bench->judge, &contract);
    return contract.points[number - 1];
}

// The point does not hold, and its text has these words.
static void broken_by(struct bench *bench, int number, const char *words)
{
    struct point point = point_of(bench, number);

    assert_false(point.ok);
    if (!strstr(point.observed, words)) {
        fail_msg("%s says \"%s\", not \"%s\"", point.id, point.observed, words);
    }
}

static void each_names_register_and_bit(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    put(&bench, 0x40023830, 0x00100001); // RCC_AHB1ENR
    broken_by(&bench, 11, "RCC_AHB1ENR 0x00100001");
    broken_by(&bench, 11, "; different: the clock of GPIOA");
    put(&bench, 0x40020000, 0xA8000001); // GPIOA_MODER
    broken_by(&bench, 12,
              "GPIOA_MODER 0xA8000001, after a reset it is 0xA8000000; different: "
              "bit 0");
    put(&bench, 0xE000E104, 0x20); // NVIC_ISER1
    put(&bench, 0xE000ED04, 1u << 28);
    put(&bench, 0xE000ED24, 0x10000);
    broken_by(&bench, 6,
              "1 interrupts enabled (interrupt 37 (USART1)), 1 exceptions pending "
              "(PendSV), handlers of faults enabled: SHCSR.MEMFAULTENA");
    put(&bench, 0xE000E010, 5); // SYST_CSR
    broken_by(&bench, 7, "TICKINT is 0");
    put(&bench, 0xE000E010, 7);
    broken_by(&bench, 7, "TICKINT is 1");
    cpu_set(bench.chip.core.cpu, CPU_BASEPRI, 0x50);
    broken_by(&bench, 4, "BASEPRI 0x50");
    cpu_set(bench.chip.core.cpu, CPU_CONTROL, 4);
    broken_by(&bench, 2, "CONTROL.FPCA is 1");
    bench_close(&bench);
}

// RIOT on a U575 leaves MSPLIM where its own stack ends, below that of the ROM.
static void a_limit_is_told_with_its_stack(void **state)
{
    struct bench bench;
    struct causes causes;
    (void)state;

    bench_open(&bench, device_find("u575"));
    cpu_set(bench.chip.core.cpu, CPU_MSP, 0x20004000);
    cpu_set_stack_limit(bench.chip.core.cpu, 0x20000000);
    broken_by(&bench, 5, "MSPLIM 0x20000000 (not above MSP 0x20004000)");
    causes_find(&bench.judge, 5, &causes);
    assert_null(strstr(causes.list[0].so, "above"));
    cpu_set(bench.chip.core.cpu, CPU_MSP, 0x1FFFFFF8);
    broken_by(&bench, 5, "MSPLIM 0x20000000 (above MSP 0x1FFFFFF8)");
    causes_find(&bench.judge, 5, &causes);
    assert_non_null(strstr(causes.list[0].so, "above MSP"));
    bench_close(&bench);
}

// PLLRDY, and a flag that hardware sets.
static void flags_of_the_hardware_do_not_count(void **state)
{
    struct bench bench;
    struct block *power;
    (void)state;

    bench_open(&bench, device_find("f405"));
    bench.chip.rcc.registers[0] |= 1u << 25; // CR.PLLRDY
    assert_true(point_of(&bench, 11).ok);
    put(&bench, 0x40023840, 0x10000000); // RCC_APB1ENR.PWREN
    power = block_at(&bench.chip, 0x40007000);
    power->registers[1] |= 1; // PWR_CSR.WUF
    power->may_differ = true;
    put(&bench, 0x40023840, 0);
    assert_true(point_of(&bench, 12).ok);
    power->registers[0] ^= 0x100; // PWR_CR.DBP
    broken_by(&bench, 12, "PWR_CR");
    bench_close(&bench);
}

// HAL_RCC_DeInit() of ST writes 0 to bit 29 of it on an F411, which a reset leaves 1.
static void reserved_bits_do_not_count(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f411"));
    put(&bench, 0x40023804, 0x04003010); // RCC_PLLCFGR
    assert_int_equal(bus_read(&bench.chip, 0x40023804, 4), 0x04003010);
    assert_true(point_of(&bench, 11).ok);
    put(&bench, 0x40023804, 0x04003011);
    broken_by(&bench, 11,
              "RCC_PLLCFGR 0x04003011, after a reset it is 0x24003010; different: "
              "bit 0");
    bench_close(&bench);
}

static void what_only_a_reset_clears_does_not_count(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("g47"));
    put(&bench, 0x40021000, 0x00080500); // RCC_CR.CSSON
    put(&bench, 0x40021000, 0x00000500); // which stays
    assert_int_equal(rcc_peek(&bench.chip.rcc, 0x40021000), 0x00080500);
    assert_true(point_of(&bench, 11).ok);
    bench_close(&bench);
}

static void the_mark_is_asked_of_bootleap_only(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    assert_true(point_of(&bench, 15).ok);
    assert_int_equal(point_of(&bench, 15).evidence, EVIDENCE_NOT_ASKED);
    bench.judge.has_bootleap = true;
    broken_by(&bench, 15, "is not AWAY");
    bench.judge.has_bootleap = false;
    leave_mark(&bench, MARK_AWAY - 1); // ENTER
    broken_by(&bench, 15, "is not AWAY");
    leave_mark(&bench, MARK_AWAY);
    assert_true(point_of(&bench, 15).ok);
    assert_int_equal(point_of(&bench, 15).evidence, EVIDENCE_EARNED);
    bench_close(&bench);
}

// What CCR of this chip holds after a reset, and after all its bits were written as 1 and as 0.
static void check_settings(const char *slug, uint32_t reset, uint32_t ones, uint32_t zeros)
{
    struct bench bench;

    bench_open(&bench, device_find(slug));
    assert_int_equal(bus_read(&bench.chip, 0xE000ED14, 4), reset);
    assert_true(point_of(&bench, 16).ok);
    assert_int_equal(point_of(&bench, 16).evidence, EVIDENCE_RESET);
    put(&bench, 0xE000ED14, 0xFFFFFFFF);
    assert_int_equal(bus_read(&bench.chip, 0xE000ED14, 4), ones);
    assert_int_equal(point_of(&bench, 16).ok, ones == reset);
    put(&bench, 0xE000ED14, 0);
    assert_int_equal(bus_read(&bench.chip, 0xE000ED14, 4), zeros);
    assert_int_equal(point_of(&bench, 16).ok, zeros == reset);
    put(&bench, 0xE000ED14, reset);
    assert_int_equal(point_of(&bench, 16).evidence, EVIDENCE_EARNED);
    put(&bench, 0xE000ED10, 0xFFFFFFFF); // SCR
    assert_int_equal(bus_read(&bench.chip, 0xE000ED10, 4), 0x16);
    broken_by(&bench, 16, "SCR 0x16: SLEEPONEXIT, SLEEPDEEP, SEVONPEND");
    bench_reset(&bench, RESET_SOFTWARE);
    assert_true(point_of(&bench, 16).ok);
    bench_close(&bench);
}

static void settings_of_each_core(void **state)
{
    (void)state;

    check_settings("f072", 0x208, 0x208, 0x208);
    check_settings("g0b1", 0x208, 0x208, 0x208);
    check_settings("f10medium", 0, 0x31B, 0); // r1p1
    check_settings("l1xe", 0x200, 0x31B, 0);
    check_settings("f405", 0x200, 0x31B, 0);
    check_settings("h723", 0x40200, 0x7031B, 0x40200);
    check_settings("u575", 0x201, 0x71B, 0x201);
}

static void a_setting_is_told_with_what_it_does(void **state)
{
    struct bench bench;
    struct causes causes;
    (void)state;

    bench_open(&bench, device_find("f405"));
    put(&bench, 0xE000ED14, 0x8);
    broken_by(&bench, 16, "CCR 0x8, after a reset 0x200: UNALIGN_TRP, STKALIGN, SCR 0x0");
    causes_find(&bench.judge, 16, &causes);
    assert_int_equal(causes.count, 1);
    assert_int_equal(causes.list[0].address, 0xE000ED14);
    assert_string_equal(causes.list[0].cure, "Clear UNALIGN_TRP and set STKALIGN in CCR");
    put(&bench, 0xE000ED14, 0x30200);
    assert_true(point_of(&bench, 16).ok); // a core without caches has no such bits
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_names_register_and_bit),
        cmocka_unit_test(a_limit_is_told_with_its_stack),
        cmocka_unit_test(flags_of_the_hardware_do_not_count),
        cmocka_unit_test(reserved_bits_do_not_count),
        cmocka_unit_test(what_only_a_reset_clears_does_not_count),
        cmocka_unit_test(settings_of_each_core),
        cmocka_unit_test(a_setting_is_told_with_what_it_does),
        cmocka_unit_test(the_mark_is_asked_of_bootleap_only),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
