// test_rule_system.c: E4 and E5: MEM_MODE, VTOR, SysTick, the NVIC, pending, fault handlers.
// SPDX-License-Identifier: MIT
#include "rule_bench.h"

#include "registers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { AT = 0x080001E0, RAISED = 0x40013804 }; // USART1 of a STM32G0B1

static struct value some_bits(uint32_t bits, uint32_t known)
{
    return (struct value){.bits = bits, .known = known};
}

static void expect_broken(struct rule_bench *bench, rule_function *rule, const char *about,
                          const char *text)
{
    assert_int_equal(bench_ask(bench, rule, about)->verdict, VERDICT_BROKEN);
    bench_expect_text(bench, about, text);
}

// Selects system memory; `works`: SYSCFG has its clock.
static void remap(struct rule_bench *bench, bool works)
{
    const struct device *device = bench->view.device;

    bench_store(bench, device->remap_register, value_number(device->remap_system_memory));
    if (works) {
        bench->entry.core.remap = value_number(device->remap_system_memory);
    }
}

static void enable_syscfg(struct rule_bench *bench)
{
    uint32_t mask = bench->view.device->remap_clock_mask;

    bench_store(bench, bench->view.device->remap_clock_register, some_bits(mask, mask));
}

static void test_remap(void **state)
{
    struct rule_bench bench;

    (void)state;
    bench_from_reset(&bench, "g0b1");
    expect_broken(&bench, rule_vectors, "remap", "nothing selects system memory");
    expect_broken(&bench, rule_vectors, "vtor", "VTOR is 0, where flash is seen");
    enable_syscfg(&bench);
    remap(&bench, true);
    bench_expect(&bench, rule_vectors, "remap", VERDICT_OK, SEVERITY_OK);
    bench_expect(&bench, rule_vectors, "vtor", VERDICT_OK, SEVERITY_OK);
    bench.entry.core.remap = value_number(0); // by a reset of SYSCFG
    expect_broken(&bench, rule_vectors, "remap", "a reset of SYSCFG by RCC undoes it");
    bench_store(&bench, bench.view.device->remap_register, value_number(0));
    expect_broken(&bench, rule_vectors, "remap", "writes it again");
    bench.entry.core.remap = value_unknown();
    bench_expect(&bench, rule_vectors, "remap", VERDICT_UNKNOWN, SEVERITY_UNKNOWN);
    bench_expect(&bench, rule_vectors, "vtor", VERDICT_UNKNOWN, SEVERITY_UNKNOWN);
    bench_close(&bench);
    bench_from_reset(&bench, "h723"); // which has no MEM_MODE
    bench_expect_nothing(&bench, rule_vectors, "remap");
    bench_close(&bench);
}

static void test_remap_without_clock(void **state)
{
    struct rule_bench bench;

    (void)state;
    bench_from_reset(&bench, "f405");
    remap(&bench, false);
    expect_broken(&bench, rule_vectors, "remap", "nothing enables it");
    assert_int_equal(bench_ask(&bench, rule_vectors, "remap")->pc, bench.events[0].pc);
    enable_syscfg(&bench);
    expect_broken(&bench, rule_vectors, "remap", "its clock comes on later, in 0x");
    bench_close(&bench);
}

static void test_remap_as_found(void **state)
{
    struct rule_bench bench;

    (void)state;
    bench_from_application(&bench, "f405");
    bench_expect(&bench, rule_vectors, "remap", VERDICT_LEFT, SEVERITY_NOTE);
    bench_expect(&bench, rule_vectors, "vtor", VERDICT_LEFT, SEVERITY_NOTE);
    bench_store(&bench, SCB_VTOR, value_number(0));
    bench_expect(&bench, rule_vectors, "vtor", VERDICT_LEFT, SEVERITY_NOTE);
    bench_expect_text(&bench, "vtor", "VTOR is 0, and what is seen there is as it was found");
    bench_close(&bench);
}

