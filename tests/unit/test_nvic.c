// test_nvic.c: the lines that come into the NVIC are sensitive to the level (DDI0403E, B3.4.1).
// SPDX-License-Identifier: MIT
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define NVIC_ISER 0xE000E100u
#define NVIC_ISPR 0xE000E200u
#define NVIC_ICPR 0xE000E280u
#define NVIC_IPR  0xE000E400u
#define NVIC_STIR 0xE000EF00u
#define ICSR      0xE000ED04u
#define CCR       0xE000ED14u
#define STACK     0x20002000u

enum { LINE = 37, OTHER = 5, NUMBER = EXCEPTION_IRQ0 + LINE };

static void set_up(struct bench *bench)
{
    bench_open(bench, device_find("f405"));
    cpu_set(bench->chip.core.cpu, CPU_MSP, STACK);
    cpu_set(bench->chip.core.cpu, CPU_PC, bench->chip.device->flash.start);
    bus_write(&bench->chip, NVIC_ISER + LINE / 32 * 4, 4, 1u << LINE % 32);
}

static void drive(struct bench *bench, bool high)
{
    nvic_set_line(&bench->chip.core, LINE, high);
}

static bool is_pending(struct bench *bench)
{
    return bus_read(&bench->chip, NVIC_ISPR + LINE / 32 * 4, 4) >> LINE % 32 & 1u;
}

static void clear(struct bench *bench)
{
    bus_write(&bench->chip, NVIC_ICPR + LINE / 32 * 4, 4, 1u << LINE % 32);
}

static void return_from(struct bench *bench)
{
    struct cortex *core = &bench->chip.core;

    assert_null(exceptions_return(core, exceptions_return_base(CORE_M4) | 0x18u));
}

static void nobody_clears_what_is_high(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    assert_false(is_pending(&bench));
    drive(&bench, true);
    assert_true(is_pending(&bench));
    assert_int_equal(exceptions_next(&bench.chip.core), NUMBER);
    clear(&bench);
    assert_true(is_pending(&bench));
    drive(&bench, false);
    assert_true(is_pending(&bench)); // it has been seen
    clear(&bench);
    assert_false(is_pending(&bench));
    assert_int_equal(exceptions_next(&bench.chip.core), 0);
    bench_close(&bench);
}

static void what_is_high_is_taken_again(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    drive(&bench, true);
    for (unsigned times = 0; times < 3; times++) {
        assert_int_equal(exceptions_next(&bench.chip.core), NUMBER);
        assert_true(exceptions_enter(&bench.chip.core, NUMBER));
        assert_false(is_pending(&bench));
        bus_write(&bench.chip, NVIC_ISER, 4, 1u << OTHER);
        assert_false(is_pending(&bench));
        return_from(&bench);
        assert_true(is_pending(&bench));
    }
    assert_true(exceptions_enter(&bench.chip.core, NUMBER));
    drive(&bench, false);
    return_from(&bench);
    assert_false(is_pending(&bench));
    bench_close(&bench);
}

static void a_rise_counts_in_the_handler_too(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    drive(&bench, true);
    assert_true(exceptions_enter(&bench.chip.core, NUMBER));
    drive(&bench, false);
    drive(&bench, true);
    clear(&bench);
    assert_true(is_pending(&bench));
    drive(&bench, false);
    assert_true(is_pending(&bench));
    return_from(&bench);
    assert_int_equal(exceptions_next(&bench.chip.core), NUMBER);
    bench_close(&bench);
}

static void a_reset_lets_all_lines_go_but_the_one_that_is_held(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    drive(&bench, true);
    nvic_hold_line(&bench.chip.core, OTHER, "the test");
    bench_reset(&bench, RESET_PIN);
    assert_false(is_pending(&bench));
    assert_int_equal(bus_read(&bench.chip, NVIC_ISPR, 4), 1u << OTHER);
    nvic_hold_line(&bench.chip.core, 0, NULL);
    bus_write(&bench.chip, NVIC_ICPR, 4, 1u << OTHER);
    assert_int_equal(bus_read(&bench.chip, NVIC_ISPR, 4), 0);
    bench_reset(&bench, RESET_PIN);
    assert_int_equal(bus_read(&bench.chip, NVIC_ISPR, 4), 0);
    bench_close(&bench);
}

