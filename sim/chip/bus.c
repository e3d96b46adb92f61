// bus.c: the address decoder of peripheral space.
// SPDX-License-Identifier: MIT
#include "bus.h"

#include "option_bits.h"

bool bus_add(struct bus *bus, const struct bus_region *region)
{
    if (bus->count == BUS_REGIONS) {
        return false;
    }
    bus->regions[bus->count++] = *region;
    return true;
}

int bus_map(struct chip *chip, struct problem *problem)
{
    struct cpu *cpu = chip->core.cpu;
    int error = cpu_map_bus(cpu, BUS_PERIPHERALS, BUS_PERIPHERALS_SIZE, problem);

    return error ? error : cpu_map_bus(cpu, BUS_PRIVATE, BUS_PRIVATE_SIZE, problem);
}

static const struct bus_region *region_at(const struct chip *chip, uint32_t address)
{
    for (size_t i = 0; i < chip->bus.count; i++) {
        const struct bus_region *region = &chip->bus.regions[i];
        if (address - region->start < region->size) {
            return region;
        }
    }
    return NULL;
}

static uint32_t read_word(struct chip *chip, uint32_t address)
{
    const struct bus_region *region = region_at(chip, address);

    if (region) {
        return region->read(region->context, address - region->start);
    }
    const struct unmodelled_word *word =
        unmodelled_at(&chip->unmodelled, address, cpu_get(chip->core.cpu, CPU_PC));
    return option_bits_show(&chip->option_bits, chip->device, address, word ? word->value : 0);
}

uint32_t bus_read(struct chip *chip, uint32_t address, unsigned size)
{
    uint32_t word = read_word(chip, address & ~3u);

    word >>= 8 * (address & 3u);
    return size == 4 ? word : word & ((1u << 8 * size) - 1);
}

static void write_unmodelled(struct chip *chip, uint32_t address, uint32_t value, uint32_t lanes)
{
    struct unmodelled_word *word =
        unmodelled_at(&chip->unmodelled, address, cpu_get(chip->core.cpu, CPU_PC));

    if (word) {
        word->value = (word->value & ~lanes) | (value & lanes);
        word->written = word->ever_written = true;
        chip->unmodelled.resets_pulsed = 0;
    }
}

void bus_write(struct chip *chip, uint32_t address, unsigned size, uint32_t value)
{
    const struct bus_region *region = region_at(chip, address & ~3u);
    uint32_t shift = 8 * (address & 3u);
    uint32_t lanes = size == 4 ? 0xFFFFFFFFu : ((1u << 8 * size) - 1) << shift;

    if (region) {
        region->write(region->context, (address & ~3u) - region->start, value << shift, lanes);
    } else {
        write_unmodelled(chip, address & ~3u, value << shift, lanes);
    }
}

uint32_t bus_peek(const struct chip *chip, uint32_t address)
{
    const struct bus_region *region = region_at(chip, address);

    if (region) {
        return region->peek ? region->peek(region->context, address - region->start) : 0;
    }
    for (size_t i = 0; i < chip->unmodelled.count; i++) {
        if (chip->unmodelled.list[i].address == (address & ~3u)) {
            return chip->unmodelled.list[i].value;
        }
    }
    return 0;
}

bool bus_poke(struct chip *chip, uint32_t address, uint32_t value)
{
    const struct bus_region *region = region_at(chip, address);

    return region && region->poke && region->poke(region->context, address - region->start, value);
}

bool bus_has(const struct chip *chip, uint32_t address)
{
    const struct bus_region *region = region_at(chip, address);

    return region && region->peek;
}
