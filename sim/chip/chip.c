// chip.c: builds the virtual STM32 from its row, resets it and lets it run.
// SPDX-License-Identifier: MIT
#include "chip.h"

#include "bus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void on_instruction(void *context, uint32_t pc)
{
    chip_instruction(context, pc);
}

static uint32_t on_read(void *context, uint32_t address, unsigned size)
{
    return bus_read(context, address, size);
}

static void on_write(void *context, uint32_t address, unsigned size, uint32_t value)
{
    observers_bus_write(context, address, size, value);
    bus_write(context, address, size, value);
}

static void on_ram_write(void *context, uint32_t address, unsigned size)
{
    struct chip *chip = context;
    char what[64];

    if (!store_path_check(chip, address, size)) {
        snprintf(what, sizeof what, "store of %u bytes that the MPU forbids", size);
        cpu_fail(chip->cpu, address, what);
        return;
    }
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
    if (!error && !store_path_open(&chip->store_path, &chip->memory, device,
                                   cpu_has_data_cache(device->core))) {
        error = problem_set(problem, EXIT_FAILED, NULL, "no room for the data cache");
    }
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
    store_path_close(&chip->store_path);
    memory_close(&chip->memory);
    unmodelled_close(&chip->unmodelled);
}

static uint32_t flags_of(const struct device *device, enum reset_kind kind)
{
    switch (kind) {
    case RESET_POWER_ON:
    case RESET_BROWN_OUT:
        return device->after_power_on;
    case RESET_PIN:
        return device->after_pin;
    case RESET_SOFTWARE:
        return device->after_software;
    case RESET_OPTION:
        return device->after_pin | device->flags_option;
    default:
        return device->after_watchdog;
    }
}

