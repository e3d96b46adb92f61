// code_map.c: finds the bytes of a program by address.
// SPDX-License-Identifier: MIT
#include "code_map.h"

#include "image_bytes.h"

// Address ranges of the architecture: Armv7-M Architecture Reference Manual (DDI 0403), B3.1;
// STM32s have RAM from 0x10000000 on as well (CCM, secure SRAM of an alias).
enum { RAM = 0x10000000, PERIPHERALS = 0x40000000, EXTERNAL = 0x60000000 };
static const uint32_t system_region = 0xE0000000;

bool address_is_ram(uint32_t address)
{
    return address >= RAM && address < PERIPHERALS;
}

bool address_is_peripheral(uint32_t address)
{
    return (address >= PERIPHERALS && address < EXTERNAL) || address >= system_region;
}

static bool holds(uint32_t start, const struct code_region *region, uint32_t address, uint32_t size)
{
    uint32_t offset = address - start;

    return address >= start && offset <= region->size && size <= region->size - offset;
}

// The last region that begins at `address` or before it.
static const struct code_region *last_before(const struct code_map *map, uint32_t address)
{
    size_t first = 0, end = map->count;

    while (first < end) {
        size_t middle = first + (end - first) / 2;
        if (map->regions[middle].address <= address) {
            first = middle + 1;
        } else {
            end = middle;
        }
    }
    return first ? &map->regions[first - 1] : NULL;
}

const struct code_region *code_map_region(const struct code_map *map, uint32_t address,
                                          uint32_t size)
{
    const struct code_region *region = last_before(map, address);

    if (region && holds(region->address, region, address, size)) {
        return region;
    }
    for (size_t i = 0; i < map->count; i++) {
        region = &map->regions[i];
        if (region->load_address != region->address &&
            holds(region->load_address, region, address, size)) {
            return region;
        }
    }
    return NULL;
}

// Where the region is found that code_map_region() has answered.
static uint32_t start_of(const struct code_region *region, uint32_t address, uint32_t size)
{
    return holds(region->address, region, address, size) ? region->address : region->load_address;
}

const uint8_t *code_map_bytes(const struct code_map *map, uint32_t address, uint32_t size)
{
    const struct code_region *region = code_map_region(map, address, size);

    return region ? region->bytes + (address - start_of(region, address, size)) : NULL;
}

bool code_map_is_code(const struct code_map *map, uint32_t address)
{
    const struct code_region *region = last_before(map, address);

    return region && region->executable && holds(region->address, region, address, 2);
}

// Data with a place of its own to be loaded from is copied when the program starts, and may change.
static bool is_copied(const struct code_region *region, uint32_t address, uint32_t size)
{
    return !region->executable && region->load_address != region->address &&
           start_of(region, address, size) == region->address;
}

bool code_map_constant(const struct code_map *map, uint32_t address, unsigned size, uint32_t *value)
{
    if (address_is_ram(address) || address_is_peripheral(address)) {
        return false;
    }
    const struct code_region *region = code_map_region(map, address, size);
    if (!region || is_copied(region, address, size)) {
        return false;
    }
    const uint8_t *bytes = region->bytes + (address - start_of(region, address, size));
    *value = size == 4 ? word_at(bytes) : size == 2 ? half_at(bytes) : bytes[0];
    return true;
}

bool code_map_words(const struct code_map *map, code_map_visit *visit, void *context)
{
    for (size_t i = 0; i < map->count; i++) {
        const struct code_region *region = &map->regions[i];
        for (uint32_t at = (4 - region->address % 4) % 4; at + 4 <= region->size; at += 4) {
            if (!visit(context, region, at, word_at(region->bytes + at))) {
                return false;
            }
        }
    }
    return true;
}
