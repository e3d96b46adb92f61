// chip.c: builds the virtual STM32 from its row.
// SPDX-License-Identifier: MIT
#include "chip.h"

#include "chip_spare.h"
#include "cortex_reset.h"
#include "rcc_region.h"
#include "register_bits.h"
#include "system_clock.h"
#include "system_control_region.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint32_t read_block(void *context, uint32_t offset)
{
    const struct block *block = context;

    return option_bits_show(&block->chip->option_bits, block->chip->device,
                            block->peripheral->start + offset, block_read(context, offset));
}

static void write_block(void *context, uint32_t offset, uint32_t value, uint32_t lanes)
{
    struct block *block = context;

    block_write(block, offset, value, lanes);
    observers_block_changed(block->chip, block);
    flash_latency_look(block->chip);
    observers_changed(block->chip);
}

static uint32_t peek_block(const void *context, uint32_t offset)
{
    const struct block *block = context;

    return block->registers[offset / 4];
}

static bool poke_block(void *context, uint32_t offset, uint32_t value)
{
    struct block *block = context;

    block->registers[offset / 4] = value;
    block->may_differ = true;
    return true;
}

static const int16_t *lines_of(const struct device *device, const char *name)
{
    const struct block_lines *lines = device->block_lines;

    while (lines->name && strcmp(lines->name, name) != 0) {
        lines++;
    }
    return lines->lines;
}

static bool open_block(struct chip *chip, const struct peripheral *peripheral,
                       const struct block_type *type)
{
    struct block *block = &chip->blocks[chip->block_count++];
    size_t words = peripheral->size / 4;

    *block = (struct block){.chip = chip,
                            .peripheral = peripheral,
                            .type = type,
                            .lines = lines_of(chip->device, peripheral->name)};
    chip->edges = type->role == ROLE_EDGES ? block : chip->edges;
    block->registers = calloc(words, sizeof(uint32_t));
    block->at_reset = calloc(words, sizeof(uint32_t));
    block->state = calloc(1, type->state_size + 1);
    return block->registers && block->at_reset && block->state &&
           bus_add(&chip->bus, &(struct bus_region){.start = peripheral->start,
                                                    .size = peripheral->size,
                                                    .context = block,
                                                    .read = read_block,
                                                    .write = write_block,
                                                    .peek = peek_block,
                                                    .poke = poke_block}) &&
           (!type->open || type->open(block));
}

static bool open_blocks(struct chip *chip, chip_block_types *types)
{
    const struct peripheral *peripherals = chip->device->peripherals;
    size_t count = 0;

    while (peripherals[count].name) {
        count++;
    }
    chip->blocks = calloc(count + 1, sizeof *chip->blocks);
    for (size_t i = 0; chip->blocks && i < count; i++) {
        const struct block_type *type = types(peripherals[i].block);
        if (type && !open_block(chip, &peripherals[i], type)) {
            return false;
        }
    }
    return chip->blocks != NULL;
}

int chip_open(struct chip *chip, const struct device *device, chip_block_types *types,
              struct journal *journal, uint32_t seed, struct problem *problem)
{
    return chip_open_from(NULL, chip, device, types, journal, seed, problem);
}

int chip_open_from(struct chip_spare *spare, struct chip *chip, const struct device *device,
                   chip_block_types *types, struct journal *journal, uint32_t seed,
                   struct problem *problem)
{
    struct memory *room = chip_spare_memory(spare, device);
    int error;

    *chip = (struct chip){.device = device, .journal = journal};
    rcc_open(&chip->rcc, device);
    system_clock_open(chip);
    error = memory_open_in(&chip->memory, room, device, seed, problem);
    if (!error) {
        error = cortex_open(&chip->core, device, &chip->memory, problem);
    }
    if (!error && spare && room && spare->cpu) {
        chip_spare_give(spare, chip);
        chip_core_adopt(chip);
    }
    if (!error &&
        (!chip_core_open(chip) || !rcc_region_add(chip) || !system_control_region_add(chip) ||
         !open_blocks(chip, types) || !register_bits_open(chip))) {
        error = problem_set(problem, EXIT_FAILED, NULL, "no room for the peripherals");
    }
    if (error) {
        chip_close(chip);
    }
    return error;
}

void chip_close(struct chip *chip)
{
    for (size_t i = 0; i < chip->block_count; i++) {
        free(chip->blocks[i].registers);
        free(chip->blocks[i].at_reset);
        free(chip->blocks[i].state);
    }
    free(chip->blocks);
    chip->blocks = chip->edges = NULL;
    chip->block_count = 0;
    cortex_close(&chip->core);
    memory_close(&chip->memory);
    unmodelled_close(&chip->unmodelled);
    register_bits_close(chip);
}

bool chip_boot0_is_high(const struct chip *chip)
{
    const struct block *port = chip->boot0_port;

    return chip->boot0_raised || (port && port->type->pins->outputs_high(port) & chip->boot0_mask);
}
