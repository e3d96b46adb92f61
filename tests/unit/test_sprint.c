// test_sprint.c: code that runs by whole blocks does what it does instruction by instruction.
// SPDX-License-Identifier: MIT
#include "trial.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

// A wait as in HAL_Delay(): a function that loads the tick, compared with the time to wait.
//    movs r4,#0x10; lsls r4,#8; add r4,r7; movs r5,#20
// 1: bl 2f; cmp r0,r5; bcc 1b; nop; b .
// 2: ldr r0,[r4]; bx lr
static const uint16_t waits[] = {0x2410, 0x0224, 0x443C, 0x2514, 0xF000, 0xF804,
                                 0x42A8, 0xD3FB, 0xBF00, 0xE7FE, 0x6820, 0x4770};

static void a_wait_takes_as_long_as_it_does_step_by_step(void **state)
{
    (void)state;

    for (size_t i = 0; i < TRIAL_SLUGS; i++) {
        struct trial trials[WAYS];
        for (int way = 0; way < WAYS; way++) {
            trial_begin(&trials[way], trial_slugs[i], (enum way)way, waits,
                        sizeof waits / sizeof waits[0]);
            memset(memory_at(&trials[way].bench.chip.memory, trials[way].ram + TRIAL_TICK, 4), 0,
                   4);
            assert_true(trial_run(&trials[way], 40000));
        }
        trial_compare(&trials[BY_INSTRUCTION], &trials[BY_BLOCK]);
        trial_compare(&trials[BY_INSTRUCTION], &trials[WITH_SKIPPING]);
        assert_int_equal(trials[BY_BLOCK].bench.chip.core.exceptions.taken,
                         trials[BY_BLOCK].bench.chip.core.instructions / TRIAL_PERIOD);
        assert_int_equal(cpu_get(trials[BY_BLOCK].bench.chip.core.cpu, CPU_R0), 20);
        assert_in_range(trials[BY_INSTRUCTION].looks, 9, 11);
        assert_int_equal(trials[BY_BLOCK].looks, 1); // it did run by blocks
        for (int way = 0; way < WAYS; way++) {
            trial_end(&trials[way]);
        }
    }
}

struct watch {
    struct chip *chip;
    uint32_t place;
    unsigned shown, met;
    uint64_t calm_until, first, last;
};

static void on_watched(void *context, uint32_t pc)
{
    struct watch *watch = context;

    watch->shown++;
    watch->met += pc == watch->place;
    watch->first = watch->first ? watch->first : watch->chip->core.instructions;
    watch->last = watch->chip->core.instructions;
}

static uint64_t calm_until(void *context)
{
    const struct watch *watch = context;

    return watch->calm_until;
}

static void watch(struct trial *trial, struct watch *watch, uint64_t until)
{
    struct chip *chip = &trial->bench.chip;

    *watch =
        (struct watch){.chip = chip, .calm_until = until, .place = trial->flash + TRIAL_CODE + 6};
    chip->watch = on_watched;
    chip->watch_calm = calm_until;
    chip->watch_context = watch;
}

// 0: adds r0,#1; adds r1,#1; adds r2,#1; adds r3,#1; b 0b
static const uint16_t counts[] = {0x3001, 0x3101, 0x3201, 0x3301, 0xE7FA};

static void a_point_inside_a_block_is_shown_each_time(void **state)
{
    struct trial trial;
    struct watch watched;
    (void)state;

    trial_begin(&trial, "f405", BY_BLOCK, counts, sizeof counts / sizeof counts[0]);
    bus_write(&trial.bench.chip, TRIAL_SYST_CSR, 4, 0);
    watch(&trial, &watched, EVENT_NEVER);
    chip_watch_point(&trial.bench.chip, watched.place);
    trial_run(&trial, 5000);
    assert_int_equal(watched.met, cpu_get(trial.bench.chip.core.cpu, CPU_R2));
    assert_true(watched.met > 800);
    trial_end(&trial);

    // Another point costs nothing: no instruction is shown.
    trial_begin(&trial, "f405", BY_BLOCK, counts, sizeof counts / sizeof counts[0]);
    bus_write(&trial.bench.chip, TRIAL_SYST_CSR, 4, 0);
    watch(&trial, &watched, EVENT_NEVER);
    chip_watch_point(&trial.bench.chip, watched.place + 4);
    trial_run(&trial, 5000);
    assert_int_equal(watched.met, 0);
    assert_int_equal(watched.shown, 0);
    trial_end(&trial);
}

static void every_instruction_is_shown_from_the_wanted_one_on(void **state)
{
    struct trial trial;
    struct watch watched;
    (void)state;

    trial_begin(&trial, "u575", WITH_SKIPPING, counts, sizeof counts / sizeof counts[0]);
    bus_write(&trial.bench.chip, TRIAL_SYST_CSR, 4, 0);
    watch(&trial, &watched, 3003);
    trial_run(&trial, 4000);
    assert_int_equal(watched.first, 3004);
    assert_int_equal(watched.last - watched.first + 1, watched.shown);
    trial_end(&trial);
}

static void note_time(void *context)
{
    struct watch *watch = context;

    watch->first = watch->chip->core.instructions;
}

