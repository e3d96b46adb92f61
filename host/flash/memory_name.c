// memory_name.c: names an address, from what is known best to what holds for every chip.
// SPDX-License-Identifier: MIT
#include "memory_name.h"

#include "named_memories.h"

#include <string.h>

// No STM32 has more flash than this, and nothing else that a series does not name begins closer.
enum { MOST_FLASH = 0x01000000 };

static bool holds(uint32_t start, uint32_t size, uint32_t address)
{
    return address - start < size;
}

static const char *by_ram(const struct device *device, uint32_t address)
{
    for (const struct ram *ram = device->rams; ram->region.size; ram++) {
        if (holds(ram->region.start, ram->region.size, address) ||
            (ram->also_at && holds(ram->also_at, ram->region.size, address))) {
            return "RAM";
        }
    }
    return NULL;
}

static const char *by_system_memory(const struct device *device, uint32_t address)
{
    for (const struct region *region = device->system_memory; region->size; region++) {
        if (holds(region->start, region->size, address)) {
            return "system memory (the ROM)";
        }
    }
    return NULL;
}

static const char *by_series(const char *series, uint32_t address)
{
    for (const struct named_memory *memory = named_memories; memory->name; memory++) {
        if (strcmp(memory->series, series) == 0 && holds(memory->start, memory->size, address)) {
            return memory->name;
        }
    }
    return NULL;
}

const char *memory_name(const struct device *device, uint32_t address)
{
    const char *name = by_ram(device, address);

    name = name ? name : by_series(device->series, address);
    name = name ? name : by_system_memory(device, address);
    if (name || holds(device->flash.start, MOST_FLASH, address)) {
        return name;
    }
    if (device->flash_also_at && holds(device->flash_also_at, device->flash.size, address)) {
        return "the flash, as another bus sees it";
    }
    name = by_series("", address);
    return name ? name : "no memory";
}