// Found by fuzzing: a word behind the last of the 240 interrupts that an NVIC can have.
static void priorities_end_with_the_last_interrupt(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    bus_write(&bench.chip, NVIC_IPR + LINE / 4 * 4, 4, 0x10203040);
    assert_int_equal(bus_read(&bench.chip, NVIC_IPR + LINE / 4 * 4, 4), 0x10203040);
    bus_write(&bench.chip, NVIC_IPR + 236, 4, 0x50607080);
    assert_int_equal(bus_read(&bench.chip, NVIC_IPR + 236, 4), 0x50607080);
    for (uint32_t address = NVIC_IPR + 240; address < 0xE000E000u + NVIC_END; address += 4) {
        bus_write(&bench.chip, address, 4, 0xFFFFFFFF);
        assert_int_equal(bus_read(&bench.chip, address, 4), 0);
    }
    bench_close(&bench);
}

static void software_pends_and_takes_back(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    assert_int_equal(bus_read(&bench.chip, ICSR, 4) & 0x7FFF000, 0);
    bus_write(&bench.chip, NVIC_ISPR, 4, 1u << OTHER); // it is not enabled
    assert_int_equal(bus_read(&bench.chip, ICSR, 4) & 0x7FFF000, 1 << 22);
    bus_write(&bench.chip, NVIC_ISPR + 4, 4, 1u << (LINE - 32));
    assert_int_equal(bus_read(&bench.chip, ICSR, 4) & 0x7FFF000, 1 << 22 | NUMBER << 12);
    assert_int_equal(exceptions_next(&bench.chip.core), NUMBER);
    clear(&bench);
    assert_int_equal(exceptions_next(&bench.chip.core), 0);
    bus_write(&bench.chip, NVIC_STIR, 4, LINE);
    assert_true(is_pending(&bench));
    assert_int_equal(bus_read(&bench.chip, NVIC_STIR, 4), 0);
    bus_write(&bench.chip, NVIC_STIR, 4, 200); // the NVIC has no such line
    assert_int_equal(exceptions_next(&bench.chip.core), NUMBER);
    bus_write(&bench.chip, ICSR, 4, 1u << 31); // NMI
    assert_int_equal(exceptions_next(&bench.chip.core), EXCEPTION_NMI);
    bench_close(&bench);
}

static void without_privilege_stir_needs_leave(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    cpu_set(bench.chip.core.cpu, CPU_CONTROL, 1);
    bus_write(&bench.chip, NVIC_STIR, 4, LINE);
    assert_false(is_pending(&bench));
    assert_non_null(strstr(cpu_fault(bench.chip.core.cpu)->what, "USERSETMPEND"));
    bus_write(&bench.chip, CCR, 4, 1 << 1);
    bus_write(&bench.chip, NVIC_STIR, 4, LINE);
    assert_true(is_pending(&bench));
    bench_close(&bench);
}

static void a_small_core_has_no_stir(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("g0b1"));
    bus_write(&bench.chip, NVIC_STIR, 4, OTHER);
    assert_int_equal(bus_read(&bench.chip, NVIC_ISPR, 4), 0);
    bench_close(&bench);
}

// AIRCR.VECTRESET, on the cores that have it.
static void a_reset_of_the_core_alone_is_remembered_and_not_made(void **state)
{
    static const struct {
        const char *slug;
        bool has;
    } rows[] = {
        {"f10medium", true}, {"f405", true}, {"f74", true}, {"g0b1", false}, {"u575", false}};
    struct bench bench;
    (void)state;

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bench_open(&bench, device_find(rows[i].slug));
        cpu_set(bench.chip.core.cpu, CPU_PC, bench.chip.device->flash.start + 0x40);
        bus_write(&bench.chip, 0xE000ED0C, 4, 0xFFFF0001); // without the key
        assert_false(bench.chip.core.vectreset_ignored);
        bus_write(&bench.chip, 0xE000ED0C, 4, 0x05FA0001);
        assert_int_equal(bench.chip.core.vectreset_ignored, rows[i].has);
        assert_int_equal(bench.chip.core.vectreset_pc,
                         rows[i].has ? bench.chip.device->flash.start + 0x40 : 0);
        assert_false(bench.chip.reset_wanted);
        bench_close(&bench);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(software_pends_and_takes_back),
        cmocka_unit_test(without_privilege_stir_needs_leave),
        cmocka_unit_test(a_small_core_has_no_stir),
        cmocka_unit_test(a_reset_of_the_core_alone_is_remembered_and_not_made),
        cmocka_unit_test(nobody_clears_what_is_high),
        cmocka_unit_test(what_is_high_is_taken_again),
        cmocka_unit_test(a_rise_counts_in_the_handler_too),
        cmocka_unit_test(priorities_end_with_the_last_interrupt),
        cmocka_unit_test(a_reset_lets_all_lines_go_but_the_one_that_is_held),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
