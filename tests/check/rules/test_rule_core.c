// test_rule_core.c: E2, E3 and E9: CONTROL, the FPU, masks, stack limits, handlers.
// SPDX-License-Identifier: MIT
#include "rule_bench.h"

#include "instruction.h"
#include "registers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { AT = 0x080001F0, SPSEL = 2, NPRIV = 1, FPU_ON = 0xF << 20 };

static struct value some_bits(uint32_t bits, uint32_t known)
{
    return (struct value){.bits = bits, .known = known};
}

static void write_control(struct rule_bench *bench, struct value value, bool barrier)
{
    bench->entry.core.control = value;
    bench->entry.core.barrier_missing = !barrier;
    bench_event(bench, EVENT_CONTROL, AT, 0, value);
}

// Cortex-M0 has no nPRIV, Cortex-M4 has.
static void test_privilege(void **state)
{
    struct rule_bench bench;

    (void)state;
    bench_from_reset(&bench, "f072");
    write_control(&bench, value_number(NPRIV), true);
    bench_expect(&bench, rule_control, "control", VERDICT_OK, SEVERITY_OK);
    bench_close(&bench);
    bench_from_reset(&bench, "f405");
    write_control(&bench, value_number(NPRIV), true);
    bench_expect(&bench, rule_control, "control", VERDICT_BROKEN, SEVERITY_ERROR);
    bench_close(&bench);
}

static void test_control_after_reset(void **state)
{
    struct rule_bench bench;

    (void)state;
    bench_from_reset(&bench, "g0b1");
    bench_expect(&bench, rule_control, "control", VERDICT_OK, SEVERITY_OK);
    write_control(&bench, value_number(0), true);
    bench_expect(&bench, rule_control, "control", VERDICT_OK, SEVERITY_OK);
    write_control(&bench, value_number(0), false);
    bench_ask(&bench, rule_control, "control");
    bench_expect_text(&bench, "control", "no ISB");
    assert_int_equal(bench.findings.items[0].verdict, VERDICT_BROKEN);
    write_control(&bench, value_number(NPRIV), true); // an option of Cortex-M0+
    bench_expect(&bench, rule_control, "control", VERDICT_BROKEN, SEVERITY_WARNING);
    write_control(&bench, value_number(SPSEL), true);
    bench_ask(&bench, rule_control, "control");
    bench_expect_text(&bench, "control", "PSP");
    assert_int_equal(bench.findings.items[0].verdict, VERDICT_BROKEN);
    write_control(&bench, value_unknown(), true);
    bench_expect(&bench, rule_control, "control", VERDICT_UNKNOWN, SEVERITY_UNKNOWN);
    bench_close(&bench);
}

static void test_control_as_found(void **state)
{
    struct rule_bench bench;

    (void)state;
    bench_from_application(&bench, "g0b1");
    bench_expect(&bench, rule_control, "control", VERDICT_LEFT, SEVERITY_NOTE);
    bench.view.writes_control = true;
    bench_expect(&bench, rule_control, "control", VERDICT_LEFT, SEVERITY_WARNING);
    bench_expect_text(&bench, "control", "a task of the RTOS");
    write_control(&bench, some_bits(0, SPSEL), true);
    bench_expect(&bench, rule_control, "control", VERDICT_LEFT, SEVERITY_NOTE);
    write_control(&bench, value_number(0), true);
    bench_expect(&bench, rule_control, "control", VERDICT_OK, SEVERITY_OK);
    bench_close(&bench);
}

static void test_fpu(void **state)
{
    struct rule_bench bench;

    (void)state;
    bench_from_reset(&bench, "g0b1");
    bench_expect_nothing(&bench, rule_control, "fpu");
    bench_close(&bench);
    bench_from_reset(&bench, "f405");
    bench_expect(&bench, rule_control, "fpu", VERDICT_OK, SEVERITY_OK);
    bench_store(&bench, SCB_CPACR, some_bits(FPU_ON, FPU_ON));
    assert_int_equal(bench_ask(&bench, rule_control, "fpu")->verdict, VERDICT_BROKEN);
    bench_store(&bench, SCB_CPACR, value_number(0)); // whether a context is active is open
    bench_expect(&bench, rule_control, "fpu", VERDICT_UNKNOWN, SEVERITY_UNKNOWN);
    write_control(&bench, value_number(0), true);
    bench_expect(&bench, rule_control, "fpu", VERDICT_OK, SEVERITY_OK);
    bench_store(&bench, SCB_CPACR, value_unknown());
    bench_expect(&bench, rule_control, "fpu", VERDICT_UNKNOWN, SEVERITY_UNKNOWN);
    bench_close(&bench);
}

static void test_fpu_context(void **state)
{
    struct rule_bench bench;

    (void)state;
    bench_from_reset(&bench, "f405");
    write_control(&bench, value_number(4), true);
    assert_int_equal(bench_ask(&bench, rule_control, "fpu")->verdict, VERDICT_BROKEN);
    bench_expect_text(&bench, "fpu", "FPCA");
    bench_close(&bench);
    bench_from_application(&bench, "f405");
    bench_expect(&bench, rule_control, "fpu", VERDICT_LEFT, SEVERITY_NOTE);
    bench_store(&bench, SCB_CPACR, value_number(0));
    write_control(&bench, value_number(0), true);
    bench_expect(&bench, rule_control, "fpu", VERDICT_LEFT, SEVERITY_NOTE);
    bench_expect_text(&bench, "fpu", "LSPACT");
    bench_store(&bench, 0xE000EF34, value_number(0xC0000000));
    bench_expect(&bench, rule_control, "fpu", VERDICT_OK, SEVERITY_OK);
    bench_close(&bench);
}

