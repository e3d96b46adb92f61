// cpu_sprint.c: runs basic blocks that change registers only, on an engine with one hook a block.
// SPDX-License-Identifier: MIT
//
// cpu_run() shows every instruction and every store, which takes most of its time. A loop that
// waits needs none of that: it loads and compares. So such blocks run here, until one comes that
// does more. Memory and bus stay as they were, so whatever turns out not to be meant for here (a
// fault, an access to the bus, EXC_RETURN) is undone by forgetting the registers of this engine.
//
// Traps of Unicorn 2.0.1 that shape this file:
//  - a hook of stores makes all loads slow, a hook of instructions keeps a stopped block's address
//    out of PC: this engine has neither;
//  - a stop is obeyed behind the hook of a block, before its first instruction: a block that is
//    stopped has not run, and is not counted;
//  - in the hook of a block the registers are those that the block begins with.
#include "cpu_sprint.h"

#include "basic_block.h"
#include "cpu_engine.h"

#include <stdlib.h>
#include <string.h>

enum {
    SHAPES = 16384,      // of blocks, that are remembered
    LONGEST_BLOCK = 512, // instructions: the engine ends a block there
    ATTEMPTS = 4,
    FIRST_LOOK = 256, // instructions before a loop is looked for
    LOOP_BLOCKS = 64, // a longer one is not found
    REGISTERS = 16,   // R0 to R12, SP, LR, and the flags
    NOWHERE = 1,      // no block has an odd address
};

// More than any distance: a block that is not for here.
#define NEVER UINT32_MAX

struct shape {
    uint32_t address;
    uint32_t instructions; // NEVER: it must not run here
};

// Where a loop may have its begin, and with what in the registers.
struct loop_mark {
    bool set;
    unsigned blocks_left;
    uint32_t address;
    uint32_t registers[REGISTERS];
    uint64_t ran;
};

struct sprint {
    uc_engine *engine;
    struct cpu *cpu;
    struct region code;
    struct shape shapes[SHAPES];
    uint64_t ran, most;
    uint64_t look; // the hook does more than counting as soon as it has counted so far
    uint32_t at;   // the block that is under way, or the one before which it was stopped
    bool stopped;
    struct loop_mark loop;
};

static const int carried[REGISTERS] = {
    UC_ARM_REG_R0,  UC_ARM_REG_R1,  UC_ARM_REG_R2,  UC_ARM_REG_R3,
    UC_ARM_REG_R4,  UC_ARM_REG_R5,  UC_ARM_REG_R6,  UC_ARM_REG_R7,
    UC_ARM_REG_R8,  UC_ARM_REG_R9,  UC_ARM_REG_R10, UC_ARM_REG_R11,
    UC_ARM_REG_R12, UC_ARM_REG_R13, UC_ARM_REG_R14, UC_ARM_REG_APSR_NZCVQ,
};

static struct shape *shape_at(struct sprint *sprint, uint32_t address)
{
    return &sprint->shapes[address / 2 % SHAPES];
}

static void read_registers(uc_engine *engine, uint32_t *values)
{
    int numbers[REGISTERS];
    void *places[REGISTERS];

    memcpy(numbers, carried, sizeof numbers);
    numbers[REGISTERS - 1] = UC_ARM_REG_APSR; // the name for reading
    for (int i = 0; i < REGISTERS; i++) {
        places[i] = &values[i];
    }
    uc_reg_read_batch(engine, numbers, places, REGISTERS);
}

static void write_registers(uc_engine *engine, const uint32_t *values)
{
    int numbers[REGISTERS];
    void *places[REGISTERS];
    uint32_t copy[REGISTERS];

    memcpy(numbers, carried, sizeof numbers);
    memcpy(copy, values, sizeof copy);
    for (int i = 0; i < REGISTERS; i++) {
        places[i] = &copy[i];
    }
    uc_reg_write_batch(engine, numbers, places, REGISTERS);
}

