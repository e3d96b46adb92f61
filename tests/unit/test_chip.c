// test_chip.c: a core that is used again after a reset is as good as new, sleeps, and faults.
// SPDX-License-Identifier: MIT
#include "bench.h"
#include "rom_flash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define FLASH 0x08000000u
#define RAM   0x20001000u

enum { LOOP = 0xE7FE, MOVS_R0 = 0x2000, CPSID_I = 0xB672, STR_R0_R1 = 0x6008, WFI = 0xBF30 };

// Lets the core execute these half-words at `address` until it gets to their last one, a loop.
static bool execute(struct bench *bench, uint32_t address, const uint16_t *code, size_t count)
{
    if (code) {
        memcpy(memory_at(&bench->chip.memory, address, 2 * (uint32_t)count), code, 2 * count);
    }
    cpu_set(bench->chip.core.cpu, CPU_MSP, 0x20002000);
    cpu_set(bench->chip.core.cpu, CPU_PC, address | 1u);
    // It comes back before the first instruction of a chip, and then every few thousand.
    bool alive = chip_run(&bench->chip);
    return alive && chip_run(&bench->chip);
}

static void a_reset_core_remembers_nothing(void **state)
{
    static const uint16_t code[] = {
        MOVS_R0 | 0x48, CPSID_I, 0xF380, 0x880A,         // MSPLIM
        0xF380,         0x880B,  0xF380, 0x8813,         // PSPLIM, FAULTMASK
        MOVS_R0 | 3,    0xF380,  0x8814, 0xF3BF, 0x8F6F, // CONTROL, ISB
        0x4686,         LOOP,                            // LR
    };
    struct bench bench;
    uint32_t limits[2];
    (void)state;

    bench_open(&bench, device_find("u575"));
    struct cpu *before = bench.chip.core.cpu;
    assert_true(execute(&bench, FLASH, code, sizeof code / sizeof code[0]));
    assert_int_equal(cpu_get(before, CPU_CONTROL), 3);
    assert_int_equal(cpu_get(before, CPU_LR), 3);
    cpu_stack_limits(before, &limits[0], &limits[1]);
    assert_int_equal(limits[0], 0x48);
    bench_reset(&bench, RESET_SOFTWARE);
    assert_ptr_equal(bench.chip.core.cpu, before);
    for (enum cpu_register i = CPU_R0; i < CPU_S0; i++) {
        if (i == CPU_LR) {
            assert_int_equal(cpu_get(before, i), 0xFFFFFFFF);
        } else if (i != CPU_XPSR) {
            assert_int_equal(cpu_get(before, i), 0);
        }
    }
    cpu_stack_limits(before, &limits[0], &limits[1]);
    assert_int_equal(limits[0] | limits[1], 0);
    bench_close(&bench);
}

static void code_that_changed_runs_as_it_is(void **state)
{
    static const uint16_t one[] = {MOVS_R0 | 1, LOOP}, two[] = {MOVS_R0 | 2, LOOP};
    uint8_t bytes[4];
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    assert_true(execute(&bench, FLASH, one, 2));
    assert_int_equal(cpu_get(bench.chip.core.cpu, CPU_R0), 1);
    memcpy(bytes, two, 4);
    assert_true(rom_flash_erase(&bench.chip, 0));
    assert_true(rom_flash_write(&bench.chip, FLASH, bytes, 4));
    bench_reset(&bench, RESET_SOFTWARE);
    execute(&bench, FLASH, NULL, 0);
    assert_int_equal(cpu_get(bench.chip.core.cpu, CPU_R0), 2);

    execute(&bench, RAM, two, 2);
    bench_reset(&bench, RESET_SOFTWARE);
    execute(&bench, RAM, one, 2); // RAM is changed by many
    assert_int_equal(cpu_get(bench.chip.core.cpu, CPU_R0), 1);
    bench_close(&bench);
}

