// test_rule_target.c: E1: where the branch goes, and what MSP is.
// SPDX-License-Identifier: MIT
#include "rule_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { G0B1_ROM = 0x1FFF0000, READS = 0x080001F0 };

// A jump on a STM32G0B1 that goes there.
static void expect_target(struct value target, enum verdict verdict, enum severity severity,
                          const char *text)
{
    struct rule_bench bench;

    bench_from_reset(&bench, "g0b1");
    bench.entry.target = target;
    bench_expect(&bench, rule_target, "target", verdict, severity);
    bench_expect_text(&bench, "target", text);
    bench_close(&bench);
}

static void test_word_1_is_right(void **state)
{
    (void)state;
    expect_target(value_from(SOURCE_ROM_WORD, G0B1_ROM + 4, 0), VERDICT_OK, SEVERITY_OK, "word 1");
    // Through the table that MEM_MODE shows at 0.
    expect_target(value_from(SOURCE_ROM_WORD, 4, 0), VERDICT_OK, SEVERITY_OK, "word 1");
}

static void test_wrong_words(void **state)
{
    (void)state;
    expect_target(value_from(SOURCE_ROM_WORD, G0B1_ROM, 0), VERDICT_BROKEN, SEVERITY_ERROR,
                  "a stack pointer");
    expect_target(value_from(SOURCE_ROM_WORD, G0B1_ROM + 8, 0), VERDICT_BROKEN, SEVERITY_ERROR,
                  "in system memory");
    expect_target(value_from(SOURCE_ROM_WORD, 0x1FFFC804, 0), VERDICT_BROKEN, SEVERITY_ERROR,
                  "another chip's ROM (STM32F070xB and 1 more)");
    expect_target(value_from(SOURCE_ROM_WORD, 0x1FF00010, 0), VERDICT_BROKEN, SEVERITY_ERROR,
                  "the system memory of another chip (");
    expect_target(value_from(SOURCE_ROM_WORD, G0B1_ROM + 4, 4), VERDICT_BROKEN, SEVERITY_ERROR,
                  "+4 bytes");
}

// FLASH_SYSTEM_BASE_NS of ST's headers, where no table is.
static void test_mistaken_table(void **state)
{
    struct rule_bench bench;

    (void)state;
    bench_from_reset(&bench, "h563");
    bench.entry.target = value_from(SOURCE_ROM_WORD, 0x0BF80004, 0);
    bench.entry.core.msp = value_from(SOURCE_ROM_WORD, 0x0BF80000, 0);
    bench_expect(&bench, rule_target, "target", VERDICT_BROKEN, SEVERITY_ERROR);
    bench_expect_text(&bench, "target", "where this chip has no vector table");
    bench_expect(&bench, rule_stack, "stack", VERDICT_BROKEN, SEVERITY_NOTE);
    bench_close(&bench);
}

static void test_constants(void **state)
{
    (void)state;
    expect_target(value_number(G0B1_ROM + 4), VERDICT_BROKEN, SEVERITY_ERROR, "itself");
    expect_target(value_number(G0B1_ROM + 5), VERDICT_BROKEN, SEVERITY_ERROR, "itself");
    // Right for one version of the ROM, or wrong: nobody knows.
    expect_target(value_number(G0B1_ROM + 0x401), VERDICT_BROKEN, SEVERITY_WARNING, "a constant");
    expect_target(value_number(0x1FF00401), VERDICT_BROKEN, SEVERITY_ERROR, "has no ROM");
}

static void test_new_stack(void **state)
{
    struct rule_bench bench;

    (void)state;
    bench_from_reset(&bench, "g0b1");
    bench_event(&bench, EVENT_MSP, READS - 4, 0, bench.entry.core.msp);
    bench.entry.target = value_from(SOURCE_NEW_STACK, READS, 0);
    bench_expect(&bench, rule_target, "target", VERDICT_BROKEN, SEVERITY_ERROR);
    assert_int_equal(bench_ask(&bench, rule_target, "target")->pc, READS);
    bench_expect_text(&bench, "target", "0x080001EC has moved the stack pointer");
    bench_close(&bench);
}

static void test_unknown_targets(void **state)
{
    struct rule_bench bench;

    (void)state;
    expect_target(value_unknown(), VERDICT_UNKNOWN, SEVERITY_UNKNOWN, "not known");
    expect_target(value_from(SOURCE_RAM, 0x20000100, 0), VERDICT_UNKNOWN, SEVERITY_UNKNOWN,
                  "0x20000100");
    bench_from_application(&bench, "g0b1");
    bench.entry.target = value_from(SOURCE_POINTED, 1, 4);
    bench.entry.core.msp = value_from(SOURCE_POINTED, 1, 0);
    bench_expect(&bench, rule_target, "target", VERDICT_UNKNOWN, SEVERITY_UNKNOWN);
    bench_expect_text(&bench, "target", "word 1 of the table");
    bench_expect(&bench, rule_stack, "stack", VERDICT_UNKNOWN, SEVERITY_UNKNOWN);
    bench_expect_text(&bench, "stack", "word 0 of a table");
    bench_close(&bench);
}

// Only a walk that came to its end has seen all ways.
static void test_unfinished_walk(void **state)
{
    struct rule_bench bench;

    (void)state;
    bench_from_reset(&bench, "g0b1");
    bench.view.finished = false;
    bench_expect(&bench, rule_target, "target", VERDICT_UNKNOWN, SEVERITY_UNKNOWN);
    bench_expect(&bench, rule_stack, "stack", VERDICT_UNKNOWN, SEVERITY_UNKNOWN);
    bench.entry.target = value_number(G0B1_ROM + 4);
    bench_expect(&bench, rule_target, "target", VERDICT_BROKEN, SEVERITY_ERROR);
    bench_close(&bench);
}

