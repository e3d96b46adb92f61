// test_exceptions.c: a return from an exception is checked as the core's manual says.
// SPDX-License-Identifier: MIT
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define STACK      0x20002000u
#define NVIC_IABR  0xE000E300u
#define ICSR       0xE000ED04u
#define CCR        0xE000ED14u
#define SHCSR      0xE000ED24u
#define FPCCR      0xE000EF34u
#define RETTOBASE  0x800u
#define FIRST_IRQ  16u
#define XPSR_THUMB 0x01000000u

// A chip in the handler of interrupt 0, which has come while that of interrupt 1 ran.
static void set_up(struct bench *bench, struct device *device, const char *slug)
{
    *device = bench_device(slug);
    bench_open(bench, device);
    cpu_set(bench->chip.core.cpu, CPU_MSP, STACK);
    cpu_set(bench->chip.core.cpu, CPU_PC, device->flash.start);
    assert_true(exceptions_enter(&bench->chip.core, FIRST_IRQ + 1));
    assert_true(exceptions_enter(&bench->chip.core, FIRST_IRQ));
}

static uint32_t exc_return(const struct bench *bench, bool thread)
{
    return exceptions_return_base(bench->chip.device->core) | 0x10u | (thread ? 8u : 0u);
}

// Makes SP point to a frame with this exception number in its xPSR.
static void make_frame(struct bench *bench, uint32_t number)
{
    uint32_t frame[8] = {0};

    frame[6] = bench->chip.device->flash.start;
    frame[7] = XPSR_THUMB | number;
    assert_true(cpu_store(bench->chip.core.cpu, STACK - 0x400, frame, sizeof frame));
    cpu_set(bench->chip.core.cpu, CPU_SP, STACK - 0x400);
}

static const char *const slugs[] = {"f072", "g0b1", "f10medium", "f405", "h723", "u575"};
#define EACH(slug) (size_t i_ = 0; i_ < 6 && ((slug) = slugs[i_]); i_++)

static void handlers_end_one_after_the_other(void **state)
{
    struct device device;
    struct bench bench;
    const char *slug;
    (void)state;

    for
        EACH(slug)
        {
            set_up(&bench, &device, slug);
            assert_null(exceptions_return(&bench.chip.core, exc_return(&bench, false)));
            assert_int_equal(cpu_get(bench.chip.core.cpu, CPU_IPSR), FIRST_IRQ + 1);
            assert_null(exceptions_return(&bench.chip.core, exc_return(&bench, true)));
            assert_int_equal(cpu_get(bench.chip.core.cpu, CPU_IPSR), 0);
            assert_int_equal(cpu_get(bench.chip.core.cpu, CPU_SP), STACK);
            assert_int_equal(exceptions_active_count(&bench.chip.core.exceptions), 0);
            bench_close(&bench);
        }
}

// Armv7-M has a bit that allows it, Armv8-M allows it, Armv6-M never does.
static void thread_mode_wants_no_other_exception_active(void **state)
{
    struct device device;
    struct bench bench;
    const char *slug;
    (void)state;

    for
        EACH(slug)
        {
            for (unsigned allowed = 0; allowed < 2; allowed++) {
                set_up(&bench, &device, slug);
                bool v8 = device.core == CORE_M33, v6 = device.core <= CORE_M0PLUS;
                bus_write(&bench.chip, CCR, 4, allowed);
                make_frame(&bench, 0);
                const char *refusal = exceptions_return(&bench.chip.core, exc_return(&bench, true));
                assert_int_equal(refusal == NULL, v8 || (allowed && !v6));
                assert_false(exceptions_is_active(&bench.chip.core.exceptions, FIRST_IRQ));
                bench_close(&bench);
            }
        }
}

