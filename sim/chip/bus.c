// bus.c: the address decoder of peripheral space.
// SPDX-License-Identifier: MIT
#include "bus.h"

#include "option_bits.h"

bool bus_add(struct bus *bus, const struct bus_region *region)
{
    size_t place = bus->count;

    if (bus->count == BUS_REGIONS) {
        return false;
    }
    for (; place > 0 && bus->regions[place - 1].start > region->start; place--) {
        bus->regions[place] = bus->regions[place - 1];
    }
    bus->regions[place] = *region;
    bus->count++;
    return true;
}

int bus_map(struct chip *chip, struct problem *problem)
{
    struct cpu *cpu = chip->core.cpu;
    int error = cpu_map_bus(cpu, BUS_PERIPHERALS, BUS_PERIPHERALS_SIZE, problem);

    return error ? error : cpu_map_bus(cpu, BUS_PRIVATE, BUS_PRIVATE_SIZE, problem);
}

// The last region that does not start behind the address is the only one that can hold it.
static const struct bus_region *region_at(const struct chip *chip, uint32_t address)
{
    const struct bus_region *regions = chip->bus.regions;
    size_t first = 0, end = chip->bus.count;

    while (end - first > 1) {
        size_t middle = first + (end - first) / 2;
        if (regions[middle].start <= address) {
            first = middle;
        } else {
            end = middle;
        }
    }
    return first < end && address - regions[first].start < regions[first].size ? &regions[first]
                                                                               : NULL;
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
        word->written = true;
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
