// test_observer.c: observers are told in order, may keep an instruction back, and change nothing.
// SPDX-License-Identifier: MIT
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define CODE  0x08000000u
#define GPIOA 0x40020000u
#define RAM   0x20000000u
#define CLOCK 0x40023830u // AHB1ENR of this row
#define RESET 0x40023810u // AHB1RSTR

enum {
    STR_R0_R1 = 0x6008,
    LDR_R2_R1 = 0x680A,
    LOOP = 0xE7FE,
    VALUE = 0x5A,
    RECORDERS = 2,
    RECORD = 64
};

// One who looks on, "A" or "B".
struct recorder {
    struct observer observer;
    struct recorder_bench *all;
    char name;
    bool keeps_back; // the first instruction
};

struct recorder_bench {
    struct bench bench;
    struct recorder recorders[RECORDERS];
    char
        record[RECORD]; // who was told, and of what: "Aw" is a write that A is told of, "Al" a load
    const struct block *block;
    uint32_t address, value, loaded;
    unsigned size;
    // GPIOA's first register, when a write, a change and the block's change were told.
    uint32_t before, after, after_block;
};

static void note(const struct recorder *recorder, char what)
{
    char *record = recorder->all->record;
    size_t used = strlen(record);

    assert_true(used + 3 <= RECORD);
    record[used] = recorder->name;
    record[used + 1] = what;
}

static uint32_t port_now(const struct recorder *recorder)
{
    return bus_peek(&recorder->all->bench.chip, GPIOA);
}

static bool on_instruction(void *context, uint32_t pc)
{
    const struct recorder *recorder = context;

    if (pc == CODE) {
        note(recorder, 'i');
    }
    return pc == CODE && recorder->keeps_back;
}

static void on_bus_write(void *context, uint32_t address, unsigned size, uint32_t value)
{
    const struct recorder *recorder = context;

    note(recorder, 'w');
    recorder->all->address = address;
    recorder->all->size = size;
    recorder->all->value = value;
    recorder->all->before = port_now(recorder);
}

static void on_bus_read(void *context, uint32_t address, unsigned size, uint32_t value)
{
    const struct recorder *recorder = context;

    note(recorder, 'l');
    assert_int_equal(address, GPIOA);
    assert_int_equal(size, 4);
    recorder->all->loaded = value;
}

static void on_ram_write(void *context, uint32_t address, unsigned size)
{
    const struct recorder *recorder = context;

    note(recorder, 's');
    recorder->all->address = address;
    recorder->all->size = size;
}

static void on_change(void *context)
{
    const struct recorder *recorder = context;

    note(recorder, 'c');
    recorder->all->after = port_now(recorder);
}

static void on_block_change(void *context, const struct block *block)
{
    const struct recorder *recorder = context;

    note(recorder, 'b');
    recorder->all->block = block;
    recorder->all->after_block = port_now(recorder);
}

static void on_reset(void *context)
{
    const struct recorder *recorder = context;

    note(recorder, 'r');
    recorder->all->before = port_now(recorder);
}

// A port with a running clock, a store to it as the code, and two who look on.
static void set_up(struct recorder_bench *rb)
{
    static const uint16_t code[] = {STR_R0_R1, LDR_R2_R1, LOOP};

    memset(rb, 0, sizeof *rb);
    bench_open(&rb->bench, device_find("f405"));
    bus_write(&rb->bench.chip, CLOCK, 4, 0x00100001);
    memcpy(memory_at(&rb->bench.chip.memory, CODE, sizeof code), code, sizeof code);
    for (int i = 0; i < RECORDERS; i++) {
        struct recorder *recorder = &rb->recorders[i];
        *recorder = (struct recorder){{recorder, on_instruction, on_bus_write, on_bus_read,
                                       on_ram_write, on_change, on_block_change, on_reset},
                                      rb,
                                      (char)('A' + i),
                                      false};
        assert_true(observers_add(&rb->bench.chip, &recorder->observer));
    }
}

// The core gets to the store, with 0x5A for `address`.
static void run_to(struct recorder_bench *rb, uint32_t address)
{
    struct cpu *cpu = rb->bench.chip.core.cpu;

    cpu_set(cpu, CPU_PC, CODE | 1u);
    cpu_set(cpu, CPU_R0, VALUE);
    cpu_set(cpu, CPU_R1, address);
    assert_true(chip_run(&rb->bench.chip)); // it comes back before its first instruction
    assert_true(chip_run(&rb->bench.chip));
}

static void run(struct recorder_bench *rb)
{
    run_to(rb, GPIOA);
}

