// cpu_memory.c: what the core sees at which address: memories and the bus.
// SPDX-License-Identifier: MIT
#include "cpu_engine.h"

#include "cpu_sprint.h"

#include <string.h>

static uint64_t on_bus_read(uc_engine *engine, uint64_t offset, unsigned size, void *context)
{
    const struct bus_window *window = context;
    struct cpu *cpu = window->cpu;
    (void)engine;

    return cpu->bus.read(cpu->bus.context, window->start + (uint32_t)offset, size);
}

static void on_bus_write(uc_engine *engine, uint64_t offset, unsigned size, uint64_t value,
                         void *context)
{
    const struct bus_window *window = context;
    struct cpu *cpu = window->cpu;
    (void)engine;

    cpu->bus.write(cpu->bus.context, window->start + (uint32_t)offset, size, (uint32_t)value);
}

static int map(struct cpu *cpu, const struct cpu_map *map, uint32_t rights, struct problem *problem)
{
    if (cpu->map_count == CPU_MAPS ||
        uc_mem_map_ptr(cpu->engine, map->address, map->size, rights, map->memory) != UC_ERR_OK) {
        return problem_set(problem, EXIT_FAILED, NULL, "cannot map %u bytes at 0x%08X",
                           (unsigned)map->size, (unsigned)map->address);
    }
    cpu->maps[cpu->map_count++] = *map;
    sprint_close(cpu);
    return 0;
}

int cpu_map(struct cpu *cpu, uint32_t address, uint32_t size, void *memory, bool writable,
            struct problem *problem)
{
    const struct cpu_map it = {address, size, memory, false};

    return map(cpu, &it, UC_PROT_READ | UC_PROT_EXEC | (writable ? UC_PROT_WRITE : 0), problem);
}

int cpu_map_asking(struct cpu *cpu, uint32_t address, uint32_t size, void *memory,
                   struct problem *problem)
{
    const struct cpu_map it = {address, size, memory, true};

    return map(cpu, &it, UC_PROT_EXEC, problem);
}

void cpu_set_readable(struct cpu *cpu, uint32_t address, uint32_t size, bool readable)
{
    uint32_t rights = UC_PROT_WRITE | (readable ? UC_PROT_READ | UC_PROT_EXEC : 0);

    cpu->unreadable = !readable;
    uc_mem_protect(cpu->engine, address, size, rights);
}

void cpu_unmap(struct cpu *cpu, uint32_t address, uint32_t size)
{
    sprint_close(cpu);
    uc_mem_unmap(cpu->engine, address, size);
    for (size_t i = 0; i < cpu->map_count; i++) {
        if (cpu->maps[i].address == address) {
            cpu->maps[i] = cpu->maps[--cpu->map_count];
        }
    }
}

int cpu_map_bus(struct cpu *cpu, uint32_t address, uint32_t size, struct problem *problem)
{
    struct bus_window *window = &cpu->windows[cpu->window_count];

    window->cpu = cpu;
    window->start = address;
    window->size = size;
    if (cpu->window_count == sizeof cpu->windows / sizeof cpu->windows[0] ||
        uc_mmio_map(cpu->engine, address, size, on_bus_read, window, on_bus_write, window) !=
            UC_ERR_OK) {
        return problem_set(problem, EXIT_FAILED, NULL, "cannot map the bus at 0x%08X",
                           (unsigned)address);
    }
    cpu->window_count++;
    return 0;
}

void cpu_take_back(struct cpu *cpu)
{
    struct cpu_refused *refused = &cpu->refused;

    if (refused->place) {
        memcpy(refused->place, refused->bytes, refused->size);
        refused->place = NULL;
    }
}

void cpu_will_take_back(struct cpu *cpu, uint32_t address, unsigned size)
{
    struct cpu_refused *refused = &cpu->refused;

    for (size_t i = 0; i < cpu->map_count; i++) {
        const struct cpu_map *map = &cpu->maps[i];
        if (address - map->address < map->size && size <= sizeof refused->bytes) {
            refused->place = (uint8_t *)map->memory + (address - map->address);
            refused->size = size;
            memcpy(refused->bytes, refused->place, size);
        }
    }
}

// Unicorn's uc_ctl macros shift into the sign bit, which is not ours to mend.
__attribute__((no_sanitize("shift"))) void cpu_forget_code(struct cpu *cpu, const void *memory,
                                                           uint32_t size)
{
    for (size_t i = 0; i < cpu->map_count; i++) {
        const struct cpu_map *map = &cpu->maps[i];
        size_t offset = (size_t)((uintptr_t)memory - (uintptr_t)map->memory);
        if (offset < map->size) {
            uint64_t start = map->address + offset;
            uc_ctl_remove_cache(cpu->engine, start, start + size);
            sprint_forget_code(cpu, (uint32_t)start, size);
        }
    }
}

// Who looks at memory from outside must not read registers: that may change them.
static bool is_on_bus(const struct cpu *cpu, uint32_t address, uint32_t size)
{
    for (size_t i = 0; i < cpu->window_count; i++) {
        const struct bus_window *window = &cpu->windows[i];
        if (address - window->start < window->size ||
            (address < window->start && window->start - address < size)) {
            return true;
        }
    }
    return false;
}

bool cpu_load(struct cpu *cpu, uint32_t address, void *bytes, uint32_t size)
{
    return !is_on_bus(cpu, address, size) &&
           uc_mem_read(cpu->engine, address, bytes, size) == UC_ERR_OK;
}

bool cpu_store(struct cpu *cpu, uint32_t address, const void *bytes, uint32_t size)
{
    return uc_mem_write(cpu->engine, address, bytes, size) == UC_ERR_OK;
}
