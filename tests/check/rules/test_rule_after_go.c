// test_rule_after_go.c: E8: whether the program runs when the ROM starts it.
// SPDX-License-Identifier: MIT
#include "request_bench.h"
#include "start_up_vectors.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const uint32_t VTOR = 0xE000ED08, SYST_CSR = 0xE000E010, NVIC_ISER = 0xE000E100,
                      MEM_MODE = 0x40010000;

enum { RAM = 0x20008100, ROM = 0x1FFF0000, PC = 0x08000150, REQUEST = 0xCAFE };

static void expect(struct request_bench *bench, enum verdict verdict, enum severity severity,
                   const char *part)
{
    request_bench_expect_program(bench, rule_after_go, "go", verdict, severity);
    bench_expect_text(&bench->rule, "go", part);
}

// The entry has VTOR on the ROM, as those must that are served over USB.
static void open(struct request_bench *bench, const char *slug)
{
    request_bench_open(bench, slug);
    bench_store(&bench->rule, VTOR, value_number(ROM));
}

static void vector_table(void **state)
{
    struct request_bench bench;

    (void)state;
    open(&bench, "g0b1");
    expect(&bench, VERDICT_OK, SEVERITY_OK, "nothing on the way from the reset enables");
    bench.start_up.vectors.set = 2;
    expect(&bench, VERDICT_OK, SEVERITY_OK, "is set before the first interrupt");
    bench.rule.walk.reset_finished = false;
    expect(&bench, VERDICT_UNKNOWN, SEVERITY_UNKNOWN, "not all ways");
    bench.start_up.vectors.missing = 1;
    bench.start_up.vectors.pc = PC;
    expect(&bench, VERDICT_BROKEN, SEVERITY_WARNING,
           "before VTOR is set: after the Go command of the ROM VTOR");
    assert_int_equal(bench.rule.findings.items[0].pc, PC);
    request_bench_close(&bench);
}

// What the entry leaves, a ROM that does not touch it leaves too.
static void own_table_at_entry(void **state)
{
    struct request_bench bench;

    (void)state;
    request_bench_open(&bench, "h723");
    bench.start_up.vectors.missing = 1;
    expect(&bench, VERDICT_BROKEN, SEVERITY_NOTE, "that BOOT0 has started");
    bench_store(&bench.rule, VTOR, value_number(ROM));
    expect(&bench, VERDICT_BROKEN, SEVERITY_WARNING, "after the Go command of the ROM VTOR is");
    bench.rule.walk.entry_count = 0; // somebody else enters the ROM
    expect(&bench, VERDICT_BROKEN, SEVERITY_WARNING, "after the Go command of the ROM VTOR is");
    request_bench_close(&bench);
}

static void without_vtor(void **state)
{
    struct request_bench bench;

    (void)state;
    request_bench_open(&bench, "f072");
    bench.rule.entry.core.remap = value_number(bench.rule.view.device->remap_system_memory);
    bench.start_up.vectors = (struct start_up_vectors){.missing = 1, .back = 1};
    expect(&bench, VERDICT_OK, SEVERITY_OK, "is set before the first interrupt");
    bench.start_up.vectors = (struct start_up_vectors){.set = 1, .away = 1};
    expect(&bench, VERDICT_BROKEN, SEVERITY_WARNING, "before MEM_MODE selects flash again");
    request_bench_close(&bench);
}

