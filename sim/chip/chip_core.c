// chip_core.c: makes the core's engine, and hands on what it asks of the world around it.
// SPDX-License-Identifier: MIT
#include "chip_core.h"

#include "block.h"
#include "bus.h"
#include "chip_memory.h"
#include "chip_run.h"
#include "chip_sprint.h"
#include "chip_stores.h"
#include "observer.h"
#include "store_path.h"

#include <stdio.h>

static void on_instruction(void *context, uint32_t pc, unsigned bytes)
{
    struct chip *chip = context;

    chip->core.instruction_bytes = bytes;
    chip_instruction(chip, pc);
}

static uint32_t on_read(void *context, uint32_t address, unsigned size)
{
    uint32_t value = bus_read(context, address, size);

    observers_bus_read(context, address, size, value);
    return value;
}

static void on_write(void *context, uint32_t address, unsigned size, uint32_t value)
{
    observers_bus_write(context, address, size, value);
    bus_write(context, address, size, value);
    chip_stores_look(context);
}

static void on_ram_write(void *context, uint32_t address, unsigned size)
{
    struct chip *chip = context;
    char what[64];

    if (!store_path_check(&chip->core, address, size)) {
        snprintf(what, sizeof what, "store of %u bytes that the MPU forbids", size);
        cpu_fail(chip->core.cpu, address, what);
        return;
    }
    observers_ram_write(chip, address, size);
    if (chip->watch_write) {
        chip->watch_write(chip->watch_context, address, size);
    }
}

// A store to flash means something to the block that programs it.
static bool on_rom_write(void *context, uint32_t address, unsigned size, uint32_t value)
{
    const struct chip *chip = context;
    uint32_t place = chip_flash_home(chip, address);

    for (size_t i = 0; i < chip->block_count; i++) {
        struct block *block = &chip->blocks[i];
        if (block->type->flash_store && block->type->flash_store(block, place, size, value)) {
            return true;
        }
    }
    return false;
}

static bool on_rom_read(void *context, uint32_t address, unsigned size, bool mapped)
{
    return chip_load_from_rom(context, address, size, mapped);
}

static bool on_watched(void *context, uint32_t address, uint32_t size)
{
    return chip_is_watched(context, address, size);
}

static void on_reset_request(void *context)
{
    chip_want_reset(context, RESET_SOFTWARE);
}

static void look(void *context)
{
    struct chip *chip = context;

    event_schedule(&chip->core.events, &chip->look, chip->core.instructions + CHIP_SLICE);
    chip->paused = true;
}

bool chip_core_open(struct chip *chip)
{
    chip->core.request_reset = on_reset_request;
    chip->core.context = chip;
    chip->look = (struct event){.fire = look, .context = chip, .stands_still_in_sleep = true};
    if (!event_queue_add(&chip->core.events, &chip->look)) {
        return false;
    }
    event_schedule(&chip->core.events, &chip->look, 0);
    return true;
}

static struct cpu_bus bus_of(struct chip *chip)
{
    return (struct cpu_bus){chip,         on_instruction, on_read,     on_write,
                            on_ram_write, on_rom_write,   on_rom_read, on_watched};
}

void chip_core_adopt(struct chip *chip)
{
    const struct cpu_bus bus = bus_of(chip);

    cpu_attach(chip->core.cpu, &bus);
}

static int make_core(struct chip *chip, struct problem *problem)
{
    const struct cpu_bus bus = bus_of(chip);
    int error;

    cpu_free(chip->core.cpu);
    chip->core.cpu = cpu_new(chip->device->core, &bus, problem);
    if (!chip->core.cpu) {
        return (int)problem->code;
    }
    error = memory_map(&chip->memory, chip->device, chip->core.cpu, chip->alias_is_rom, problem);
    return error ? error : bus_map(chip, problem);
}

int chip_renew_core(struct chip *chip, struct problem *problem)
{
    bool reuse = chip->core.cpu && !chip->code_changed;
    bool remap = reuse && chip->device->alias && chip->alias_mapped != chip->alias_is_rom;

    chip->code_was_changed |= chip->code_changed;
    chip->code_changed = chip->alias_changed = false;
    chip->alias_mapped = chip->alias_is_rom;
    if (!reuse) {
        return make_core(chip, problem);
    }
    cpu_restart(chip->core.cpu);
    return remap ? memory_realias(&chip->memory, chip->device, chip->core.cpu, chip->alias_is_rom,
                                  problem)
                 : 0;
}

void chip_start(struct chip *chip, uint32_t table)
{
    chip->sleeping = false;
    cpu_set(chip->core.cpu, CPU_MSP, memory_word(&chip->memory, table) & ~3u);
    cpu_set(chip->core.cpu, CPU_PC, memory_word(&chip->memory, table + 4));
}
