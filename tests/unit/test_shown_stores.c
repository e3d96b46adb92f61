// test_shown_stores.c: the core shows its stores whenever somebody needs to see them.
// SPDX-License-Identifier: MIT
#include "trial.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum {
    TURNS = 5000,
    LOOP_INSTRUCTIONS = 3 * TURNS,
    BEHIND_LOOP = TRIAL_CODE + 6, // from the start of flash on
    MPU_CTRL = 0xD94,             // from the private bus on
    CCR = 0xD14,
    DATA_CACHE = 1 << 16,
    STORED = 0x55AA1234,
};

#define PRIVATE_BUS 0xE000E000u

// 0: str r1,[r7]; subs r0,#1; bne 0b; str r3,[r2]; str r1,[r7,#4]; str r1,[r7,#8]; 1: b 1b
static const uint16_t stores[] = {0x6039, 0x3801, 0xD1FC, 0x6013, 0x6079, 0x60B9, 0xE7FE};

// Behind the loop, `value` is written to the register, and then two words to RAM.
static void begin(struct trial *trial, const char *slug, enum way way, uint32_t address,
                  uint32_t value)
{
    struct cpu *cpu;

    trial_begin(trial, slug, way, stores, sizeof stores / sizeof stores[0]);
    bus_write(&trial->bench.chip, TRIAL_SYST_CSR, 4, 0);
    cpu = trial->bench.chip.core.cpu;
    cpu_set(cpu, CPU_R0, TURNS);
    cpu_set(cpu, CPU_R1, STORED);
    cpu_set(cpu, CPU_R2, address);
    cpu_set(cpu, CPU_R3, value);
}

// Into the loop, where nobody needs stores.
static void run_into_loop(struct trial *trial, enum way way)
{
    assert_true(trial_run(trial, LOOP_INSTRUCTIONS / 2));
    assert_int_equal(cpu_shows_stores(trial->bench.chip.core.cpu), way == BY_INSTRUCTION);
}

static void the_mpu_sees_the_store_behind_its_enabling(void **state)
{
    struct trial trials[2];
    (void)state;

    for (int way = BY_INSTRUCTION; way <= BY_BLOCK; way++) {
        begin(&trials[way], "f405", (enum way)way, PRIVATE_BUS + MPU_CTRL, MPU_CONTROL_ENABLE);
        run_into_loop(&trials[way], (enum way)way);
        assert_false(trial_run(&trials[way], 2 * LOOP_INSTRUCTIONS));
        assert_int_equal(cpu_fault(trials[way].bench.chip.core.cpu)->pc,
                         trials[way].flash + BEHIND_LOOP + 2);
    }
    trial_compare(&trials[BY_INSTRUCTION], &trials[BY_BLOCK]);
    trial_end(&trials[BY_INSTRUCTION]);
    trial_end(&trials[BY_BLOCK]);
}

static void the_data_cache_sees_the_store_behind_its_enabling(void **state)
{
    (void)state;

    for (int way = BY_INSTRUCTION; way <= BY_BLOCK; way++) {
        struct trial trial;
        struct chip *chip = &trial.bench.chip;
        uint32_t cached = 0;
        begin(&trial, "f74", (enum way)way, PRIVATE_BUS + CCR, DATA_CACHE);
        for (const struct ram *ram = chip->device->rams; ram->region.size; ram++) {
            cached = ram->region.start > cached ? ram->region.start : cached; // the last is no TCM
        }
        cpu_set(chip->core.cpu, CPU_R7, cached);
        run_into_loop(&trial, (enum way)way);
        assert_true(trial_run(&trial, 2 * LOOP_INSTRUCTIONS));
        assert_int_equal(memory_word(&chip->memory, cached + 8), STORED);
        bench_reset(&trial.bench, RESET_SOFTWARE);
        assert_int_equal(memory_word(&chip->memory, cached), STORED);
        assert_int_not_equal(memory_word(&chip->memory, cached + 4),
                             STORED); // a dirty line is lost
        assert_int_not_equal(memory_word(&chip->memory, cached + 8), STORED);
        trial_end(&trial);
    }
}

struct watch {
    struct chip *chip;
    uint32_t point;
    bool met;
    unsigned stores;
};