static void initial_stack(void **state)
{
    struct request_bench bench;

    (void)state;
    open(&bench, "f405");
    bench.rule.firmware.initial_sp = 0x20030000;
    expect(&bench, VERDICT_BROKEN, SEVERITY_WARNING, "is in no RAM");
    bench.rule.firmware.initial_sp = 0x10010000; // CCM, which V3.0 leaves without its clock
    expect(&bench, VERDICT_BROKEN, SEVERITY_WARNING, "AHB1ENR is 0");
    bench.rule.firmware.initial_sp = 0x20020000;
    expect(&bench, VERDICT_OK, SEVERITY_OK, "nothing on the way");
    request_bench_close(&bench);
    open(&bench, "h743");
    bench.rule.firmware.initial_sp = 0x20020000;
    expect(&bench, VERDICT_OK, SEVERITY_NOTE, "nothing on the way");
    assert_string_equal(bench.rule.findings.items[0].fix,
                        "ROM V9.0, V9.1, V9.2 may not start a program whose stack begins in the "
                        "last 16 bytes of a RAM, as this one's does: let it begin lower, or end "
                        "the ROM by a reset");
    bench.rule.firmware.initial_sp = 0x2001FF00;
    expect(&bench, VERDICT_OK, SEVERITY_NOTE, "nothing on the way");
    assert_string_equal(bench.rule.findings.items[0].fix,
                        "Go does not work in ROM V13.2: there, end the ROM by a reset");
    request_bench_close(&bench);
}

static void request_that_stays(void **state)
{
    struct word cleared = {.value = value_number(0)};
    struct request_bench bench;

    (void)state;
    open(&bench, "g0b1");
    request_bench_request(&bench, RAM);
    expect(&bench, VERDICT_BROKEN, SEVERITY_WARNING, "enters the ROM again");
    assert_true(memory_put(&bench.rule.entry.memory, RAM, &cleared));
    expect(&bench, VERDICT_OK, SEVERITY_OK, "nothing on the way");
    request_bench_close(&bench);
    open(&bench, "g0b1");
    request_bench_request(&bench, 0x20000100); // which this ROM overwrites
    expect(&bench, VERDICT_OK, SEVERITY_OK, "nothing on the way");
    request_bench_close(&bench);
}

static void bootleap_resets(void **state)
{
    const struct device *device = device_find("g0b1");
    struct request_bench bench;

    (void)state;
    open(&bench, "g0b1");
    bench.start_up.vectors.missing = 1;
    request_bench_bootleap(&bench, device->mark, device->rom_vector);
    request_bench_read(&bench, device->mark);
    expect(&bench, VERDICT_OK, SEVERITY_OK, "resets once more");
    request_bench_close(&bench);
}

// The events of a way, from the reset on.
static void tell(struct request_bench *bench, uint32_t address, struct value value)
{
    bench_event(&bench->rule, EVENT_STORE, PC, address, value);
    start_up_vectors_event(&bench->start_up.vectors, &bench->rule.walk, bench->rule.entry.events);
}

static void ways_from_the_reset(void **state)
{
    struct start_up_vectors *vectors;
    struct request_bench bench;

    (void)state;
    request_bench_open(&bench, "g0b1");
    vectors = &bench.start_up.vectors;
    tell(&bench, SYST_CSR, value_number(5)); // counts, and no more
    assert_int_equal(vectors->set + vectors->missing, 0);
    tell(&bench, VTOR, value_number(0)); // the alias
    tell(&bench, SYST_CSR, value_number(7));
    assert_int_equal(vectors->missing, 1);
    assert_int_equal(vectors->away, 1);
    tell(&bench, NVIC_ISER, value_number(1)); // not the first one
    assert_int_equal(vectors->missing, 1);
    request_bench_close(&bench);
    request_bench_open(&bench, "g0b1");
    tell(&bench, VTOR, value_number(0x08000000));
    tell(&bench, MEM_MODE, value_number(0));
    tell(&bench, NVIC_ISER + 4, value_number(0));
    tell(&bench, NVIC_ISER + 4, value_number(2));
    assert_int_equal(vectors->set, 1);
    assert_int_equal(vectors->back, 1);
    assert_int_equal(vectors->missing + vectors->away, 0);
    request_bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vector_table),        cmocka_unit_test(own_table_at_entry),
        cmocka_unit_test(without_vtor),        cmocka_unit_test(initial_stack),
        cmocka_unit_test(request_that_stays),  cmocka_unit_test(bootleap_resets),
        cmocka_unit_test(ways_from_the_reset),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