static void what_is_not_active_cannot_end(void **state)
{
    struct device device;
    struct bench bench;
    const char *slug;
    (void)state;

    for
        EACH(slug)
        {
            set_up(&bench, &device, slug);
            make_frame(&bench, FIRST_IRQ + 2); // the core does not look whether that is active
            assert_null(exceptions_return(&bench.chip.core, exc_return(&bench, false)));
            make_frame(&bench, 0);
            assert_non_null(exceptions_return(&bench.chip.core, exc_return(&bench, true)));
            bench_close(&bench);
        }
}

static void the_stacked_number_fits_the_mode(void **state)
{
    struct device device;
    struct bench bench;
    const char *slug;
    (void)state;

    for
        EACH(slug)
        {
            set_up(&bench, &device, slug);
            make_frame(&bench, 0);
            assert_non_null(exceptions_return(&bench.chip.core, exc_return(&bench, false)));
            bench_close(&bench);
            set_up(&bench, &device, slug);
            assert_null(exceptions_return(&bench.chip.core, exc_return(&bench, false)));
            make_frame(&bench, FIRST_IRQ + 1);
            assert_non_null(exceptions_return(&bench.chip.core, exc_return(&bench, true)));
            bench_close(&bench);
        }
}

static void other_values_are_refused(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device, "u575");
    assert_non_null(exceptions_return(&bench.chip.core, 0xFFFFFFD1u)); // DCRS is 0
    bench_close(&bench);
    set_up(&bench, &device, "f405");
    assert_non_null(exceptions_return(&bench.chip.core, 0xFFFFFFF5u)); // PSP, to a handler
    bench_close(&bench);
}

static void registers_show_what_is_active(void **state)
{
    struct device device;
    struct bench bench;
    const char *slug;
    (void)state;

    for
        EACH(slug)
        {
            set_up(&bench, &device, slug);
            bool v6 = device.core <= CORE_M0PLUS;
            assert_int_equal(bus_read(&bench.chip, NVIC_IABR, 4), v6 ? 0 : 3);
            assert_int_equal(bus_read(&bench.chip, ICSR, 4) & 0x9FFu, FIRST_IRQ);
            assert_null(exceptions_return(&bench.chip.core, exc_return(&bench, false)));
            assert_int_equal(bus_read(&bench.chip, ICSR, 4) & RETTOBASE, v6 ? 0 : RETTOBASE);
            assert_true(exceptions_enter(&bench.chip.core, EXCEPTION_SYSTICK));
            assert_int_equal(bus_read(&bench.chip, SHCSR, 4), v6 ? 0 : 0x800);
            bus_write(&bench.chip, SHCSR, 4, 0x70000);
            assert_int_equal(bus_read(&bench.chip, SHCSR, 4), v6 ? 0 : 0x70000);
            assert_int_equal(exceptions_is_active(&bench.chip.core.exceptions, EXCEPTION_SYSTICK),
                             v6);
            bench_close(&bench);
        }
}

static void a_frame_without_fpu_leaves_lspact(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    device = bench_device("f405");
    bench_open(&bench, &device);
    cpu_set(bench.chip.core.cpu, CPU_MSP, STACK);
    cpu_set(bench.chip.core.cpu, CPU_CONTROL, 4);
    assert_true(exceptions_enter(&bench.chip.core, FIRST_IRQ));
    assert_int_equal(bus_read(&bench.chip, FPCCR, 4), 0xC0000001u);
    make_frame(&bench, 0);
    assert_null(exceptions_return(&bench.chip.core, exc_return(&bench, true)));
    assert_int_equal(bus_read(&bench.chip, FPCCR, 4), 0xC0000001u);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(handlers_end_one_after_the_other),
        cmocka_unit_test(thread_mode_wants_no_other_exception_active),
        cmocka_unit_test(what_is_not_active_cannot_end),
        cmocka_unit_test(the_stacked_number_fits_the_mode),
        cmocka_unit_test(other_values_are_refused),
        cmocka_unit_test(registers_show_what_is_active),
        cmocka_unit_test(a_frame_without_fpu_leaves_lspact),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