// Whether a block may run here, and how many instructions it has.
static uint32_t length_of(struct sprint *sprint, uint32_t address, uint32_t size)
{
    const struct cpu *cpu = sprint->cpu;
    uint32_t offset = address - sprint->code.start;
    uint16_t code[2 * LONGEST_BLOCK];
    struct basic_block block;

    if (offset >= sprint->code.size || size > sprint->code.size - offset || size > sizeof code ||
        (cpu->bus.watched && cpu->bus.watched(cpu->bus.context, address, size)) ||
        uc_mem_read(sprint->engine, address, code, size) != UC_ERR_OK) {
        return NEVER;
    }
    block = basic_block_look(code, size / sizeof code[0]);
    return block.registers_only && block.instructions ? block.instructions : NEVER;
}

static void mark_loop(struct sprint *sprint, uint32_t address)
{
    struct loop_mark *loop = &sprint->loop;

    loop->set = true;
    loop->blocks_left = LOOP_BLOCKS;
    loop->address = address;
    loop->ran = sprint->ran;
    read_registers(sprint->engine, loop->registers);
    sprint->look = 0;
}

// Memory cannot have changed here: with the same registers at the same place the core does again
// what it has done, as often as there is time for.
static void skip_repetitions(struct sprint *sprint)
{
    uint64_t period = sprint->ran - sprint->loop.ran;

    sprint->ran += (sprint->most - sprint->ran) / period * period;
    sprint->look = sprint->most;
}

static void look_for_loop(struct sprint *sprint, uint32_t address)
{
    struct loop_mark *loop = &sprint->loop;
    uint32_t registers[REGISTERS];

    if (!loop->set) {
        mark_loop(sprint, address);
        return;
    }
    if (address == loop->address) {
        read_registers(sprint->engine, registers);
        if (memcmp(registers, loop->registers, sizeof registers) == 0) {
            skip_repetitions(sprint);
            return;
        }
    }
    if (--loop->blocks_left == 0) { // a longer way to the next attempt, or waiting would cost more
        loop->set = false;
        sprint->look = 2 * sprint->ran < sprint->most ? 2 * sprint->ran : sprint->most;
    }
}

// What the hook does when there is more to do than counting. False: the block must not run.
static bool look(struct sprint *sprint, uint32_t address, const struct shape *shape)
{
    if (sprint->look < sprint->most) {
        look_for_loop(sprint, address);
    }
    return sprint->ran + shape->instructions <= sprint->most;
}

static void on_block(uc_engine *engine, uint64_t address, uint32_t size, void *context)
{
    struct sprint *sprint = context;
    uint32_t at = (uint32_t)address;
    struct shape *shape = shape_at(sprint, at);

    if (shape->address != at) {
        *shape = (struct shape){at, length_of(sprint, at, size)};
    }
    sprint->at = at;
    if (sprint->ran + shape->instructions > sprint->look && !look(sprint, at, shape)) {
        sprint->stopped = true;
        uc_emu_stop(engine);
        return;
    }
    sprint->ran += shape->instructions;
}

static void on_interrupt(uc_engine *engine, uint32_t number, void *context)
{
    (void)number;
    (void)context;
    uc_emu_stop(engine);
}

static bool on_invalid_access(uc_engine *engine, uc_mem_type type, uint64_t address, int size,
                              int64_t value, void *context)
{
    (void)engine;
    (void)type;
    (void)address;
    (void)size;
    (void)value;
    (void)context;
    return false; // ends the run
}

static bool open_sprint(struct sprint *sprint)
{
    const struct cpu *cpu = sprint->cpu;
    struct problem problem;
    bool open = !cpu_open_engine(&sprint->engine, cpu->model, &problem) &&
                cpu_add_hook(sprint->engine, UC_HOOK_BLOCK, (void (*)(void))on_block, sprint) &&
                cpu_add_hook(sprint->engine, UC_HOOK_INTR, (void (*)(void))on_interrupt, sprint) &&
                cpu_add_hook(sprint->engine, UC_HOOK_MEM_INVALID, (void (*)(void))on_invalid_access,
                             sprint);

    for (size_t i = 0; open && i < cpu->map_count; i++) {
        const struct cpu_map *map = &cpu->maps[i];
        open =
            uc_mem_map_ptr(sprint->engine, map->address, map->size,
                           UC_PROT_EXEC | (map->asks ? 0 : UC_PROT_READ), map->memory) == UC_ERR_OK;
    }
    return open;
}