static void on_instruction(void *context, uint32_t pc)
{
    struct watch *watch = context;

    watch->met |= pc == watch->point;
    if (watch->met) {
        watch->chip->watch_from = 0;
    }
}

static void on_store(void *context, uint32_t address, unsigned size)
{
    struct watch *watch = context;
    (void)address;
    (void)size;

    watch->stores += watch->met;
}

static uint64_t calm_until(void *context)
{
    const struct watch *watch = context;

    return watch->met ? 0 : EVENT_NEVER;
}

static void who_watches_sees_stores_from_the_point_on(void **state)
{
    struct trial trial;
    struct watch watch = {.chip = &trial.bench.chip};
    (void)state;

    begin(&trial, "g0b1", BY_BLOCK, PRIVATE_BUS + CCR, 0);
    watch.point = trial.flash + BEHIND_LOOP + 2;
    trial.bench.chip.watch = on_instruction;
    trial.bench.chip.watch_write = on_store;
    trial.bench.chip.watch_calm = calm_until;
    trial.bench.chip.watch_context = &watch;
    chip_watch_point(&trial.bench.chip, watch.point);
    run_into_loop(&trial, BY_BLOCK);
    assert_true(trial_run(&trial, 2 * LOOP_INSTRUCTIONS));
    assert_true(watch.met);
    assert_int_equal(watch.stores, 2);
    trial_end(&trial);
}

static void count_store(void *context, uint32_t address, unsigned size)
{
    unsigned *count = context;
    (void)address;
    (void)size;

    (*count)++;
}

static void an_observer_of_stores_sees_the_next_one(void **state)
{
    struct trial trial;
    unsigned count = 0;
    struct observer observer = {.context = &count, .ram_write = count_store};
    (void)state;

    begin(&trial, "g0b1", BY_BLOCK, PRIVATE_BUS + CCR, 0);
    run_into_loop(&trial, BY_BLOCK);
    assert_true(observers_add(&trial.bench.chip, &observer));
    uint32_t turns = cpu_get(trial.bench.chip.core.cpu, CPU_R0);
    assert_true(trial_run(&trial, 2 * LOOP_INSTRUCTIONS));
    assert_int_equal(count, turns + 2);
    trial_end(&trial);
}

// The sooner they are needed again, the longer.
static void they_stay_longer_each_time(void **state)
{
    struct trial trial;
    uint64_t stay = 0;
    (void)state;

    begin(&trial, "f405", BY_BLOCK, PRIVATE_BUS + CCR, 0);
    cpu_set(trial.bench.chip.core.cpu, CPU_R0, UINT32_MAX);
    for (int i = 0; i < 3; i++) {
        struct chip *chip = &trial.bench.chip;
        assert_true(trial_run(&trial, chip->stores_until + 3 * CHIP_SLICE));
        assert_false(cpu_shows_stores(chip->core.cpu));
        chip->core.mpu.control = MPU_CONTROL_ENABLE | MPU_CONTROL_PRIVDEFENA;
        assert_true(trial_run(&trial, chip->core.instructions + 1));
        assert_true(cpu_shows_stores(chip->core.cpu));
        chip->core.mpu.control = 0;
        assert_true(chip->stores_stay > stay);
        stay = chip->stores_stay;
    }
    trial_end(&trial);
}

static void ram_with_an_error_code_always_needs_them(void **state)
{
    struct trial trial;
    (void)state;

    begin(&trial, "h723", BY_BLOCK, PRIVATE_BUS + CCR, 0);
    assert_true(trial_run(&trial, LOOP_INSTRUCTIONS / 2));
    assert_true(cpu_shows_stores(trial.bench.chip.core.cpu));
    trial_end(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_mpu_sees_the_store_behind_its_enabling),
        cmocka_unit_test(the_data_cache_sees_the_store_behind_its_enabling),
        cmocka_unit_test(who_watches_sees_stores_from_the_point_on),
        cmocka_unit_test(an_observer_of_stores_sees_the_next_one),
        cmocka_unit_test(they_stay_longer_each_time),
        cmocka_unit_test(ram_with_an_error_code_always_needs_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
