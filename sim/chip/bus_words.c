// bus_words.c: who has which register, and what it keeps.
// SPDX-License-Identifier: MIT
#include "bus_words.h"

#include "known_registers.h"
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
    bus->recent = NULL;
    bus->count++;
    return true;
}

// The last region that does not start behind the address is the only one that can hold it. Halving
// without a branch, which nothing could foresee, takes less time than a look at each of two dozen.
static const struct bus_region *region_at(const struct chip *chip, uint32_t address)
{
    const struct bus_region *regions = chip->bus.regions;
    size_t first = 0;

    for (size_t left = chip->bus.count; left > 1; left -= left / 2) {
        first += regions[first + left / 2].start <= address ? left / 2 : 0;
    }
    return address - regions[first].start < regions[first].size ? &regions[first] : NULL;
}

// The same for an access of the core: most come to where the one before has come to.
static const struct bus_region *region_accessed(struct chip *chip, uint32_t address)
{
    const struct bus_region *recent = chip->bus.recent;

    if (recent && address - recent->start < recent->size) {
        return recent;
    }
    recent = region_at(chip, address);
    chip->bus.recent = recent ? recent : chip->bus.recent;
    return recent;
}

// The word at `address` that nobody models; it starts as the row says.
static struct unmodelled_word *unmodelled_word(struct chip *chip, uint32_t address)
{
    size_t count = chip->unmodelled.count;
    struct unmodelled_word *word =
        unmodelled_at(&chip->unmodelled, address, cpu_get(chip->core.cpu, CPU_PC));

    if (word && chip->unmodelled.count > count) {
        word->known = known_register(chip, address);
        word->start = word->value = known_register_start(chip, address);
        word->has_bits = known_register_has_bits(chip->device, address);
    }
    return word;
}

uint32_t bus_words_read(struct chip *chip, uint32_t address)
{
    const struct bus_region *region = region_accessed(chip, address);
    const struct unmodelled_word *word;

    if (region) {
        return region->read(region->context, address - region->start);
    }
    word = unmodelled_word(chip, address);
    return option_bits_show(&chip->option_bits, chip->device, address, word ? word->value : 0);
}

static void write_unmodelled(struct chip *chip, uint32_t address, uint32_t value, uint32_t lanes)
{
    struct unmodelled_word *word = unmodelled_word(chip, address);

    if (word) {
        word->value = (word->value & ~lanes) | (value & lanes);
        word->written = true;
        chip->unmodelled.resets_pulsed = 0;
    }
}

void bus_words_write(struct chip *chip, uint32_t address, uint32_t value, uint32_t lanes)
{
    const struct bus_region *region = region_accessed(chip, address);

    if (region) {
        region->write(region->context, address - region->start, value, lanes);
    } else {
        write_unmodelled(chip, address, value, lanes);
    }
}

uint32_t bus_kept(const struct chip *chip, uint32_t address)
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
    return known_register_start(chip, address & ~3u);
}

void bus_keep(struct chip *chip, uint32_t address, uint32_t mask, uint32_t bits)
{
    uint32_t value = (bus_kept(chip, address) & ~mask) | (bits & mask);

    if (!bus_poke(chip, address, value) && !region_at(chip, address)) {
        struct unmodelled_word *word = unmodelled_word(chip, address);
        if (word) {
            word->value = value;
        }
    }
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