// At every distance from the begin of a block, of which there are five.
static void an_event_comes_at_its_instruction(void **state)
{
    (void)state;

    for (uint64_t at = 2000; at < 2006; at++) {
        struct trial trial;
        struct watch noted = {0};
        struct event event = {.fire = note_time, .context = &noted};
        trial_begin(&trial, "g0b1", BY_BLOCK, counts, sizeof counts / sizeof counts[0]);
        noted.chip = &trial.bench.chip;
        assert_true(event_queue_add(&trial.bench.chip.core.events, &event));
        event_schedule(&trial.bench.chip.core.events, &event, at);
        trial_run(&trial, 3000);
        assert_true(noted.first == at);
        trial_end(&trial);
    }
}

// 0: ldr r1,[r0]; adds r0,#4; cmp r1,r2; b 0b -- up to the end of RAM.
static const uint16_t walks[] = {0x6801, 0x3004, 0x4291, 0xE7FB};

static void a_fault_is_where_it_is_step_by_step(void **state)
{
    struct trial trials[WAYS];
    (void)state;

    for (int way = 0; way < WAYS; way++) {
        trial_begin(&trials[way], "f405", (enum way)way, walks, sizeof walks / sizeof walks[0]);
        cpu_set(trials[way].bench.chip.core.cpu, CPU_R0, trials[way].ram + 0x10000);
        assert_false(trial_run(&trials[way], UINT64_MAX));
    }
    trial_compare(&trials[BY_INSTRUCTION], &trials[BY_BLOCK]);
    trial_compare(&trials[BY_INSTRUCTION], &trials[WITH_SKIPPING]);
    assert_int_equal(cpu_fault(trials[BY_BLOCK].bench.chip.core.cpu)->pc,
                     trials[BY_BLOCK].flash + TRIAL_CODE);
    assert_true(trials[BY_BLOCK].looks < trials[BY_INSTRUCTION].looks);
    for (int way = 0; way < WAYS; way++) {
        trial_end(&trials[way]);
    }
}

// With another way between two calls of chip_run(), and with RAM that cannot be read meanwhile.
static void the_way_may_change_on_the_way(void **state)
{
    struct trial straight, mixed;
    (void)state;

    trial_begin(&straight, "h723", BY_INSTRUCTION, waits, sizeof waits / sizeof waits[0]);
    trial_begin(&mixed, "h723", BY_BLOCK, waits, sizeof waits / sizeof waits[0]);
    for (uint64_t at = 10000; at < 40000; at += 10000) {
        struct chip *chip = &mixed.bench.chip;
        assert_true(trial_run(&straight, at) && trial_run(&mixed, at));
        trial_compare(&straight, &mixed);
        chip->skips_loops = chip->sprints;
        chip->sprints = !chip->sprints;
    }
    trial_end(&straight);
    trial_end(&mixed);
}

static void code_that_has_changed_is_not_run_as_it_was(void **state)
{
    static const uint16_t adds_2 = 0x3002;
    struct trial trial;
    struct problem problem;
    struct chip *chip = &trial.bench.chip;
    (void)state;

    trial_begin(&trial, "f405", BY_BLOCK, counts, sizeof counts / sizeof counts[0]);
    trial_run(&trial, 5000);
    assert_int_equal(cpu_get(chip->core.cpu, CPU_R0) - cpu_get(chip->core.cpu, CPU_R3), 1);
    trial_put(&trial, TRIAL_CODE, &adds_2, sizeof adds_2);
    chip->code_changed = true;
    trial.looks = 0;
    trial_run(&trial, chip->core.instructions + 20000);
    assert_in_range(trial.looks, 4, 6); // by instruction until the reset that makes a new core
    assert_int_equal(chip_reset(chip, RESET_SOFTWARE, &problem), 0);
    cpu_set(chip->core.cpu, CPU_PC, trial.flash + TRIAL_CODE);
    trial_run(&trial, chip->core.instructions + 20000);
    assert_in_range(cpu_get(chip->core.cpu, CPU_R0), 2 * cpu_get(chip->core.cpu, CPU_R3),
                    2 * cpu_get(chip->core.cpu, CPU_R3) + 2);
    trial_end(&trial);
}

static void ram_that_cannot_be_read_is_not_read(void **state)
{
    struct trial trial;
    (void)state;

    trial_begin(&trial, "f405", BY_BLOCK, walks, sizeof walks / sizeof walks[0]);
    cpu_set(trial.bench.chip.core.cpu, CPU_R0, trial.ram + 0x4000);
    cpu_set_readable(trial.bench.chip.core.cpu, trial.ram + 0x8000, 0x400, false);
    assert_false(trial_run(&trial, 20000));
    assert_int_equal(cpu_fault(trial.bench.chip.core.cpu)->address, trial.ram + 0x8000);
    trial_end(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_wait_takes_as_long_as_it_does_step_by_step),
        cmocka_unit_test(a_point_inside_a_block_is_shown_each_time),
        cmocka_unit_test(every_instruction_is_shown_from_the_wanted_one_on),
        cmocka_unit_test(an_event_comes_at_its_instruction),
        cmocka_unit_test(a_fault_is_where_it_is_step_by_step),
        cmocka_unit_test(the_way_may_change_on_the_way),
        cmocka_unit_test(code_that_has_changed_is_not_run_as_it_was),
        cmocka_unit_test(ram_that_cannot_be_read_is_not_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
