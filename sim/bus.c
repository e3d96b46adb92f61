// bus.c: the address decoder of peripheral space.
// SPDX-License-Identifier: MIT
#include "bus.h"

#include "chip.h"

#define SYSTEM_CONTROL_SPACE 0xE000E000u

enum { SYSTEM_CONTROL_SIZE = 0x1000 };

int bus_map(struct chip *chip, struct problem *problem)
{
    int error = cpu_map_bus(chip->cpu, BUS_PERIPHERALS, BUS_PERIPHERALS_SIZE, problem);

    return error ? error : cpu_map_bus(chip->cpu, BUS_PRIVATE, BUS_PRIVATE_SIZE, problem);
}

static uint32_t read_word(struct chip *chip, uint32_t address)
{
    struct block *block = block_at(chip, address);

    if (address - chip->device->rcc < chip->device->rcc_size) {
        return rcc_read(&chip->rcc, address);
    }
    if (block) {
        return block_read(chip, block, address - block->peripheral->start);
    }
    if (address - SYSTEM_CONTROL_SPACE < SYSTEM_CONTROL_SIZE) {
        return exceptions_read(chip, address - SYSTEM_CONTROL_SPACE);
    }
    struct touch *touch = touches_at(&chip->touches, address, cpu_get(chip->cpu, CPU_PC));
    return touch ? touch->value : 0;
}

static void write_word(struct chip *chip, uint32_t address, uint32_t value)
{
    struct block *block = block_at(chip, address);

    if (address - chip->device->rcc < chip->device->rcc_size) {
        rcc_write(&chip->rcc, address, value);
        return;
    }
    if (block) {
        block_write(chip, block, address - block->peripheral->start, value);
        return;
    }
    if (address - SYSTEM_CONTROL_SPACE < SYSTEM_CONTROL_SIZE) {
        exceptions_write(chip, address - SYSTEM_CONTROL_SPACE, value);
        return;
    }
    struct touch *touch = touches_at(&chip->touches, address, cpu_get(chip->cpu, CPU_PC));
    if (touch) {
        touch->value = value;
        touch->written = touch->ever_written = true;
    }
}

uint32_t bus_read(struct chip *chip, uint32_t address, unsigned size)
{
    uint32_t word = read_word(chip, address & ~3u);

    word >>= 8 * (address & 3u);
    return size == 4 ? word : word & ((1u << 8 * size) - 1);
}

void bus_write(struct chip *chip, uint32_t address, unsigned size, uint32_t value)
{
    uint32_t shift = 8 * (address & 3u);
    uint32_t mask = size == 4 ? 0xFFFFFFFFu : ((1u << 8 * size) - 1) << shift;

    if (size != 4) { // the rest of the word stays as it is
        value = (value << shift & mask) | (read_word(chip, address & ~3u) & ~mask);
    }
    write_word(chip, address & ~3u, value);
}