static void all_are_told_in_the_order_in_which_they_came(void **state)
{
    struct recorder_bench rb;
    (void)state;

    set_up(&rb);
    run(&rb);
    assert_string_equal(rb.record, "AiBiAwBwAbBbAcBcAlBl");
    assert_int_equal(rb.address, GPIOA);
    assert_int_equal(rb.size, 4);
    assert_int_equal(rb.value, VALUE);
    assert_int_equal(rb.before, 0xA8000000); // told before the write
    assert_int_equal(rb.after_block, VALUE); // and after it
    assert_int_equal(rb.after, VALUE);
    assert_int_equal(rb.loaded, VALUE); // told after the read
    assert_ptr_equal(rb.block, block_find(&rb.bench.chip, "GPIOA"));
    bench_close(&rb.bench);
}

static void one_can_keep_an_instruction_back(void **state)
{
    struct recorder_bench rb;
    (void)state;

    set_up(&rb);
    rb.recorders[0].keeps_back = true;
    run(&rb);
    assert_string_equal(rb.record, "Ai"); // the other one is not asked
    assert_true(rb.bench.chip.paused);
    assert_int_equal(rb.bench.chip.core.instructions, 0);
    assert_int_equal(bus_peek(&rb.bench.chip, GPIOA), 0xA8000000);
    assert_true(chip_run(&rb.bench.chip));
    assert_string_equal(rb.record, "AiAi"); // asked again
    rb.recorders[0].keeps_back = false;
    assert_true(chip_run(&rb.bench.chip));
    assert_string_equal(rb.record, "AiAiAiBiAwBwAbBbAcBcAlBl");
    assert_int_equal(bus_peek(&rb.bench.chip, GPIOA), VALUE);
    bench_close(&rb.bench);
}

static void a_store_to_ram_is_told(void **state)
{
    struct recorder_bench rb;
    (void)state;

    set_up(&rb);
    run_to(&rb, RAM);
    assert_string_equal(rb.record, "AiBiAsBs");
    assert_int_equal(rb.address, RAM);
    assert_int_equal(rb.size, 4);
    bench_close(&rb.bench);
}

static void one_that_is_removed_is_told_nothing_more(void **state)
{
    struct recorder_bench rb;
    (void)state;

    set_up(&rb);
    observers_remove(&rb.bench.chip, &rb.recorders[0].observer);
    run(&rb);
    assert_string_equal(rb.record, "BiBwBbBcBl");
    assert_true(observers_add(&rb.bench.chip, &rb.recorders[0].observer));
    memset(rb.record, 0, sizeof rb.record);
    run_to(&rb, RAM);
    assert_string_equal(rb.record, "BiAiBsAs"); // behind the other one now
    bench_close(&rb.bench);
}

static void a_reset_of_a_block_is_a_change_of_it(void **state)
{
    struct recorder_bench rb;
    (void)state;

    set_up(&rb);
    bus_write(&rb.bench.chip, GPIOA, 4, VALUE);
    assert_string_equal(rb.record, "AbBbAcBc");
    memset(rb.record, 0, sizeof rb.record);
    bus_write(&rb.bench.chip, RESET, 4, 1);
    assert_string_equal(rb.record, "AbBbAcBc");
    assert_ptr_equal(rb.block, block_find(&rb.bench.chip, "GPIOA"));
    assert_int_equal(rb.after_block, 0xA8000000);
    bench_close(&rb.bench);
}

static void a_reset_of_the_chip_is_told_before_its_blocks_have_theirs(void **state)
{
    struct recorder_bench rb;
    (void)state;

    set_up(&rb);
    bus_write(&rb.bench.chip, GPIOA, 4, VALUE);
    memset(rb.record, 0, sizeof rb.record);
    bench_reset(&rb.bench, RESET_SOFTWARE);
    assert_string_equal(rb.record, "ArBr");
    assert_int_equal(rb.before, VALUE);
    assert_int_equal(bus_peek(&rb.bench.chip, GPIOA), 0xA8000000);
    bench_close(&rb.bench);
}

static void a_function_that_is_not_there_is_not_called(void **state)
{
    static const struct observer nothing;
    struct recorder_bench rb;
    (void)state;

    set_up(&rb);
    while (rb.bench.chip.observers.count < OBSERVERS) {
        assert_true(observers_add(&rb.bench.chip, &nothing));
    }
    assert_false(observers_add(&rb.bench.chip, &nothing));
    assert_int_equal(rb.bench.chip.observers.stepping_count, RECORDERS); // the judge is none
    run(&rb);
    bench_reset(&rb.bench, RESET_SOFTWARE);
    assert_string_equal(rb.record, "AiBiAwBwAbBbAcBcAlBlArBr");
    bench_close(&rb.bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_are_told_in_the_order_in_which_they_came),
        cmocka_unit_test(one_can_keep_an_instruction_back),
        cmocka_unit_test(a_store_to_ram_is_told),
        cmocka_unit_test(one_that_is_removed_is_told_nothing_more),
        cmocka_unit_test(a_reset_of_a_block_is_a_change_of_it),
        cmocka_unit_test(a_reset_of_the_chip_is_told_before_its_blocks_have_theirs),
        cmocka_unit_test(a_function_that_is_not_there_is_not_called),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
