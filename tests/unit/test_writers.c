// test_writers.c: who wrote a register last is known, and what that costs has an end.
// SPDX-License-Identifier: MIT
#include "bench.h"
#include "observer.h"
#include "writers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define RCC_CR      0x40023800u
#define RCC_AHB1ENR 0x40023830u
#define NVIC_ISER1  0xE000E104u
#define SP          0x20001000u
#define RETURN      0x08000105u // behind a BL

static void put_code(struct bench *bench)
{
    const uint16_t call[] = {0xF000, 0xF87E};

    memcpy(memory_at(&bench->chip.memory, (RETURN & ~1u) - 4, 4), call, sizeof call);
}

// The core writes a word from `pc`.
static void put(struct bench *bench, uint32_t pc, uint32_t address, unsigned size, uint32_t value)
{
    cpu_set(bench->chip.core.cpu, CPU_PC, pc);
    bench->chip.core.instructions++;
    observers_bus_write(&bench->chip, address, size, value);
    bus_write(&bench->chip, address, size, value);
}

static void the_last_write_counts(void **state)
{
    struct bench bench;
    struct writers *writers;
    (void)state;

    bench_open(&bench, device_find("f405"));
    writers = writers_open(&bench.chip);
    assert_null(writers_of(writers, RCC_CR, 0));
    put(&bench, 0x08000010, RCC_CR, 4, 0x00010083);
    put(&bench, 0x08000020, RCC_CR, 4, 0x01010083);
    put(&bench, 0x08000030, NVIC_ISER1, 1, 1); // a part of it
    assert_int_equal(writers_of(writers, RCC_CR, 0)->site.pc, 0x08000020);
    assert_int_equal(writers_of(writers, RCC_CR, 0x00010000)->site.pc, 0x08000010);
    assert_int_equal(writers_of(writers, RCC_CR, 0x01010000)->site.pc, 0x08000020);
    assert_int_equal(writers_of(writers, NVIC_ISER1, 2)->site.pc, 0x08000030);
    assert_int_equal(writers_last(writers)->site.pc, 0x08000030);
    bench_reset(&bench, RESET_SOFTWARE);
    assert_null(writers_of(writers, RCC_CR, 0));
    assert_null(writers_last(writers));
    writers_close(writers);
    bench_close(&bench);
}

// An interrupt that was enabled before others is not theirs. The alias of a bit is that bit.
static void each_interrupt_and_clock_has_its_own(void **state)
{
    struct device device = bench_device("f405");
    struct bench bench;
    struct writers *writers;
    (void)state;

    device.bit_band = true;
    bench_open(&bench, &device);
    writers = writers_open(&bench.chip);
    put(&bench, 0x08000010, NVIC_ISER1, 4, 1u << 6);
    put(&bench, 0x08000020, NVIC_ISER1, 4, 1u << 7);
    assert_int_equal(writers_of(writers, NVIC_ISER1, 1u << 6)->site.pc, 0x08000010);
    assert_int_equal(writers_of(writers, NVIC_ISER1, 1u << 7)->site.pc, 0x08000020);
    put(&bench, 0x08000030, 0x42000000u + (RCC_AHB1ENR - 0x40000000u) * 32 + 4 * 3, 4, 1);
    assert_int_equal(writers_of(writers, RCC_AHB1ENR, 1u << 3)->site.pc, 0x08000030);
    put(&bench, 0x08000040, RCC_AHB1ENR, 4, 1u << 20 | 1u << 3 | 1u);
    assert_int_equal(writers_of(writers, RCC_AHB1ENR, 1u << 3)->site.pc, 0x08000030);
    assert_int_equal(writers_of(writers, RCC_AHB1ENR, 1u)->site.pc, 0x08000040);
    writers_close(writers);
    bench_close(&bench);
}

static void the_stack_is_kept_as_it_was(void **state)
{
    const uint32_t words[] = {7, RETURN, 0x08000101, 0x20000001, RETURN + 0x1000};
    struct bench bench;
    struct writers *writers;
    const struct writer *writer;
    (void)state;

    bench_open(&bench, device_find("f405"));
    put_code(&bench);
    memset(memory_ram_at(&bench.chip.memory, SP, 0x1000), 0, 0x1000);
    memcpy(memory_ram_at(&bench.chip.memory, SP, sizeof words), words, sizeof words);
    writers = writers_open(&bench.chip);
    cpu_set(bench.chip.core.cpu, CPU_SP, SP);
    cpu_set(bench.chip.core.cpu, CPU_LR, 0x08000201);
    put(&bench, 0x08000010, RCC_CR, 4, 0x83);
    put(&bench, 0x08000012, RCC_AHB1ENR, 4, 0x83); // by the same call
    assert_int_equal(writers_of(writers, RCC_AHB1ENR, 0)->site.words[0].value, RETURN);
    memset(memory_ram_at(&bench.chip.memory, SP, 0x1000), 0, 0x1000);
    put(&bench, 0x08000014, NVIC_ISER1, 4, 0x83); // by another one, at the same depth
    assert_int_equal(writers_of(writers, NVIC_ISER1, 0)->site.words_used, 0);
    writer = writers_of(writers, RCC_CR, 0);
    assert_int_equal(writer->site.words_used, 1);
    assert_int_equal(writer->site.words[0].value, RETURN);
    assert_int_equal(writer->site.words[0].offset, 4);
    assert_int_equal(writer->site.lr, 0x08000201);
    writers_close(writers);
    bench_close(&bench);
}

// Whatever a firmware writes: at the end of RAM, without a stack, to more registers than are kept.
static void what_does_not_fit_is_left_out(void **state)
{
    const uint32_t stacks[] = {0x2001FFFC, 0x20020000, 0x20001002, 0, 0xFFFFFFFC, 0x0800FFF0};
    struct bench bench;
    struct writers *writers;
    (void)state;

    bench_open(&bench, device_find("f405"));
    writers = writers_open(&bench.chip);
    for (size_t i = 0; i < sizeof stacks / sizeof *stacks; i++) {
        cpu_set(bench.chip.core.cpu, CPU_SP, stacks[i]);
        put(&bench, 0x08000010 + 2 * (uint32_t)i, RCC_CR, 4, 0x83);
        assert_int_equal(writers_of(writers, RCC_CR, 0)->site.pc, 0x08000010 + 2 * i);
    }
    for (uint32_t i = 0; i < 2 * WRITERS; i++) {
        put(&bench, 0x08000100, 0x50000000u + 4 * i, 4, i);
    }
    assert_non_null(writers_of(writers, 0x50000000, 0));
    assert_null(writers_of(writers, 0x50000000 + 4 * (2 * WRITERS - 1), 0));
    put(&bench, 0x08000200, RCC_CR, 4, 0x83); // one that is kept already
    assert_int_equal(writers_of(writers, RCC_CR, 0)->site.pc, 0x08000200);
    writers_close(writers);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_write_counts),
        cmocka_unit_test(each_interrupt_and_clock_has_its_own),
        cmocka_unit_test(the_stack_is_kept_as_it_was),
        cmocka_unit_test(what_does_not_fit_is_left_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