static void test_vtor(void **state)
{
    struct rule_bench bench;

    (void)state;
    bench_from_reset(&bench, "h723");
    expect_broken(&bench, rule_vectors, "vtor", "VTOR is 0x08000000");
    bench_store(&bench, SCB_VTOR, value_number(0x1FF09800));
    bench_expect(&bench, rule_vectors, "vtor", VERDICT_OK, SEVERITY_OK);
    bench_store(&bench, SCB_VTOR, value_number(0)); // where this chip has no alias
    expect_broken(&bench, rule_vectors, "vtor", "VTOR is 0x00000000");
    bench_store(&bench, SCB_VTOR, value_unknown());
    bench_expect(&bench, rule_vectors, "vtor", VERDICT_UNKNOWN, SEVERITY_UNKNOWN);
    bench_close(&bench);
    bench_from_reset(&bench, "f072"); // no VTOR: address 0 alone counts
    bench_store(&bench, SCB_VTOR, value_number(0x1FFFC800));
    expect_broken(&bench, rule_vectors, "vtor", "vectors from address 0");
    remap(&bench, true);
    bench_expect(&bench, rule_vectors, "vtor", VERDICT_OK, SEVERITY_OK);
    bench_close(&bench);
}

static void test_systick(void **state)
{
    struct rule_bench bench;

    (void)state;
    bench_from_reset(&bench, "g0b1");
    bench_expect(&bench, rule_interrupts, "systick", VERDICT_OK, SEVERITY_OK);
    bench_store(&bench, SYST_CSR, value_number(5)); // without its interrupt it only counts
    bench_expect(&bench, rule_interrupts, "systick", VERDICT_BROKEN, SEVERITY_NOTE);
    bench_expect_text(&bench, "systick", "nothing stops it");
    bench_store(&bench, SYST_CSR, value_number(0));
    bench_expect(&bench, rule_interrupts, "systick", VERDICT_OK, SEVERITY_OK);
    bench_store(&bench, SYST_CSR, value_number(7));
    expect_broken(&bench, rule_interrupts, "systick", "starts it again");
    bench_store(&bench, SYST_CSR, value_unknown());
    bench_expect(&bench, rule_interrupts, "systick", VERDICT_UNKNOWN, SEVERITY_UNKNOWN);
    bench_close(&bench);
    bench_from_application(&bench, "g0b1");
    bench_expect(&bench, rule_interrupts, "systick", VERDICT_LEFT, SEVERITY_NOTE);
    bench_close(&bench);
}

// main() calls HAL_RCC_DeInit(), which calls what starts SysTick.
static void test_systick_calls(void **state)
{
    const struct frame outer = {.call = 0x08001000, .callee = 0x08002000};
    const struct frame inner = {.caller = &outer, .call = 0x08002010, .callee = 0x08003000};
    struct rule_bench bench;

    (void)state;
    bench_from_reset(&bench, "g0b1");
    bench_store(&bench, SYST_CSR, value_number(7));
    bench.events[0].frames = &inner;
    expect_broken(&bench, rule_interrupts, "systick", " > ");
    assert_ptr_equal(bench_ask(&bench, rule_interrupts, "systick")->frames, &inner);
    bench_close(&bench);
}

static void test_interrupts(void **state)
{
    struct rule_bench bench;

    (void)state;
    bench_from_reset(&bench, "g0b1"); // 32 lines
    bench_expect(&bench, rule_interrupts, "interrupts", VERDICT_OK, SEVERITY_OK);
    bench.entry.core.enabled[1] = value_number(1); // a line that it has not
    bench_expect(&bench, rule_interrupts, "interrupts", VERDICT_OK, SEVERITY_OK);
    bench.entry.core.enabled[0] = some_bits(0, 0x7FFFFFFF);
    bench_expect(&bench, rule_interrupts, "interrupts", VERDICT_UNKNOWN, SEVERITY_UNKNOWN);
    bench_store(&bench, NVIC_ICER, value_number(UINT32_MAX));
    bench_store(&bench, NVIC_ISER, value_number(0x8000001E));
    bench.entry.core.enabled[0] = value_number(0x8000001E);
    // Nothing can raise them: all peripherals are as a reset leaves them.
    bench_expect(&bench, rule_interrupts, "interrupts", VERDICT_BROKEN, SEVERITY_NOTE);
    bench_expect_text(&bench, "interrupts", "1, 2, 3 and 2 more");
    bench_expect_text(&bench, "interrupts", "after they were disabled");
    bench_store(&bench, RAISED, value_number(0x2D));
    assert_true(bench_ask(&bench, rule_interrupts, "interrupts")->severity >= SEVERITY_NOTE);
    bench_close(&bench);
    bench_from_application(&bench, "g0b1");
    bench_expect(&bench, rule_interrupts, "interrupts", VERDICT_LEFT, SEVERITY_NOTE);
    bench_close(&bench);
}