static void test_primask(void **state)
{
    struct rule_bench bench;

    (void)state;
    bench_from_reset(&bench, "g0b1"); // its ROM has USB, which needs interrupts
    bench_expect(&bench, rule_masks, "primask", VERDICT_OK, SEVERITY_OK);
    bench.entry.core.primask = value_number(1);
    bench_event(&bench, EVENT_MASK, AT, SPECIAL_PRIMASK, value_number(1));
    bench_expect(&bench, rule_masks, "primask", VERDICT_BROKEN, SEVERITY_ERROR);
    bench_expect_text(&bench, "primask", "masked by 0x080001F0");
    bench.entry.core.primask = value_unknown();
    bench_expect(&bench, rule_masks, "primask", VERDICT_UNKNOWN, SEVERITY_UNKNOWN);
    bench_expect_nothing(&bench, rule_masks, "basepri");
    bench_expect_nothing(&bench, rule_masks, "faultmask");
    bench_expect_nothing(&bench, rule_masks, "stack limits");
    bench_close(&bench);
    bench_from_application(&bench, "g0b1");
    bench_expect(&bench, rule_masks, "primask", VERDICT_LEFT, SEVERITY_NOTE);
    bench_close(&bench);
}

static void test_other_masks(void **state)
{
    struct rule_bench bench;

    (void)state;
    bench_from_reset(&bench, "f405"); // 4 bits of a priority exist
    bench_expect(&bench, rule_masks, "basepri", VERDICT_OK, SEVERITY_OK);
    bench_expect(&bench, rule_masks, "faultmask", VERDICT_OK, SEVERITY_OK);
    bench.entry.core.basepri = value_number(0x0F);
    bench_expect(&bench, rule_masks, "basepri", VERDICT_OK, SEVERITY_OK);
    bench.entry.core.basepri = value_number(0x50);
    assert_int_equal(bench_ask(&bench, rule_masks, "basepri")->verdict, VERDICT_BROKEN);
    bench.entry.core.basepri = value_unknown();
    bench_expect(&bench, rule_masks, "basepri", VERDICT_UNKNOWN, SEVERITY_UNKNOWN);
    bench.entry.core.faultmask = value_number(1);
    assert_int_equal(bench_ask(&bench, rule_masks, "faultmask")->verdict, VERDICT_BROKEN);
    bench_close(&bench);
    bench_from_application(&bench, "f405");
    bench_expect(&bench, rule_masks, "basepri", VERDICT_LEFT, SEVERITY_NOTE);
    bench_expect(&bench, rule_masks, "faultmask", VERDICT_LEFT, SEVERITY_NOTE);
    bench_close(&bench);
}

static void test_stack_limits(void **state)
{
    struct rule_bench bench;

    (void)state;
    bench_from_reset(&bench, "u575");
    bench_expect(&bench, rule_masks, "stack limits", VERDICT_OK, SEVERITY_OK);
    bench.entry.core.msplim = value_number(0x20000000); // where RAM begins: it is never met
    bench_expect(&bench, rule_masks, "stack limits", VERDICT_BROKEN, SEVERITY_NOTE);
    bench.entry.core.msplim = value_number(0x20008000);
    bench.entry.core.msp = value_number(0x20004000);
    bench_expect(&bench, rule_masks, "stack limits", VERDICT_BROKEN, SEVERITY_ERROR);
    bench.entry.core.msplim = value_number(0);
    bench.entry.core.psplim = value_number(0x20008000); // of a stack that nobody uses
    bench_expect(&bench, rule_masks, "stack limits", VERDICT_BROKEN, SEVERITY_NOTE);
    bench.entry.core.psplim = value_unknown();
    bench_expect(&bench, rule_masks, "stack limits", VERDICT_UNKNOWN, SEVERITY_UNKNOWN);
    bench_close(&bench);
    bench_from_application(&bench, "u575");
    bench_expect(&bench, rule_masks, "stack limits", VERDICT_LEFT, SEVERITY_NOTE);
    bench_close(&bench);
}

static void test_handler(void **state)
{
    struct rule_bench bench;

    (void)state;
    bench_from_reset(&bench, "g0b1");
    bench_expect(&bench, rule_handler, "handler", VERDICT_OK, SEVERITY_OK);
    bench_close(&bench);
    bench_from_application(&bench, "g0b1");
    bench_expect(&bench, rule_handler, "handler", VERDICT_LEFT, SEVERITY_NOTE);
    bench.entry.isr = true;
    assert_int_equal(bench_ask(&bench, rule_handler, "handler")->verdict, VERDICT_BROKEN);
    bench_expect_text(&bench, "handler", "handler mode");
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_privilege),        cmocka_unit_test(test_control_after_reset),
        cmocka_unit_test(test_control_as_found), cmocka_unit_test(test_fpu),
        cmocka_unit_test(test_fpu_context),      cmocka_unit_test(test_primask),
        cmocka_unit_test(test_other_masks),      cmocka_unit_test(test_stack_limits),
        cmocka_unit_test(test_handler),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
