// rom_table.c: whose vector table, or system memory, an address is in.
// SPDX-License-Identifier: MIT
#include "rom_table.h"

#include <stdio.h>

// The region of system memory with the ROM's table, which other buses show, too.
static const struct region *home_region(const struct device *device)
{
    const struct region *region = device->system_memory;

    while (region->size && device->rom_vector - region->start >= region->size) {
        region++;
    }
    return region;
}

uint32_t rom_table_home(const struct device *device, uint32_t address)
{
    const struct region *region = home_region(device);
    uint32_t offset = address - device->rom_also_at;

    return device->rom_also_at && offset < region->size ? region->start + offset : address;
}

uint32_t rom_table_other_bus(const struct device *device)
{
    return device->rom_also_at ? device->rom_also_at - home_region(device)->start : 0;
}

bool rom_table_has(const struct device *device, uint32_t address, unsigned word)
{
    uint32_t table = rom_table_home(device, address) - 4 * word;

    return table && (table == device->rom_vector || table == device->rom_other_vector);
}

bool rom_table_is_alias(const struct device *device, uint32_t address, unsigned word)
{
    return device->alias && address == 4 * word;
}

bool rom_table_is_mistaken(const struct device *device, uint32_t address, unsigned word)
{
    return device->rom_mistaken_vector && address == device->rom_mistaken_vector + 4 * word;
}

bool rom_table_in_system_memory(const struct device *device, uint32_t address)
{
    uint32_t home = rom_table_home(device, address);

    for (const struct region *region = device->system_memory; region->size; region++) {
        if (home - region->start < region->size) {
            return true;
        }
    }
    return false;
}

static void say_owner(const char *first, unsigned count, char owner[OWNER_ROOM])
{
    if (count > 1) {
        snprintf(owner, OWNER_ROOM, "%s and %u more", first, count - 1);
    } else {
        snprintf(owner, OWNER_ROOM, "%s", first ? first : "");
    }
}

bool rom_table_owner(uint32_t table, char owner[OWNER_ROOM])
{
    const char *first = NULL;
    unsigned count = 0;

    for (size_t i = 0; i < device_count; i++) {
        if (devices[i].rom_vector && rom_table_has(&devices[i], table, 0)) {
            first = first ? first : devices[i].name;
            count++;
        }
    }
    say_owner(first, count, owner);
    return count != 0;
}

bool rom_table_owner_of_memory(uint32_t address, char owner[OWNER_ROOM])
{
    const char *first = NULL;
    unsigned count = 0;

    for (size_t i = 0; i < device_count; i++) {
        if (rom_table_in_system_memory(&devices[i], address)) {
            first = first ? first : devices[i].name;
            count++;
        }
    }
    say_owner(first, count, owner);
    return count != 0;
}
