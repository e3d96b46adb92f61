// trial.c: makes a chip with a program for a test, and compares two of them.
// SPDX-License-Identifier: MIT
#include "trial.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum {
    HANDLER = 0x100, // from the start of flash on
    STACK = 0x4000,  // from the start of RAM on
    SYSTICK_VECTOR = 4 * EXCEPTION_SYSTICK,
};

const char *const trial_slugs[TRIAL_SLUGS] = {"g0b1", "f405", "h723", "u575"};

void trial_put(struct trial *trial, uint32_t offset, const void *bytes, uint32_t size)
{
    memcpy(memory_at(&trial->bench.chip.memory, trial->flash + offset, size), bytes, size);
}

static void put_word(struct trial *trial, uint32_t offset, uint32_t word)
{
    trial_put(trial, offset, &word, sizeof word);
}

static void write_register(struct trial *trial, uint32_t address, uint32_t value)
{
    bus_write(&trial->bench.chip, address, 4, value);
}

void trial_begin(struct trial *trial, const char *slug, enum way way, const uint16_t *code,
                 size_t halfwords)
{
    // ldr r0,[pc,#8]; ldr r1,[r0]; adds r1,#1; str r1,[r0]; bx lr; nop; .word
    static const uint16_t handler[] = {0x4802, 0x6801, 0x3101, 0x6001, 0x4770, 0xBF00};
    struct cpu *cpu;

    memset(trial, 0, sizeof *trial);
    bench_open(&trial->bench, device_find(slug));
    cpu = trial->bench.chip.core.cpu;
    trial->flash = trial->bench.chip.device->flash.start;
    trial->ram = trial->bench.chip.device->rom_ram[0].start & ~0xFFFFu;
    trial->bench.chip.sprints = way != BY_INSTRUCTION;
    trial->bench.chip.skips_loops = way == WITH_SKIPPING;
    trial_put(trial, TRIAL_CODE, code, (uint32_t)(halfwords * sizeof *code));
    trial_put(trial, HANDLER, handler, sizeof handler);
    put_word(trial, HANDLER + sizeof handler, trial->ram + TRIAL_TICK);
    put_word(trial, SYSTICK_VECTOR, trial->flash + HANDLER + 1);
    exceptions_set_vtor(&trial->bench.chip.core, trial->flash);
    cpu_set(cpu, CPU_MSP, trial->ram + STACK);
    cpu_set(cpu, CPU_R7, trial->ram);
    cpu_set(cpu, CPU_PC, trial->flash + TRIAL_CODE);
    write_register(trial, TRIAL_SYST_CSR + 4, TRIAL_PERIOD - 1);
    write_register(trial, TRIAL_SYST_CSR + 8, 0);
    write_register(trial, TRIAL_SYST_CSR, 7);
}

bool trial_run(struct trial *trial, uint64_t instructions)
{
    struct chip *chip = &trial->bench.chip;
    bool alive = true;

    chip->sprint_look = instructions;
    while (alive && chip->core.instructions < instructions) {
        alive = chip_run(chip);
        trial->looks++;
    }
    return alive;
}

void trial_end(struct trial *trial)
{
    bench_close(&trial->bench);
}

void trial_compare(struct trial *one, struct trial *other)
{
    struct chip *first = &one->bench.chip, *second = &other->bench.chip;

    assert_true(first->core.instructions == second->core.instructions);
    assert_true(first->since_reset == second->since_reset);
    assert_true(first->look.at == second->look.at);
    assert_int_equal(first->core.exceptions.taken, second->core.exceptions.taken);
    for (int i = 0; i < CPU_REGISTERS; i++) {
        assert_int_equal(cpu_get(first->core.cpu, (enum cpu_register)i),
                         cpu_get(second->core.cpu, (enum cpu_register)i));
    }
    for (size_t i = 0; i < first->memory.count; i++) {
        assert_memory_equal(first->memory.regions[i].bytes, second->memory.regions[i].bytes,
                            first->memory.regions[i].region.size);
    }
    assert_string_equal(cpu_fault(first->core.cpu)->what, cpu_fault(second->core.cpu)->what);
    assert_int_equal(cpu_fault(first->core.cpu)->pc, cpu_fault(second->core.cpu)->pc);
    assert_int_equal(cpu_fault(first->core.cpu)->address, cpu_fault(second->core.cpu)->address);
}