const char *chip_reset_name(enum reset_kind kind)
{
    static const char *const names[] = {
        [RESET_POWER_ON] = "power-on",   [RESET_PIN] = "pin",
        [RESET_SOFTWARE] = "software",   [RESET_WATCHDOG] = "watchdog",
        [RESET_BROWN_OUT] = "brown-out", [RESET_OPTION] = "option bytes",
    };

    return names[kind];
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

bool chip_boot0_is_high(const struct chip *chip)
{
    const struct block *port = chip->boot0_port;
    const uint32_t *registers = port ? port->registers : NULL;
    bool new_layout = port && port->peripheral->block == BLOCK_GPIO;
    unsigned pin = 0;

    if (!new_layout) {
        return chip->boot0_raised;
    }
    while (chip->boot0_mask >> pin != 1) {
        pin++;
    }
    return chip->boot0_raised ||
           ((registers[0] >> (2 * pin) & 3u) == 1 && registers[5] & chip->boot0_mask);
}

enum boot chip_boot(const struct chip *chip)
{
    if (option_bits_refuse(chip, OPTION_RDP_LEVEL_2) ||
        option_bits_refuse(chip, OPTION_PRODUCT_STATE)) {
        return BOOT_APPLICATION;
    }
    if (chip->boot0) {
        return BOOT_ROM_BY_PIN;
    }
    if (option_bytes_start_rom(chip)) {
        return BOOT_ROM_BY_OPTION_BYTES;
    }
    if (chip->device->empty_register && chip->empty) {
        return BOOT_ROM_BY_EMPTY_FLASH;
    }
    return chip->bfb2 ? BOOT_ROM_BY_BFB2 : BOOT_APPLICATION;
}

static bool on_rom_write(void *context, uint32_t address, uint32_t value)
{
    return flash_erase_write(context, address, value);
}

static int make_core(struct chip *chip, struct problem *problem)
{
    const struct cpu_bus bus = {chip,     on_instruction, on_read,
                                on_write, on_ram_write,   on_rom_write};
    int error;

    cpu_free(chip->cpu);
    chip->cpu = cpu_new(chip->device->core, &bus, problem);
    if (!chip->cpu) {
        return (int)problem->code;
    }
    error = memory_map(&chip->memory, chip->device, chip->cpu, chip->alias_is_rom, problem);
    return error ? error : bus_map(chip, problem);
}

int chip_renew_core(struct chip *chip, struct problem *problem)
{
    bool reuse = chip->cpu && !chip->code_changed;
    bool remap = reuse && chip->device->alias && chip->alias_mapped != chip->alias_is_rom;

    chip->code_changed = chip->alias_changed = false;
    chip->alias_mapped = chip->alias_is_rom;
    if (!reuse) {
        return make_core(chip, problem);
    }
    cpu_restart(chip->cpu);
    return remap
               ? memory_realias(&chip->memory, chip->device, chip->cpu, chip->alias_is_rom, problem)
               : 0;
}

static enum mpu_kind mpu_of(const struct device *device)
{
    if (!device->mpu) {
        return MPU_ABSENT;
    }
    return device->core == CORE_M33 || device->core == CORE_M55 ? MPU_BY_LIMIT : MPU_BY_SIZE;
}

// The worst that noise can be: a word and its complement, as if a mark had been left.
static void make_noise_a_mark(struct chip *chip)
{
    uint32_t word = CHIP_MARK_BASE + (uint32_t)chip->noise_mark, complement = ~word;
    uint8_t *place = memory_ram_at(&chip->memory, chip->device->mark, 8);

    if (place) {
        memcpy(place, &word, sizeof word);
        memcpy(place + sizeof word, &complement, sizeof complement);
    }
}

// Parity and error codes of RAM fit nothing after power-on: a read traps until a write. Only the
// part that holds the mark is watched, and for the whole time until the next reset.
static void guard_mark(struct chip *chip, enum reset_kind kind)
{
    bool unknown = chip->parity && kind == RESET_POWER_ON;

    cpu_set_readable(chip->cpu, chip->device->mark / CHIP_GUARD * CHIP_GUARD, CHIP_GUARD, !unknown);
}

// What a reset does to memory and to what outlives other resets.
static void reset_memory(struct chip *chip, enum reset_kind kind)
{
    bool power = kind == RESET_POWER_ON || kind == RESET_BROWN_OUT;

    store_path_reset(&chip->store_path);
    if (kind == RESET_POWER_ON) {
        memory_lose_ram(&chip->memory);
    }
    if (kind == RESET_POWER_ON && chip->has_noise_mark) {
        make_noise_a_mark(chip);
    }
    option_bits_reset(chip);
    option_bytes_reset(chip, power || kind == RESET_OPTION, power);
    if (power || kind == RESET_OPTION) {
        chip->empty = chip_is_blank(chip);
    }
    if (power) {
        memset(chip->rcc.registers, 0, sizeof chip->rcc.registers);
    }
}

void chip_swap_banks(struct chip *chip, uint32_t bank)
{
    if (bank == chip->swapped) {
        return;
    }
    memory_swap(&chip->memory, chip->device, chip->swapped ? chip->swapped : bank);
    chip->swapped = chip->swapped ? 0 : bank;
    chip->code_changed = true;
}

int chip_reset(struct chip *chip, enum reset_kind kind, struct problem *problem)
{
    const struct device *device = chip->device;
    int error;

    chip->reset_wanted = chip->paused = chip->rom_fetched = false;
    chip->since_reset = chip->next_event = 0;
    chip->idle_polls = 0;
    chip_swap_banks(chip, 0);
    reset_memory(chip, kind);
    chip->alias_is_rom = chip_boot(chip) != BOOT_APPLICATION;
    rcc_reset(&chip->rcc, flags_of(device, kind));
    mpu_reset(&chip->mpu, mpu_of(device));
    exceptions_reset(chip);
    if (chip->alias_is_rom && !device->alias) {
        chip->exceptions.vtor = device->rom_vector;
    }
    chip->wwdg_deadline = 0;
    chip->dma_next = UINT64_MAX;
    chip->entry_requested = chip->held_port.begun = chip->isb_missing = false;
    chip->flash_latency = (struct flash_latency){0};
    usb_pullup_reset(chip);
    for (size_t i = 0; i < chip->block_count; i++) {
        block_reset(chip, &chip->blocks[i]);
    }
    backup_hold_line(chip);
    unmodelled_reset(&chip->unmodelled);
    error = chip_renew_core(chip, problem);
    if (!error && chip->parity) {
        guard_mark(chip, kind);
    }
    return error;
}

void chip_start(struct chip *chip, uint32_t table)
{
    cpu_set(chip->cpu, CPU_MSP, memory_word(&chip->memory, table) & ~3u);
    cpu_set(chip->cpu, CPU_PC, memory_word(&chip->memory, table + 4));
}
