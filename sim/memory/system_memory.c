// system_memory.c: what is where in system memory, and which of its bytes anybody knows.
// SPDX-License-Identifier: MIT
#include "system_memory.h"

#include <stddef.h>

enum {
    BESIDE_ROM = 20, // bits of address: the megabyte that system memory is in
    BESIDE_UID = 12, // the 4 KB that the unique id is in
    TABLE_KNOWN = 8, // bytes of the vector table
    UID_FIRST = 8,   // bytes of the unique id, before its last word
};

const struct region *system_memory_of_rom(const struct device *device)
{
    const struct region *rom = device->system_memory;

    while (rom->size && device->rom_vector - rom->start >= rom->size) {
        rom++;
    }
    return rom;
}

uint32_t system_memory_home(const struct device *device, uint32_t address)
{
    const struct region *rom = system_memory_of_rom(device);
    uint32_t offset = address - device->rom_also_at;

    return device->rom_also_at && offset < rom->size ? rom->start + offset : address;
}

bool memory_is_system(const struct device *device, uint32_t address)
{
    uint32_t home = system_memory_home(device, address);

    for (const struct region *rom = device->system_memory; rom->size; rom++) {
        if (home - rom->start < rom->size) {
            return true;
        }
    }
    return false;
}

bool system_memory_is_known(const struct device *device, uint32_t address, uint32_t size)
{
    const struct {
        uint32_t start, size;
    } known[] = {
        {device->rom_vector, TABLE_KNOWN}, {device->rom_other_vector, TABLE_KNOWN},
        {device->rom_id_address, 1},       {device->flash_size_register, 2},
        {device->uid, UID_FIRST},          {device->uid_last, 4},
    };
    uint32_t home = system_memory_home(device, address);

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        // ST's code loads the word that begins with the size of the flash, and drops the rest of
        // it.
        bool drops_rest = home == device->flash_size_register;
        if (known[i].start && home - known[i].start < known[i].size &&
            (drops_rest || size <= known[i].size - (home - known[i].start))) {
            return true;
        }
    }
    return false;
}

bool system_memory_is_near(const struct device *device, uint32_t address)
{
    const struct region *rom = system_memory_of_rom(device);

    return (rom->size && address >> BESIDE_ROM == rom->start >> BESIDE_ROM) ||
           (device->uid && address >> BESIDE_UID == device->uid >> BESIDE_UID);
}