// The same ROM through another table, and on another bus.
static void test_other_addresses_of_the_rom(void **state)
{
    struct rule_bench bench;

    (void)state;
    bench_from_reset(&bench, "h743");
    bench.entry.target = value_from(SOURCE_ROM_WORD, 0x1FF00004, 0);
    bench.entry.core.msp = value_from(SOURCE_ROM_WORD, 0x1FF00000, 0);
    bench_expect(&bench, rule_target, "target", VERDICT_OK, SEVERITY_OK);
    bench_expect(&bench, rule_stack, "stack", VERDICT_OK, SEVERITY_OK);
    bench_close(&bench);
    bench_from_reset(&bench, "f76");
    bench.entry.target = value_from(SOURCE_ROM_WORD, 0x00100004, 0);
    bench_expect(&bench, rule_target, "target", VERDICT_OK, SEVERITY_OK);
    bench_close(&bench);
}

static void expect_stack(struct value msp, enum verdict verdict, enum severity severity,
                         const char *text)
{
    struct rule_bench bench;

    bench_from_reset(&bench, "g0b1");
    bench.entry.core.msp = bench.entry.core.sp = msp;
    bench_event(&bench, EVENT_MSP, READS, 0, msp);
    bench_expect(&bench, rule_stack, "stack", verdict, severity);
    bench_expect_text(&bench, "stack", text);
    bench_close(&bench);
}

static void test_stacks(void **state)
{
    (void)state;
    expect_stack(value_from(SOURCE_ROM_WORD, G0B1_ROM, 0), VERDICT_OK, SEVERITY_OK, "word 0");
    expect_stack(value_from(SOURCE_ROM_WORD, 0, 0), VERDICT_OK, SEVERITY_OK, "word 0");
    expect_stack(value_number(0x10000000), VERDICT_BROKEN, SEVERITY_ERROR, "in no RAM");
    expect_stack(value_unknown(), VERDICT_UNKNOWN, SEVERITY_UNKNOWN, "not known");
    expect_stack(value_from(SOURCE_RAM, 0x20000100, 0), VERDICT_UNKNOWN, SEVERITY_UNKNOWN,
                 "0x20000100");
}

// Nobody has seen a stack of the application's own do harm to this ROM, or nobody has looked: never
// an error.
static void expect_own_stack(struct value msp, const char *text)
{
    struct rule_bench bench;
    const struct finding *finding;

    bench_from_reset(&bench, "g0b1");
    bench.entry.core.msp = bench.entry.core.sp = msp;
    finding = bench_ask(&bench, rule_stack, "stack");
    assert_int_equal(finding->verdict, VERDICT_BROKEN);
    assert_true(finding->severity == SEVERITY_NOTE || finding->severity == SEVERITY_WARNING);
    bench_expect_text(&bench, "stack", text);
    bench_close(&bench);
}

static void test_own_stacks(void **state)
{
    (void)state;
    expect_own_stack(value_number(0x20001000), "nothing sets it");
    expect_own_stack(value_from(SOURCE_ROM_WORD, G0B1_ROM, UINT32_MAX - 7), "8 bytes below word 0");
    expect_own_stack(value_from(SOURCE_ROM_WORD, G0B1_ROM, 8), "8 bytes above word 0");
    expect_own_stack(value_from(SOURCE_ROM_WORD, G0B1_ROM + 4, 0), "is not word 0");
    expect_own_stack(value_from(SOURCE_ROM_WORD, 0x1FFFC800, 0), "another chip's ROM");
    expect_own_stack(value_from(SOURCE_NEW_STACK, READS, 0), "reads the stack pointer");
}

static void test_stack_as_found(void **state)
{
    struct rule_bench bench;
    const struct finding *finding;

    (void)state;
    bench_from_application(&bench, "g0b1");
    bench.entry.core.msp = value_number(FOUND_STACK - 16);
    finding = bench_ask(&bench, rule_stack, "stack");
    assert_int_equal(finding->verdict, VERDICT_LEFT);
    assert_true(finding->severity == SEVERITY_NOTE || finding->severity == SEVERITY_WARNING);
    bench_close(&bench);
}

// No document says where the ROM of this chip is: nothing is wrong, and nothing right.
static void test_no_known_table(void **state)
{
    struct rule_bench bench;

    (void)state;
    bench_from_reset(&bench, "n6");
    bench.entry.target = value_from(SOURCE_ROM_WORD, G0B1_ROM + 4, 0);
    bench.entry.core.msp = value_from(SOURCE_ROM_WORD, G0B1_ROM, 0);
    bench_expect(&bench, rule_target, "target", VERDICT_UNKNOWN, SEVERITY_UNKNOWN);
    bench_expect(&bench, rule_stack, "stack", VERDICT_UNKNOWN, SEVERITY_UNKNOWN);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_word_1_is_right), cmocka_unit_test(test_wrong_words),
        cmocka_unit_test(test_mistaken_table),  cmocka_unit_test(test_constants),
        cmocka_unit_test(test_new_stack),       cmocka_unit_test(test_unknown_targets),
        cmocka_unit_test(test_unfinished_walk), cmocka_unit_test(test_other_addresses_of_the_rom),
        cmocka_unit_test(test_stacks),          cmocka_unit_test(test_own_stacks),
        cmocka_unit_test(test_stack_as_found),  cmocka_unit_test(test_no_known_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
