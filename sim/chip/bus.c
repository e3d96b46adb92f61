// bus.c: takes each access of the core apart: aliases of bits, parts of words, what the row says.
// SPDX-License-Identifier: MIT
#include "bus.h"

#include "bit_band.h"
#include "register_bits.h"

enum { PAGE = 0x1000 }; // in which the engine maps

struct region bus_outer_registers(const struct device *device)
{
    const uint32_t end = BUS_PERIPHERALS + BUS_PERIPHERALS_SIZE;
    struct region outer = {"registers of memory controllers", 0, 0};

    for (const struct register_known *one = device->known_registers; one->name; one++) {
        uint32_t page = one->address & ~(uint32_t)(PAGE - 1);
        if (one->address >= end && one->address < BUS_PRIVATE) { // sorted by address
            outer.start = outer.size ? outer.start : page;
            outer.size = page + PAGE - outer.start;
        }
    }
    return outer;
}

bool bus_is_at(const struct device *device, uint32_t address)
{
    struct region outer = bus_outer_registers(device);

    return address - BUS_PERIPHERALS < BUS_PERIPHERALS_SIZE ||
           address - BUS_PRIVATE < BUS_PRIVATE_SIZE || address - outer.start < outer.size;
}

int bus_map(struct chip *chip, struct problem *problem)
{
    struct cpu *cpu = chip->core.cpu;
    struct region outer = bus_outer_registers(chip->device);
    int error = cpu_map_bus(cpu, BUS_PERIPHERALS, BUS_PERIPHERALS_SIZE, problem);

    if (!error) {
        error = cpu_map_bus(cpu, BUS_PRIVATE, BUS_PRIVATE_SIZE, problem);
    }
    if (!error && outer.size) {
        error = cpu_map_bus(cpu, outer.start, outer.size, problem);
    }
    return error ? error : bit_band_map(chip, problem);
}

static uint32_t read_word(struct chip *chip, uint32_t address)
{
    return register_bits_read(chip, address, bus_words_read(chip, address));
}

static void write_word(struct chip *chip, uint32_t address, uint32_t value, uint32_t lanes)
{
    bus_words_write(chip, address, register_bits_write(chip, address, value, lanes), lanes);
    register_bits_act(chip, address, value, lanes);
}

uint32_t bus_read(struct chip *chip, uint32_t address, unsigned size)
{
    uint32_t word;

    if (bit_band_is_ram(chip->device, address)) {
        return bit_band_read_ram(chip, address);
    }
    if (bit_band_has(chip->device, address)) {
        return read_word(chip, bit_band_word(address)) >> bit_band_bit(address) & 1u;
    }
    word = read_word(chip, address & ~3u) >> 8 * (address & 3u);
    return size == 4 ? word : word & ((1u << 8 * size) - 1);
}

// A flag in the same word that a 1 clears is cleared too if it is read as 1: a write to the alias
// is a read-modify-write of the whole word (RM0008 Rev 21 Section 3.3.2).
static void write_bit(struct chip *chip, uint32_t address, uint32_t value)
{
    uint32_t mask = 1u << bit_band_bit(address);
    uint32_t word = read_word(chip, bit_band_word(address));

    write_word(chip, bit_band_word(address), (word & ~mask) | (value & 1u ? mask : 0), 0xFFFFFFFFu);
}

void bus_write(struct chip *chip, uint32_t address, unsigned size, uint32_t value)
{
    uint32_t shift = 8 * (address & 3u);
    uint32_t lanes = size == 4 ? 0xFFFFFFFFu : ((1u << 8 * size) - 1) << shift;

    if (bit_band_is_ram(chip->device, address)) {
        bit_band_write_ram(chip, address, value);
    } else if (bit_band_has(chip->device, address)) {
        write_bit(chip, address, value);
    } else {
        write_word(chip, address & ~3u, value << shift, lanes);
    }
}

uint32_t bus_peek(const struct chip *chip, uint32_t address)
{
    return register_bits_peek(chip, address & ~3u, bus_kept(chip, address));
}
