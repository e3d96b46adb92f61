// chip.c: builds the virtual STM32 from its row, resets it and lets it run.
// SPDX-License-Identifier: MIT
#include "chip.h"

#include "bus.h"

#include <stdlib.h>
#include <string.h>

// A program that only asks whether there is something to do gets a rest after this many times.
// And the main loop gets to look around at least every SLICE instructions.
enum { IDLE_POLLS = 256, SLICE = 4096 };

static void on_instruction(void *context, uint32_t pc)
{
    struct chip *chip = context;
    const struct exceptions *exceptions = &chip->exceptions;

    if (memory_is_system(chip->device, pc)) {
        chip->rom_fetched = true;
        chip->rom_pc = pc;
    }
    if (chip->iwdg_deadline && chip->instructions >= chip->iwdg_deadline) {
        chip->reset_wanted = true;
        chip->reset_kind = RESET_WATCHDOG;
    }
    if (chip->instructions >= exceptions->systick_next) {
        exceptions_tick(chip);
    }
    if (chip->instructions >= chip->next_look) {
        chip->next_look = chip->instructions + SLICE;
        chip->paused = true;
    }
    if (chip->rom_fetched || chip->reset_wanted || chip->paused || chip->alias_changed ||
        chip->idle_polls > IDLE_POLLS || (exceptions->any_pending && exceptions_next(chip))) {
        cpu_stop(chip->cpu);
        return;
    }
    chip->instructions++;
    chip->since_reset++;
    if (chip->watch) {
        chip->watch(chip->watch_context, pc);
        if (chip->paused) {
            cpu_stop(chip->cpu);
        }
    }
}

static uint32_t on_read(void *context, uint32_t address, unsigned size)
{
    return bus_read(context, address, size);
}

static void on_write(void *context, uint32_t address, unsigned size, uint32_t value)
{
    bus_write(context, address, size, value);
}

static void on_ram_write(void *context, uint32_t address, unsigned size)
{
    struct chip *chip = context;

    if (chip->watch_write) {
        chip->watch_write(chip->watch_context, address, size);
    }
}

static int open_blocks(struct chip *chip, struct problem *problem)
{
    bool room = true;
    size_t count = 0;

    while (chip->device->peripherals[count].name) {
        count++;
    }
    chip->blocks = calloc(count, sizeof *chip->blocks);
    for (size_t i = 0; chip->blocks && room && i < count; i++) {
        struct block *block = &chip->blocks[i];
        block->peripheral = &chip->device->peripherals[i];
        block->behaviour = block_behaviour(block->peripheral->block);
        block->registers = calloc(block->peripheral->size / 4, sizeof(uint32_t));
        block->at_reset = calloc(block->peripheral->size / 4, sizeof(uint32_t));
        room = block->registers && block->at_reset;
        chip->block_count++;
    }
    if (!chip->blocks || !room) {
        return problem_set(problem, EXIT_FAILED, NULL, "no room for the peripherals");
    }
    return 0;
}

int chip_open(struct chip *chip, const struct device *device, struct journal *journal,
              uint32_t seed, struct problem *problem)
{
    int error;

    *chip = (struct chip){.device = device, .journal = journal};
    rcc_open(&chip->rcc, device);
    error = memory_open(&chip->memory, device, seed, problem);
    if (!error) {
        error = open_blocks(chip, problem);
    }
    if (error) {
        chip_close(chip);
    }
    return error;
}

void chip_close(struct chip *chip)
{
    cpu_free(chip->cpu);
    chip->cpu = NULL;
    for (size_t i = 0; i < chip->block_count; i++) {
        free(chip->blocks[i].registers);
        free(chip->blocks[i].at_reset);
    }
    free(chip->blocks);
    chip->blocks = NULL;
    chip->block_count = 0;
    memory_close(&chip->memory);
    touches_close(&chip->touches);
}

static uint32_t flags_of(const struct device *device, enum reset_kind kind)
{
    switch (kind) {
    case RESET_POWER_ON:
        return device->after_power_on;
    case RESET_PIN:
        return device->after_pin;
    case RESET_SOFTWARE:
        return device->after_software;
    default:
        return device->after_watchdog;
    }
}

bool chip_is_blank(const struct chip *chip)
{
    const uint8_t *first = memory_at(&chip->memory, chip->device->flash.start, 4);

    for (int i = 0; i < 4; i++) {
        if (first[i] != chip->device->erased) {
            return false;
        }
    }
    return true;
}

enum boot chip_boot(const struct chip *chip)
{
    if (chip->boot0) {
        return BOOT_ROM_BY_PIN;
    }
    return chip->device->empty_register && chip->empty ? BOOT_ROM_BY_EMPTY_FLASH : BOOT_APPLICATION;
}