// Without a second engine everything runs on the first, only slower.
static struct sprint *ready(struct cpu *cpu, const struct region *code)
{
    if (!cpu->sprint && !cpu->cannot_sprint) {
        cpu->sprint = calloc(1, sizeof *cpu->sprint);
        cpu->cannot_sprint = !cpu->sprint;
        if (cpu->sprint) {
            cpu->sprint->cpu = cpu;
            cpu->sprint->code = *code;
            sprint_forget(cpu);
            cpu->cannot_sprint = !open_sprint(cpu->sprint);
        }
    }
    return cpu->cannot_sprint ? NULL : cpu->sprint;
}

// One attempt. False: something came that belongs elsewhere, in the block that is under way.
static bool attempt(struct sprint *sprint, uint32_t pc, const struct cpu_stretch *stretch)
{
    uint64_t first = stretch->skips ? FIRST_LOOK : stretch->most;

    sprint->ran = 0;
    sprint->most = stretch->most;
    sprint->look = first < stretch->most ? first : stretch->most;
    sprint->at = pc;
    sprint->stopped = sprint->loop.set = false;
    return uc_emu_start(sprint->engine, pc | 1u, 0, 0, 0) == UC_ERR_OK && sprint->stopped;
}

uint32_t cpu_sprint(struct cpu *cpu, const struct region *code, const struct cpu_stretch *stretch)
{
    uint32_t pc = cpu_get_raw(cpu, UC_ARM_REG_PC) & ~1u;
    struct sprint *sprint = cpu->unreadable ? NULL : ready(cpu, code);
    uint32_t registers[REGISTERS];
    bool done = false;

    if (!sprint || (shape_at(sprint, pc)->address == pc &&
                    shape_at(sprint, pc)->instructions > stretch->most)) {
        return 0;
    }
    read_registers(cpu->engine, registers);
    for (int i = 0; i < ATTEMPTS && !done; i++) {
        write_registers(sprint->engine, registers);
        done = attempt(sprint, pc, stretch);
        if (!done) {
            *shape_at(sprint, sprint->at) = (struct shape){sprint->at, NEVER};
        }
    }
    if (!done || sprint->ran == 0) {
        return 0;
    }
    read_registers(sprint->engine, registers);
    write_registers(cpu->engine, registers);
    cpu_set(cpu, CPU_PC, sprint->at);
    return (uint32_t)sprint->ran;
}

void sprint_forget(struct cpu *cpu)
{
    for (size_t i = 0; cpu->sprint && i < SHAPES; i++) {
        cpu->sprint->shapes[i].address = NOWHERE;
    }
}

// A block that reaches into the range may begin before it.
__attribute__((no_sanitize("shift"))) void sprint_forget_code(struct cpu *cpu, uint32_t address,
                                                              uint32_t size)
{
    struct sprint *sprint = cpu->sprint;

    for (size_t i = 0; sprint && i < SHAPES; i++) {
        if (sprint->shapes[i].address + 4 * LONGEST_BLOCK - address < size + 4 * LONGEST_BLOCK) {
            sprint->shapes[i].address = NOWHERE;
        }
    }
    if (sprint && sprint->engine) {
        uc_ctl_remove_cache(sprint->engine, (uint64_t)address, (uint64_t)address + size);
    }
}

void sprint_close(struct cpu *cpu)
{
    if (cpu->sprint && cpu->sprint->engine) {
        uc_close(cpu->sprint->engine);
    }
    free(cpu->sprint);
    cpu->sprint = NULL;
}