static void test_fault_handlers(void **state)
{
    struct rule_bench bench;

    (void)state;
    bench_from_reset(&bench, "g0b1");
    bench_expect_nothing(&bench, rule_interrupts, "fault handlers");
    bench_close(&bench);
    bench_from_reset(&bench, "f405");
    bench_expect(&bench, rule_interrupts, "fault handlers", VERDICT_OK, SEVERITY_OK);
    bench_store(&bench, SCB_SHCSR, value_number(0x70000)); // they only say who takes a fault
    bench_expect(&bench, rule_interrupts, "fault handlers", VERDICT_BROKEN, SEVERITY_NOTE);
    bench_store(&bench, SCB_SHCSR, value_unknown());
    bench_expect(&bench, rule_interrupts, "fault handlers", VERDICT_UNKNOWN, SEVERITY_UNKNOWN);
    bench_close(&bench);
    bench_from_application(&bench, "f405");
    bench_expect(&bench, rule_interrupts, "fault handlers", VERDICT_LEFT, SEVERITY_NOTE);
    bench_close(&bench);
}

static void test_pending(void **state)
{
    struct rule_bench bench;

    (void)state;
    bench_from_reset(&bench, "g0b1");
    bench_expect(&bench, rule_pending, "pending", VERDICT_OK, SEVERITY_OK);
    bench_store(&bench, bench.view.device->rcc, value_number(0)); // RCC raises nothing here
    bench_expect(&bench, rule_pending, "pending", VERDICT_OK, SEVERITY_OK);
    bench_store(&bench, RAISED, value_number(0x2D));
    bench_expect(&bench, rule_pending, "pending", VERDICT_LEFT, SEVERITY_NOTE);
    bench_expect_text(&bench, "pending", "0x40013804");
    bench.entry.core.pending[0] = value_number(1);
    expect_broken(&bench, rule_pending, "pending", "was made pending");
    bench_close(&bench);
    bench_from_application(&bench, "g0b1");
    bench_expect(&bench, rule_pending, "pending", VERDICT_LEFT, SEVERITY_NOTE);
    bench_close(&bench);
}

// SysTick may be pending only where its exception is masked: else it is taken at once.
static void test_systick_pending(void **state)
{
    struct rule_bench bench;

    (void)state;
    bench_from_reset(&bench, "g0b1");
    bench_store(&bench, SCB_ICSR, some_bits(0, ~(uint32_t)ICSR_PENDSTSET));
    bench_expect(&bench, rule_pending, "pending", VERDICT_OK, SEVERITY_OK);
    bench.entry.core.primask = value_number(1);
    bench_expect(&bench, rule_pending, "pending", VERDICT_LEFT, SEVERITY_NOTE);
    bench_event(&bench, EVENT_UNKNOWN, AT, 0, value_unknown());
    bench_expect(&bench, rule_pending, "pending", VERDICT_UNKNOWN, SEVERITY_UNKNOWN);
    bench_store(&bench, SCB_ICSR, value_number(ICSR_PENDSTSET));
    expect_broken(&bench, rule_pending, "pending", "was made pending");
    bench_close(&bench);
}

// A call through a pointer may have done anything: what a reset left is then no longer known.
static void test_unknown_call(void **state)
{
    struct rule_bench bench;

    (void)state;
    bench_from_reset(&bench, "f405");
    bench_event(&bench, EVENT_UNKNOWN, AT, 0, value_unknown());
    bench_expect(&bench, rule_interrupts, "systick", VERDICT_UNKNOWN, SEVERITY_UNKNOWN);
    bench_expect(&bench, rule_interrupts, "fault handlers", VERDICT_UNKNOWN, SEVERITY_UNKNOWN);
    bench_expect(&bench, rule_vectors, "vtor", VERDICT_UNKNOWN, SEVERITY_UNKNOWN);
    bench_expect(&bench, rule_pending, "pending", VERDICT_LEFT, SEVERITY_NOTE);
    bench_store(&bench, SYST_CSR, value_number(0));
    bench_expect(&bench, rule_interrupts, "systick", VERDICT_OK, SEVERITY_OK);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_remap),          cmocka_unit_test(test_remap_without_clock),
        cmocka_unit_test(test_remap_as_found), cmocka_unit_test(test_vtor),
        cmocka_unit_test(test_systick),        cmocka_unit_test(test_systick_calls),
        cmocka_unit_test(test_interrupts),     cmocka_unit_test(test_fault_handlers),
        cmocka_unit_test(test_pending),        cmocka_unit_test(test_systick_pending),
        cmocka_unit_test(test_unknown_call),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