int chip_renew_core(struct chip *chip, struct problem *problem)
{
    const struct cpu_bus bus = {chip, on_instruction, on_read, on_write, on_ram_write};
    int error;

    cpu_free(chip->cpu);
    chip->cpu = cpu_new(chip->device->core, &bus, problem);
    if (!chip->cpu) {
        return (int)problem->code;
    }
    error = memory_map(&chip->memory, chip->device, chip->cpu, chip->alias_is_rom, problem);
    return error ? error : bus_map(chip, problem);
}

int chip_reset(struct chip *chip, enum reset_kind kind, struct problem *problem)
{
    const struct device *device = chip->device;

    chip->reset_wanted = chip->paused = chip->rom_fetched = chip->alias_changed = false;
    chip->since_reset = 0;
    chip->idle_polls = 0;
    if (kind == RESET_POWER_ON) {
        memory_lose_ram(&chip->memory);
        chip->empty = chip_is_blank(chip);
        memset(chip->rcc.registers, 0, sizeof chip->rcc.registers);
    }
    chip->alias_is_rom = chip_boot(chip) != BOOT_APPLICATION;
    rcc_reset(&chip->rcc, flags_of(device, kind));
    exceptions_reset(chip);
    if (chip->alias_is_rom && !device->alias) {
        chip->exceptions.vtor = device->rom_vector;
    }
    for (size_t i = 0; i < chip->block_count; i++) {
        block_reset(chip, &chip->blocks[i]);
    }
    touches_reset(&chip->touches);
    return chip_renew_core(chip, problem);
}

void chip_start(struct chip *chip, uint32_t table)
{
    cpu_set(chip->cpu, CPU_MSP, memory_word(&chip->memory, table) & ~3u);
    cpu_set(chip->cpu, CPU_PC, memory_word(&chip->memory, table + 4));
}

// Asleep: time goes on to the next thing that can happen.
static void sleep_on(struct chip *chip)
{
    uint64_t next = chip->exceptions.systick_next;

    if (chip->iwdg_deadline && chip->iwdg_deadline < next) {
        next = chip->iwdg_deadline;
    }
    if (next == UINT64_MAX) {
        chip->paused = chip->idle = true; // only the outside can wake it
    } else if (next > chip->instructions) {
        chip->instructions = next;
    }
}

// What can be settled without the caller: a new alias at 0, an exception.
static bool settle(struct chip *chip)
{
    struct problem problem;
    unsigned number;

    if (chip->alias_changed) {
        chip->alias_changed = false;
        if (memory_realias(&chip->memory, chip->device, chip->cpu, chip->alias_is_rom, &problem)) {
            chip->lockup = "the alias at 0 cannot be mapped";
        }
        return true;
    }
    number = exceptions_next(chip);
    if (number && !exceptions_enter(chip, number)) {
        chip->lockup = "an exception frame cannot be stacked where SP points";
    }
    return number != 0;
}

static void handle_stop(struct chip *chip, enum cpu_stop why)
{
    if (why == CPU_RETURN && !exceptions_return(chip, cpu_return_value(chip->cpu))) {
        chip->lockup = "an exception frame cannot be read where SP points";
    } else if (why == CPU_SVC) {
        exceptions_pend(&chip->exceptions, EXCEPTION_SVC);
        if (!exceptions_next(chip)) {
            chip->lockup = "an SVC that cannot be taken escalates to HardFault";
        }
    } else if (why == CPU_SLEEP && !exceptions_wake(chip)) {
        sleep_on(chip);
    }
}

bool chip_run(struct chip *chip)
{
    if (chip->idle) {
        chip->idle_polls = 0;
    }
    chip->paused = chip->idle = false;
    chip->lockup = NULL;
    for (;;) {
        enum cpu_stop why = cpu_run(chip->cpu);
        if (why == CPU_FAULT) {
            return false;
        }
        handle_stop(chip, why);
        if (chip->reset_wanted || chip->rom_fetched) {
            return true;
        }
        if (!chip->lockup && settle(chip)) {
            continue;
        }
        if (chip->lockup || chip->paused || chip->idle_polls > IDLE_POLLS) {
            chip->idle |= chip->idle_polls > IDLE_POLLS;
            return !chip->lockup;
        }
    }
}

void chip_want_reset(struct chip *chip, enum reset_kind kind)
{
    chip->reset_wanted = true;
    chip->reset_kind = kind;
    cpu_stop(chip->cpu);
}

void chip_pause(struct chip *chip)
{
    chip->paused = true;
}