static void a_store_that_the_mpu_forbids_ends_the_run(void **state)
{
    static const uint16_t code[] = {STR_R0_R1, LOOP};
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    bus_write(&bench.chip, 0xE000ED9C, 4, RAM | 1 << 4);
    bus_write(&bench.chip, 0xE000EDA0, 4, 1 | 4 << 1 | 6 << 24); // 32 bytes, read-only
    bus_write(&bench.chip, 0xE000ED94, 4, 5);
    cpu_set(bench.chip.core.cpu, CPU_R1, RAM + 32);
    assert_true(execute(&bench, FLASH, code, 2));
    cpu_set(bench.chip.core.cpu, CPU_R1, RAM + 28);
    assert_false(execute(&bench, FLASH, NULL, 0));
    const struct cpu_fault *fault = cpu_fault(bench.chip.core.cpu);
    assert_string_equal(fault->what, "store of 4 bytes that the MPU forbids");
    assert_int_equal(fault->address, RAM + 28);
    assert_int_equal(fault->pc, FLASH);
    bench_close(&bench);
}

static void a_core_that_sleeps_goes_on_to_the_next_thing(void **state)
{
    static const uint16_t code[] = {CPSID_I, WFI, MOVS_R0 | 1, LOOP};
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    bus_write(&bench.chip, 0xE000E014, 4, 99999);
    bus_write(&bench.chip, 0xE000E010, 4, 7);
    assert_true(execute(&bench, FLASH, code, 4));
    assert_false(bench.chip.idle);
    assert_int_equal(bench.chip.core.instructions, 100000); // it comes back for the main loop
    assert_true(chip_run(&bench.chip));
    assert_int_equal(cpu_get(bench.chip.core.cpu, CPU_R0), 1); // PRIMASK keeps it from its handler
    bench_close(&bench);

    bench_open(&bench, device_find("f405"));
    bus_write(&bench.chip, bench.chip.device->iwdg, 4, 0xCCCC);
    uint64_t bite = bench_deadline(&bench, WATCHDOG_INDEPENDENT);
    execute(&bench, FLASH, code, 4);
    assert_true(bench.chip.reset_wanted);
    assert_int_equal(bench.chip.core.instructions, bite);
    bench_close(&bench);
}

// PRIMASK does not keep an interrupt from waking the core; BASEPRI does, and so does a handler of
// the same priority.
static void what_would_not_be_taken_wakes_nobody(void **state)
{
    static const uint16_t code[] = {CPSID_I, WFI, MOVS_R0 | 1, LOOP};
    static const struct {
        uint32_t basepri, active;
        uint32_t r0; // 1: it woke
    } masks[] = {{0, 0, 1}, {0x40, 0, 0}, {0x50, 0, 1}, {0, 1u << EXCEPTION_PENDSV, 0}};
    struct bench bench;
    (void)state;

    for (size_t i = 0; i < sizeof masks / sizeof masks[0]; i++) {
        bench_open(&bench, device_find("f405"));
        bus_write(&bench.chip, 0xE000ED20, 4, 0x40400000); // PendSV and SysTick
        bus_write(&bench.chip, 0xE000ED04, 4, 1 << 26);    // SysTick is pending
        cpu_set(bench.chip.core.cpu, CPU_PRIMASK, 1);
        cpu_set(bench.chip.core.cpu, CPU_BASEPRI, masks[i].basepri);
        bench.chip.core.exceptions.active[0] = masks[i].active;
        assert_true(execute(&bench, FLASH, code, 4));
        assert_int_equal(cpu_get(bench.chip.core.cpu, CPU_R0), masks[i].r0);
        assert_int_equal(bench.chip.idle, !masks[i].r0);
        bench_close(&bench);
    }
}

// DMA stands still with its core here: only the outside can wake it.
static void a_core_that_nothing_wakes_is_idle(void **state)
{
    static const uint16_t code[] = {CPSID_I, WFI, MOVS_R0 | 1, LOOP};
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    struct block *dma = block_with_role(&bench.chip, ROLE_DMA, NULL);
    dma->type->dma->start(dma, RAM, 4);
    assert_true(execute(&bench, FLASH, code, 4));
    assert_true(bench.chip.idle);
    assert_int_equal(cpu_get(bench.chip.core.cpu, CPU_R0), 0);
    assert_in_range(bench.chip.core.instructions, 1, 3);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reset_core_remembers_nothing),
        cmocka_unit_test(code_that_changed_runs_as_it_is),
        cmocka_unit_test(a_store_that_the_mpu_forbids_ends_the_run),
        cmocka_unit_test(a_core_that_sleeps_goes_on_to_the_next_thing),
        cmocka_unit_test(what_would_not_be_taken_wakes_nobody),
        cmocka_unit_test(a_core_that_nothing_wakes_is_idle),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
